package ceremony

import (
	"fmt"
	"strings"
)

// Steps implements Machine.
func (i Initialise) Steps() ([]string, int) {
	names := []string{"What happens", "Node", "Choices", "Keys", "Shares", "Root token", "Nodes", "Done"}
	switch s := i.stage; {
	case s <= initSilent:
		return names, 0
	case s <= initAsking:
		return names, 1
	case s <= initReady:
		return names, 2
	case s <= initLost:
		return names, 3
	case s == initHanding:
		return names, 4
	case s <= initTokenShowing:
		return names, 5
	case s < initDone:
		return names, 6
	}
	return names, 7
}

// Prompt implements Machine.
func (i Initialise) Prompt() Prompt {
	switch {
	case i.safe.shut:
		return End{Title: "Left", Text: i.Account()}
	case i.awaits != callNone:
		return i.waiting()
	case i.stage >= initSizing && i.stage <= initRootKeyShown:
		return i.askPlan()
	}
	switch i.stage {
	case initTold:
		return i.told()
	case initRefused:
		return i.barred()
	case initSilent:
		return i.askSilent()
	case initChoosing:
		return i.askNode()
	case initAgreeing, initJoinAgreeing:
		return i.seat.asks.prompt()
	case initReady:
		return Tell{Title: "Ready to begin", Text: i.summary(), Go: "Initialise"}
	case initRisking:
		return i.risk()
	}
	return i.ask()
}

// ask is what is asked once it was sent.
func (i Initialise) ask() Prompt {
	switch i.stage {
	case initSettling:
		return Pick{Title: "Are there keys?", Text: append(i.unknown(), "It is asked again as soon as it answers."), Options: []Option{{Key: "ask", Label: "Ask now", Hint: "a read; nothing is sent again"}}}
	case initUnmade:
		return End{Title: "Not initialised", Text: append(i.fate[:len(i.fate):len(i.fate)], "No key was made. It can be begun again."), Options: []Option{{Key: "again", Label: "Begin again", Hint: "with the same choices"}}}
	case initLost:
		return End{Title: "Initialised, and the shares are not here", Text: i.fate}
	case initHanding:
		return i.hand.prompt(i.desk, i.inForce())
	case initToken:
		return i.askToken()
	case initTokenStoring:
		return askTokenFile(!i.encoded.Empty(), i.problem)
	case initTokenWrapping:
		return askLife(i.problem)
	case initTokenShowing:
		return i.revealsToken()
	case initHub:
		return i.hub()
	case initUnsealing:
		return i.askUnseal()
	case initJoining:
		return i.askJoin()
	}
	return i.end()
}

func (i Initialise) waiting() Wait {
	w := Wait{Title: "Waiting for " + i.seat.node.Name, Text: []string{"The answer is awaited."}}
	switch i.awaits {
	case callInit:
		w.Hold = true
		w.Text = []string{"The keys are made. The answer holds all of them and comes to this console only: do not leave before it is there."}
	case callSeal:
		w.Text = []string{"It is asked whether it has keys."}
		if i.stage == initSettling {
			w.Text = i.unknown()
		}
	case callStore:
		w.Hold = i.stage.made()
		w.Text = []string{"It is written to a file."}
	case callKey, callFile:
		w.Text = []string{"The file is read."}
	case callJoin:
		w.Title = "Waiting for " + i.joining.Name
		w.Text = []string{"It is asked to join."}
	}
	return w
}

func (i Initialise) unknown() []string {
	return []string{fmt.Sprintf("What came is no answer with keys (%s). Whether %s has keys now is read from it; nothing is sent again.", reasonOr(i.desk.refusal, "none"), i.seat.node.Name)}
}

func (i Initialise) told() Tell {
	f := i.field()
	text := []string{
		"The keys of a new cluster are made, at one node. Every share goes to one custodian: have them all here, or a PGP key of each.",
		"It is sent once and works once. Its one answer holds all shares and the first root token, and no server says any of it again.",
		"Then the shares are handed out, that node is unsealed with them, the others join, and it is checked that all are in. Each step can be left.",
		"Without keys: " + namesOf(f.blank) + ".",
	}
	if len(f.silent) > 0 {
		text = append(text, "Attention: silent: "+list(f.silent)+". If one of them holds the data, this makes a second cluster: look at them first.")
	}
	return Tell{Title: "Initialise", Text: text, Go: "Go on"}
}

func (i Initialise) askSilent() TypeOut {
	return TypeOut{Title: "Nodes are silent", Want: "the silent nodes hold no data", Text: []string{
		"Nothing is heard of " + list(i.field().silent) + ".",
		"If one of them holds the data of a cluster, what is made here is a second cluster beside it, with other keys. Leave, and look at them first.",
	}}
}

func (i Initialise) askNode() Prompt {
	p := Pick{Title: "At which node?", Text: []string{"The keys are the whole cluster's. The node chosen leads it first; the others join it."}}
	for _, n := range i.field().blank {
		if n.identified() {
			p.Options = append(p.Options, Option{Key: n.Address, Label: n.Name, Hint: n.Address})
		}
	}
	if len(p.Options) == 0 {
		return Wait{Title: "Waiting for a node", Text: []string{"None has shown its certificate yet, so that there is nothing to confirm."}}
	}
	return p
}

// inForce says what opens the cluster.
func (i Initialise) inForce() string {
	set := fmt.Sprintf("The cluster is initialised: any %d of %d %ss", i.plan.threshold, i.plan.shares, i.shareKind())
	switch {
	case i.plan.shares == 0:
		return "The cluster is initialised, without recovery shares."
	case i.automatic():
		return set + " make root tokens; its " + i.status.Type + " seal opens it."
	}
	return set + " open it."
}

// Keeps implements Keeper.
func (i Initialise) Keeps() string {
	var lost []string
	if i.stage == initHanding {
		if n := i.hand.lone(); n > 0 {
			lost = append(lost, count(n, "share")+" that nobody has yet")
		}
	}
	if i.holdsToken() && i.stage.made() && i.stage < initDone {
		lost = append(lost, "the root token")
	}
	return strings.Join(lost, " and ")
}

// Account implements Machine.
func (i Initialise) Account() []string {
	switch {
	case i.stage == initSending:
		return []string{"Whether the cluster is initialised is not known yet: the answer is awaited."}
	case i.stage == initSettling:
		return append(i.unknown(), "Leaving changes nothing: if it has keys, nobody has its shares.")
	case i.stage == initUnmade, i.stage == initLost:
		return i.fate
	case !i.stage.made():
		return []string{"Nothing was sent: no keys were made here.", "Leaving changes nothing."}
	}
	text := append([]string{i.inForce()}, i.fate...)
	if i.hand.count() > 0 {
		text = append(text, "Handed out to "+list(i.hand.names)+".")
	}
	if lost := i.Keeps(); lost != "" {
		text = append(text, fmt.Sprintf("In this console only: %s. Leaving loses that.", lost))
	}
	if n := i.hand.lone(); i.stage == initHanding && n > i.plan.shares-i.plan.threshold {
		text = append(text, "If it is left now, too few shares are left to open the cluster: "+i.wipeIt())
	}
	if i.stage >= initHub && !i.whole() {
		text = append(text, "Nodes can be unsealed later (key u), and join when they look for the cluster or are told to.")
	}
	return text
}

func (i Initialise) end() End {
	e := End{Title: "The cluster is initialised", Good: i.hand.left() == 0, Text: append([]string{i.inForce()}, i.fate...)}
	if i.hand.count() > 0 {
		e.Text = append(e.Text, "The shares are with "+list(i.hand.names)+".")
	}
	e.Text = append(append(e.Text, i.nodesNow()...), i.raftNow()...)
	if i.looked && !i.revoked {
		e.Text = append(e.Text, fmt.Sprintf("The root token lives until it is revoked: vault token revoke -accessor %s", i.info.Accessor))
	}
	if len(i.field().blank)+len(i.sealedNodes()) > 0 {
		e.Title = "The cluster is initialised; not all nodes are in"
	}
	return e
}
