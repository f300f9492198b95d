package ceremony

import (
	"fmt"
	"slices"

	"warder/vault"
)

// field is the nodes of a cluster as far as an initialisation depends on them.
type field struct {
	blank   []Node   // they have no keys
	keyed   []string // they have
	silent  []string // they do not answer
	unheard []string // the addresses of those
}

func fieldOf(s vault.Snapshot, skipVerify bool) field {
	var f field
	for _, m := range s.Members() {
		state := vault.Down
		if m.Node != nil {
			state = m.Node.State()
		}
		switch state {
		case vault.Uninitialised:
			f.blank = append(f.blank, NodeOf(m.Node, m.Name, skipVerify))
		case vault.Down, vault.Broken, vault.Unknown:
			f.silent = append(f.silent, m.Name)
			if m.Node != nil {
				f.unheard = append(f.unheard, m.Node.Address)
			} else {
				f.unheard = append(f.unheard, m.Name)
			}
		default:
			f.keyed = append(f.keyed, m.Name)
		}
	}
	return f
}

// Uninitialised says that nodes answer, and none of those that do has keys: that is when a cluster can be initialised.
func Uninitialised(s vault.Snapshot) bool {
	f := fieldOf(s, false)
	return len(f.blank) > 0 && len(f.keyed) == 0
}

func (i Initialise) field() field { return fieldOf(i.seat.snapshot, i.seat.skip) }

// bar refuses where a second cluster would come of it. What was refused may be begun again.
func (i *Initialise) bar() {
	switch f := i.field(); {
	case len(f.keyed) > 0:
		if i.stage != initTold && i.stage != initRefused {
			i.notices.alarm("%s: there are keys by now. Nothing was sent.", list(f.keyed))
		}
		i.stage = initRefused
	case len(f.blank) == 0 && i.stage == initTold:
		i.stage = initRefused
	case i.stage == initRefused && len(f.blank) > 0:
		i.stage = initTold
	}
}

// unexcused says that a node is silent of which nobody said that it holds no data.
func (i *Initialise) unexcused() bool {
	return slices.ContainsFunc(i.field().unheard, func(a string) bool { return !slices.Contains(i.excused, a) })
}

// excuse asks for the silent nodes first, and then goes on with the stage. It is false where there are none to ask for.
func (i *Initialise) excuse(then initStage) bool {
	if !i.unexcused() {
		return false
	}
	i.stage, i.then = initSilent, then
	return true
}

// seekNode goes to the node, or asks for one where there are several.
func (i *Initialise) seekNode() {
	i.stage = initChoosing
	if blank := i.field().blank; len(blank) == 1 {
		i.choosesNode(blank[0].Address)
	}
}

func (i *Initialise) choosesNode(address string) bool {
	blank := i.field().blank
	at := slices.IndexFunc(blank, func(n Node) bool { return n.Address == address })
	if at < 0 || !blank[at].identified() {
		return false
	}
	i.seat.asks = confirmation{nodes: blank[at : at+1], title: "Where the keys are made", text: []string{
		"The keys are made at this node. Its answer holds all of them and comes back over this very connection, once.",
	}}
	i.stage = initAgreeing
	return true
}

// agrees takes what was typed; after the last sentence the node is asked what seal it has.
func (i *Initialise) agrees() []Effect {
	s := &i.seat
	if s.asks.at++; s.asks.open() {
		return nil
	}
	for _, n := range s.asks.nodes {
		s.agreed = append(s.agreed.without(n.Address), n)
	}
	if i.stage == initJoinAgreeing {
		i.joins, s.asks = s.asks.nodes, confirmation{}
		return i.joinNext()
	}
	s.node, s.asks, i.stage = s.asks.nodes[0], confirmation{}, initAsking
	return i.do(callSeal, ReadSeal{Node: s.node})
}

// sealRead takes the node's own word.
func (i *Initialise) sealRead(e Unsealed) []Effect {
	i.awaits = callNone
	if i.stage == initSettling {
		return i.settled(e)
	}
	switch {
	case e.Err != nil:
		i.notices.say("%s does not say what it is: %s. Nothing was sent.", i.seat.node.Name, vault.Reason(e.Err))
		i.stage = map[bool]initStage{true: initReady, false: initChoosing}[i.stage == initLooking]
		return nil
	case e.Status.Initialised:
		i.notices.alarm("%s has keys by now: somebody initialised it. Nothing was sent.", i.seat.node.Name)
		i.stage = initRefused
		return nil
	}
	before := i.status
	i.status = e.Status
	switch {
	case i.stage == initAsking:
		n := i.seat.snapshot.Node(i.seat.node.Address)
		i.bao = n != nil && n.Product() == vault.OpenBao || e.Status.FromOpenBao
		i.stage, i.problem = initSizing, ""
		return nil
	case before.RecoverySeal != e.Status.RecoverySeal:
		i.notices.alarm("The seal is not what it was when this was chosen: choose again.")
		i.stage = initSizing
		return nil
	}
	return i.send()
}

func (i Initialise) barred() End {
	e := End{Title: "Not to be initialised"}
	if f := i.field(); len(f.keyed) > 0 {
		e.Text = []string{
			list(f.keyed) + fmt.Sprintf(" %s keys already: to initialise another node would make a second cluster beside the one that holds the data.", verb(len(f.keyed), "has", "have")),
			"A node without keys is to join that cluster, or its storage settings differ from the others'.",
		}
		return e
	}
	e.Text = []string{"No node that was heard is without keys."}
	return e
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
