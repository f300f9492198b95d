package timeline

import (
	"time"

	"warder/vault"
)

// maxChanges is how many changes of the lead are remembered for counting.
const maxChanges = 200

// leadership is who led last, as far as was seen.
type leadership struct {
	who     *vault.Node // as it was when it was last seen to lead; nil: nobody was seen to
	none    bool        // it is known that nobody leads
	ended   time.Time   // when who was first seen not to lead any more; zero while it does
	since   time.Time   // since when it leads, by its own word
	changes []time.Time // when they were seen
}

// awaits says that it is not clear yet who leads, so that every answer counts.
func (l *leadership) awaits() bool { return !l.none && (l.who == nil || !l.ended.IsZero()) }

// look compares who leads.
func (l *leadership) look(o *observation) {
	n := newestActive(o.is)
	switch {
	case n == nil:
		l.without(o)
		return
	case l.who == nil && !l.none:
	case l.none:
		l.note(o, n, LeaderBack, Better, "became the active node; there was none")
	case !sameNode(l.who, n):
		l.note(o, n, LeaderChanged, Neutral, "became the active node, after "+o.name(l.who.Address))
	case !l.since.IsZero() && activeSince(n).After(l.since):
		l.note(o, n, LeaderChanged, Neutral, "became the active node again")
	}
	l.who, l.none, l.ended = n, false, time.Time{}
	if since := activeSince(n); !since.IsZero() {
		l.since = since
	}
}

func (l *leadership) note(o *observation, n *vault.Node, kind Kind, mood Mood, text string) {
	o.tell(kind, mood, o.name(n.Address), text, n.Health.Tried, activeSince(n))
	l.changes = append(l.changes, o.now)
	l.changes = l.changes[max(0, len(l.changes)-maxChanges):]
	l.since = time.Time{}
}

// without is a look at which nobody says that it leads. Until all who answer did so after the end of the last leader, the
// next one may just not have been asked yet.
func (l *leadership) without(o *observation) {
	if l.none {
		return
	}
	if l.ended.IsZero() {
		l.ended = o.now
		if l.who != nil {
			if n := o.is.Node(l.who.Address); n != nil {
				l.ended = n.Health.Tried
			}
		}
	}
	at, sure := leaderless(o.is, l.who, l.ended)
	if !sure {
		return
	}
	if l.who != nil {
		o.tell(LeaderLost, Worse, "", "no node is active (before: "+o.name(l.who.Address)+")", at, time.Time{})
	}
	l.none = true
}

// leaderless says whether it is sure that nobody leads, and at which answer it became so: everybody was heard, or somebody
// who serves knows of no active node, and in either case nobody names one.
func leaderless(s vault.Snapshot, last *vault.Node, ended time.Time) (at time.Time, sure bool) {
	all, missed := true, false
	for _, n := range s.Nodes {
		h := n.Health
		switch {
		case h.Err != nil || h.Tried.IsZero():
			all = false
			continue
		case !h.Tried.After(ended) && (last == nil || n.Address != last.Address):
			return at, false
		}
		if h.Tried.After(at) {
			at = h.Tried
		}
		if l := n.Leader; n.State().Serving() && l.Fresh() && !l.At.Before(n.Since) {
			if l.Value.Address != "" || l.Value.IsSelf {
				return at, false
			}
			missed = true
		}
	}
	return at, (all || missed) && !at.IsZero()
}

// newestActive is, of those who say that they lead, the one that began last: the other was not asked again yet. It is nil
// when there is none.
func newestActive(s vault.Snapshot) *vault.Node {
	var out *vault.Node
	for _, n := range s.Nodes {
		if n.State() == vault.Active && !n.Balanced() && (out == nil || n.Since.After(out.Since)) {
			out = n
		}
	}
	return out
}

// sameNode says that two addresses are those of one node.
func sameNode(a, b *vault.Node) bool {
	same := func(x, y string) bool { return x != "" && x == y }
	return same(a.Address, b.Address) || same(a.RaftID, b.RaftID) || same(clusterAddress(a), clusterAddress(b))
}

func clusterAddress(n *vault.Node) string {
	if l := n.Leader; l.Fresh() && l.Value.IsSelf && l.Value.ClusterAddress != "" {
		return l.Value.ClusterAddress
	}
	return n.ClusterAddress
}

// activeSince is the node's own word on it; zero when it gives none.
func activeSince(n *vault.Node) time.Time {
	if l := n.Leader; l.Fresh() && l.Value.IsSelf {
		return l.Value.ActiveSince
	}
	return time.Time{}
}
