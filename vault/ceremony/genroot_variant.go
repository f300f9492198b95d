package ceremony

import (
	"context"

	"warder/vault"
)

// variantOf is what shares make here, after what the nodes say: a root token where there is an active node or may be one,
// a DR operation token at a DR secondary of Vault Enterprise, and a recovery token at a node in recovery mode where none serves.
func variantOf(s vault.Snapshot, skipVerify bool) vault.RootVariant {
	if _, ok := active(s, skipVerify); ok {
		return vault.RootToken
	}
	serving, recovery := false, false
	for _, n := range s.Nodes {
		state := n.State()
		if state == vault.DRSecondary {
			return vault.DRToken
		}
		serving = serving || state.Serving()
		recovery = recovery || state == vault.Recovering
	}
	if recovery && !serving {
		return vault.RecoveryToken
	}
	return vault.RootToken
}

// find is the node to ask for what is made.
func (s *seat) find(snapshot vault.Snapshot) (Node, bool) {
	if s.makes == vault.RootToken {
		return active(snapshot, s.skip)
	}
	for _, m := range snapshot.Members() {
		if m.Node == nil || !s.fits(m.Node) {
			continue
		}
		n := NodeOf(m.Node, m.Name, s.skip)
		n.Makes = s.makes
		return n, true
	}
	return Node{}, false
}

// fits says that a node makes what is wanted. All nodes of a DR secondary say that they are of one, and one of them leads.
// A recovery token is of use at one node alone, so that the ceremony stays with it.
func (s *seat) fits(n *vault.Node) bool {
	if s.makes == vault.DRToken {
		return n.State() == vault.DRSecondary && n.Leader.Fresh() && n.Leader.Value.IsSelf
	}
	return n.State() == vault.Recovering && (s.node.Address == "" || s.node.Address == n.Address)
}

// openedMeanwhile says that the attempt which is followed here was completed: a node in recovery mode refuses its attempt from
// then on, and knows of none before.
func (g GenerateRoot) openedMeanwhile(err error) bool {
	return (g.stage == rootCollecting || g.stage == rootForeign) && vault.RecoveryTokenMade(err)
}

// unlessLost is why the attempt was read, where it matters for one that is over: a wish to end it came too late.
func unlessLost(why reason) reason {
	if why == afterLost {
		return why
	}
	return plainly
}

// doorsOf are the ways in that there may be.
func doorsOf(v vault.RootVariant) []vault.Doors {
	switch v {
	case vault.DRToken:
		return []vault.Doors{vault.DoorsOpen, vault.DoorsToken}
	case vault.RecoveryToken:
		return []vault.Doors{vault.DoorsOpen}
	}
	return []vault.Doors{vault.DoorsOpen, vault.DoorsToken, vault.DoorsClosed}
}

// doRecovering does what a node in recovery mode can be asked.
func (r Runner) doRecovering(ctx context.Context, c *vault.Client, e Effect) Event {
	switch e := e.(type) {
	case FindDoors:
		doors, err := c.VariantDoors(ctx, e.Makes)
		return DoorsFound{Doors: doors, Err: err}
	case ReadRoot, StartRoot, CancelRoot, GiveRootShare:
		return r.doRoot(ctx, c, e)
	}
	return nil
}
