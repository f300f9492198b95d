package ceremony

import (
	"fmt"
	"slices"
)

// Steps implements Machine.
func (u Unseal) Steps() ([]string, int) {
	names := []string{"What happens", "Nodes", "Shares", "Unsealed"}
	switch {
	case u.stage == unsealTold:
		return names, 0
	case u.asks.open():
		return names, 1
	case u.ended():
		return names, 3
	}
	return names, 2
}

// Prompt implements Machine.
func (u Unseal) Prompt() Prompt {
	switch {
	case u.safe.shut:
		return End{Title: "Left", Text: u.Account(), Grid: u.grid()}
	case u.stage == unsealTold:
		return u.told()
	case u.asks.open():
		return u.asks.prompt()
	case u.takesShare() && !u.busy():
		return u.enter()
	case u.ended():
		return u.end()
	}
	return Wait{Title: "Waiting for the nodes", Text: u.waiting(), Grid: u.grid()}
}

// busy says that a share is on its way, or that what became of one is being read. A look at how a node is does not take the
// field away from who is typing.
func (u Unseal) busy() bool {
	return slices.ContainsFunc(u.nodes, func(n sealedNode) bool {
		settling := n.awaits == aRead && (!n.known || n.reason == afterLost || n.reason == afterRefusal)
		return n.awaits == aShare || n.awaits == aReset || settling
	})
}

// ended says that no node waits for a share or is just about to answer.
func (u Unseal) ended() bool {
	return !slices.ContainsFunc(u.nodes, func(n sealedNode) bool {
		return n.awaits != nothing || n.needs() || !n.known && n.trouble == nil && !n.explained()
	})
}

func (u Unseal) waiting() []string {
	text := []string{"The answers are awaited."}
	for _, n := range u.nodes {
		switch {
		case n.joining():
			text = append(text, n.Name+" has all shares. A node that joins the cluster unseals some seconds later.")
		case !n.identified():
			text = append(text, n.Name+" has shown no certificate yet, so that there is nothing to confirm. It is asked again and again.")
		}
	}
	return text
}

func (u Unseal) told() Tell {
	var names []string
	for _, n := range u.nodes {
		if !n.explained() {
			names = append(names, n.Name)
		}
	}
	text := []string{
		"Custodians type their shares here, one after the other. Each share is examined, goes once to every node that still needs it, and is forgotten.",
		"The servers notice a wrong share only when the set is complete, and then drop the whole set. So a share that completes one is tried on one node before the others get it.",
		"Others may give shares at other terminals at the same time: they count. Leaving undoes nothing: what was given stays until the node is unsealed, reset or restarted.",
	}
	text = append(text, u.needed()...)
	if len(names) == 0 {
		return Tell{Title: "Nothing to unseal", Text: append(u.explanations(), "Nothing can be done here with shares."), Go: "Close"}
	}
	return Tell{Title: "Unseal " + list(names), Text: append(text, u.explanations()...), Go: "Go on"}
}

// needed says how many custodians it takes, and where nodes ask for different sets.
func (u Unseal) needed() []string {
	var text []string
	sets := map[[2]int][]string{}
	var order [][2]int
	for _, n := range u.nodes {
		set := [2]int{n.status.Threshold, n.status.Shares}
		if n.explained() || set[0] == 0 {
			continue
		}
		if sets[set] == nil {
			order = append(order, set)
		}
		sets[set] = append(sets[set], n.Name)
	}
	for _, set := range order {
		text = append(text, fmt.Sprintf("%s: any %d of %s.", list(sets[set]), set[0], count(set[1], "share")))
	}
	if len(order) > 1 {
		text = append(text, "They do not ask for the same set: these nodes were sealed before and after a rekey, or are of different clusters. One set of shares will not open them all.")
	}
	return text
}

// explanations say of each node that shares cannot help why that is so.
func (u Unseal) explanations() []string {
	var text []string
	for _, n := range u.nodes {
		switch {
		case n.automatic():
			text = append(text, fmt.Sprintf("%s is unsealed by its %s seal, and its shares are recovery shares: recovery keys do not unseal. Restore the seal's provider, then restart the node.", n.Name, n.status.Type))
		case n.status.Removed:
			text = append(text, n.Name+" was removed from the cluster and refuses to be unsealed. Wipe its storage and let it join again.")
		case n.status.Migration:
			text = append(text, n.Name+" is in a seal migration: every share given to it is sent as one for the migration.")
		}
	}
	return text
}

func (u Unseal) enter() EnterShare {
	p := EnterShare{Title: "Give a share", Grid: u.grid(), Text: u.explanations()}
	var completes []string
	for _, n := range u.nodes {
		if !u.wants(n) {
			continue
		}
		if p.Needed == 0 || n.status.Threshold-n.status.Progress > p.Needed-p.Number+1 {
			p.Number, p.Needed = n.status.Progress+1, n.status.Threshold
		}
		if n.completes() {
			completes = append(completes, n.Name)
		}
	}
	if len(completes) > 0 {
		p.After = "This share completes the set of " + list(completes) + ". If any share of a set is wrong, all of that set have to be given again."
	}
	return p
}

func (u Unseal) end() End {
	e := End{Title: "Unsealed", Good: true, Text: u.Account(), Grid: u.grid()}
	for _, n := range u.nodes {
		if !n.known || n.trouble != nil || n.status.Sealed {
			e.Good, e.Title = false, "Not all nodes are unsealed"
		}
	}
	return e
}
