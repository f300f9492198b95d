package ceremony

import (
	"errors"
	"slices"

	"warder/keys"
)

var errTaken = errors.New("every node that needs a share has this one already")

// takesShare says that a share may be typed now.
func (u *Unseal) takesShare() bool {
	return u.stage == unsealGiving && !u.asks.open() && u.hand.Secret().Empty() &&
		slices.ContainsFunc(u.nodes, u.wants)
}

// wants says that the node waits for shares and that they may be sent to it. A read under way is awaited before.
func (u *Unseal) wants(n sealedNode) bool {
	return n.needs() && u.agreed.has(n.Node) && n.awaits != aReset
}

// give examines a share and marks the nodes that are to have it.
func (u *Unseal) give(s keys.Share) []Effect {
	u.safe.keep(s.Secret())
	if err := u.examined(s); err != nil {
		s.Wipe()
		u.notices.say("Not sent: %v.", err)
		return nil
	}
	u.hand, u.opens = s, false
	for i := range u.nodes {
		n := &u.nodes[i]
		if n.due = u.wants(*n) && !n.has(u.column) && s.Fits(n.status.Shares) == nil; n.due {
			n.mark(u.column, Sending)
		}
	}
	return nil
}

// examined finds the column of a share, or says why no node is to have it. One that clashes at any node goes to none: either
// this one or the other is mistyped.
func (u *Unseal) examined(s keys.Share) error {
	if s.Secret().Empty() {
		return errNoShare
	}
	trace := u.prints.Trace(s)
	column := slices.IndexFunc(u.typed, func(t keys.Trace) bool { return t.Fingerprint == trace.Fingerprint })
	problem := errTaken
	takers := 0
	for _, n := range u.nodes {
		if !u.wants(n) || column >= 0 && n.has(column) {
			continue
		}
		if err := s.Fits(n.status.Shares); err != nil {
			problem = err
			continue
		}
		if err := u.clash(n, trace); err != nil {
			return err
		}
		takers++
	}
	if takers == 0 {
		return problem
	}
	if column < 0 {
		column = len(u.typed)
		u.typed = append(slices.Clip(u.typed), trace)
	}
	u.column = column
	return nil
}

// clash compares a share with those that count at the node, named by their columns.
func (u *Unseal) clash(n sealedNode, t keys.Trace) error {
	for _, c := range n.round {
		e := u.typed[c]
		if err := t.Examine([]keys.Trace{e}); err != nil {
			return clashError{errors.Unwrap(err), c + 1, e.Fingerprint.String(), n.Name}
		}
	}
	return nil
}

// send gives the share at hand to whoever is to have it now. Where it completes a set it is tried on one node first; where
// it has completed one, it is right. Once nobody is to have it any more, it is wiped.
func (u *Unseal) send() []Effect {
	if u.hand.Secret().Empty() {
		return nil
	}
	var out []Effect
	idle := true
	for i := range u.nodes {
		n := &u.nodes[i]
		if n.due && n.awaits == nothing {
			out = append(out, u.sendTo(n)...)
		}
		idle = idle && !n.due && n.awaits != aShare && (n.awaits != aRead || n.reason != afterLost && n.reason != afterRefusal)
	}
	if idle {
		u.hand.Wipe()
		u.hand = keys.Share{}
	}
	return out
}

func (u *Unseal) sendTo(n *sealedNode) []Effect {
	switch {
	case !u.wants(*n):
		n.due = false
		n.mark(u.column, NotNeeded)
		return nil
	case n.completes() && !u.opens && slices.ContainsFunc(u.nodes, sealedNode.tried):
		return nil
	}
	n.due, n.awaits, n.column = false, aShare, u.column
	return []Effect{SendUnseal{Node: n.Node, Share: u.hand.Secret(), Migrate: n.status.Migration}}
}

// tried says that the node is just finding out whether a set is right.
func (n sealedNode) tried() bool {
	return n.completes() && (n.awaits == aShare || n.awaits == aRead && (n.reason == afterLost || n.reason == afterRefusal))
}

// holdBack keeps a share that made a wrong set at one node from the others whose set it would complete.
func (u *Unseal) holdBack(at *sealedNode) {
	if at.column != u.column {
		return // it was about an earlier share
	}
	var spared []string
	for i := range u.nodes {
		if n := &u.nodes[i]; n.due && n.completes() {
			n.due = false
			n.mark(u.column, Unsent)
			spared = append(spared, n.Name)
		}
	}
	if len(spared) > 0 {
		u.notices.say("The share was not sent to %s, which keep what they have: it would have completed a set there as at %s.", list(spared), at.Name)
	}
}

// reset drops what the nodes were given, by anybody.
func (u *Unseal) reset() []Effect {
	var out []Effect
	for i := range u.nodes {
		if n := &u.nodes[i]; u.resettable(*n) {
			n.awaits = aReset
			out = append(out, ResetUnseal{Node: n.Node})
		}
	}
	return out
}

func (u *Unseal) resettable(n sealedNode) bool {
	return u.wants(n) && n.awaits == nothing && n.status.Progress > 0
}

// Cancel implements Canceller: for an unseal it is the reset.
func (u Unseal) Cancel() (Option, bool) {
	if !u.takesShare() || !slices.ContainsFunc(u.nodes, u.resettable) {
		return Option{}, false
	}
	return Option{
		Key: "reset", Label: "Reset",
		Hint: "Drops all shares that the nodes were given so far, also those that others gave. Nothing else is lost: each can be given again.",
	}, true
}
