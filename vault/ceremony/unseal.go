package ceremony

import (
	"warder/keys"
	"warder/vault"
)

// Unseal gives shares to one sealed node or to several: each share is typed once and goes to every node that still needs it.
// A share that completes a set is tried on one node first, so that a wrong one does not empty them all.
type Unseal struct {
	safe    *safe
	stage   unsealStage
	prints  *keys.Fingerprinter
	agreed  recipients
	asks    confirmation
	nodes   []sealedNode
	typed   []keys.Trace // by column of the grid
	hand    keys.Share   // the share that is being given
	column  int          // its place among those typed
	opens   bool         // the share at hand has completed a set somewhere, so that it is right
	notices remarks
}

type unsealStage int

const (
	unsealTold   unsealStage = iota // what will happen
	unsealGiving                    // nodes are confirmed and shares go out
)

// NewUnseal begins with the nodes to be unsealed. The snapshot says how they were when last seen.
func NewUnseal(targets []Node, snapshot vault.Snapshot, prints *keys.Fingerprinter) Unseal {
	u := Unseal{safe: &safe{}, prints: prints}
	for _, t := range targets {
		n := sealedNode{Node: t}
		if seen := snapshot.Node(t.Address); seen != nil {
			n.status = seen.Seal.Value
		}
		u.nodes = append(u.nodes, n)
	}
	return u
}

// Apply implements Machine.
func (u Unseal) Apply(e Event) (Machine, []Effect) {
	if u.safe.shut {
		discard(e)
		return u, nil
	}
	if fromPerson(e) {
		u.notices = nil
	}
	out := u.apply(e)
	return u, append(out, u.send()...)
}

func (u *Unseal) apply(e Event) []Effect {
	switch e := e.(type) {
	case Observed:
		return u.observed(e.Snapshot)
	case Unsealed:
		return u.answered(e)
	case Continue:
		if u.stage == unsealTold {
			u.stage = unsealGiving
			u.ask()
			return nil
		}
	case Confirmed:
		if u.asks.open() {
			return u.confirmed()
		}
	case GaveShare:
		if u.takesShare() {
			return u.give(e.Share)
		}
	case Cancelled:
		if _, ok := u.Cancel(); ok {
			return u.reset()
		}
	}
	discard(e)
	if fromPerson(e) {
		u.notices.say("Nothing was done: that does not belong here.")
	}
	return nil
}

// ask asks for the nodes that nobody confirmed yet, as far as there is something to confirm.
func (u *Unseal) ask() {
	if u.stage != unsealGiving || u.asks.open() {
		return
	}
	u.asks = confirmation{text: []string{"A sealed node cannot prove which cluster it belongs to: what is confirmed here is all that stands for it."}}
	for _, n := range u.nodes {
		if n.identified() && !u.agreed.has(n.Node) && !n.explained() {
			u.asks.nodes = append(u.asks.nodes, n.Node)
		}
	}
}

// confirmed takes one typed sentence; after the last one the nodes are asked how they are.
func (u *Unseal) confirmed() []Effect {
	if u.asks.at++; u.asks.open() {
		return nil
	}
	var out []Effect
	for _, c := range u.asks.nodes {
		u.agreed = append(u.agreed.without(c.Address), c)
		if n := u.node(c.Address); n != nil && n.same(c) && n.awaits == nothing {
			out = append(out, n.look())
		}
	}
	u.asks = confirmation{}
	u.ask()
	return out
}

func (u *Unseal) node(address string) *sealedNode {
	for i := range u.nodes {
		if u.nodes[i].Address == address {
			return &u.nodes[i]
		}
	}
	return nil
}

// observed looks for what changed. A snapshot may be older than our own answers, so that it only leads to a read.
func (u *Unseal) observed(s vault.Snapshot) []Effect {
	var out []Effect
	for i := range u.nodes {
		n := &u.nodes[i]
		seen := s.Node(n.Address)
		if seen == nil {
			continue
		}
		if c := seen.Certificate; c != nil && c.Fingerprint != n.Certificate && n.awaits == nothing && !n.due {
			n.Certificate = c.Fingerprint
			if u.agreed.changed(n.Node) {
				u.notices.alarm("%s shows another certificate than the one confirmed. It gets no share before it is confirmed anew.", n.Name)
			}
		}
		if !n.known && seen.Seal.Known() {
			n.status = seen.Seal.Value
		}
		if u.stage == unsealGiving && u.agreed.has(n.Node) && n.awaits == nothing && n.differs(seen) {
			out = append(out, n.look())
		}
	}
	u.ask()
	return out
}

// Wipe implements Machine.
func (u Unseal) Wipe() { u.safe.close() }

// Notices implements Machine.
func (u Unseal) Notices() []Notice { return u.notices }
