package ceremony

import (
	"context"
	"errors"
	"net/http"

	"warder/vault"
)

// variantOf is what shares make here, after what the nodes say: a root token where there is an active node or may be one,
// a DR operation token at a DR secondary of Vault Enterprise, and a recovery token where nothing but recovery can be meant.
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
		recovery = recovery || maybeRecovering(n)
	}
	if recovery && !serving {
		return vault.RecoveryToken
	}
	return vault.RootToken
}

// maybeRecovering says that a node may have been started with -recovery: it has no sys/health then, and answers 404. Whether
// it was, it says when it is asked for its attempt.
func maybeRecovering(n *vault.Node) bool {
	var e *vault.Error
	return n.State() == vault.Broken && errors.As(n.Health.Err, &e) && e.Status == http.StatusNotFound
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
	return maybeRecovering(n) && (s.node.Address == "" || s.node.Address == n.Address)
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
