package rules

import (
	"fmt"
	"time"

	"warder/vault"
)

// How often the lead may change, and in which time, before it is trouble and no upgrade. A rolling restart of three nodes makes
// two changes.
const (
	changesTooMany = 3
	changesWithin  = 10 * time.Minute
	newlyLed       = time.Minute
)

// flapping: the lead changes often. Without a past only the last change is known, and told as what it is.
func flapping(s Scene) []Finding {
	changes := s.History.LeaderChanges(s.Now.Add(-changesWithin))
	led := s.members(func(m vault.Member) bool { return is(m, vault.Active) })
	if changes >= changesTooMany {
		return []Finding{{
			Rule: "leader-flapping", Severity: Degraded,
			What:     fmt.Sprintf("The leader changed %d times within %s", changes, Span(changesWithin)),
			Follows:  "each time requests fail for seconds, and " + interrupted(led),
			Do:       "look into the nodes' logs for lost heartbeats; check disks, load and the network between the cluster addresses",
			Evidence: append([]Evidence{{Source: "watched", Says: fmt.Sprintf("%d changes seen since then", changes), At: s.Now.Add(-changesWithin)}}, each(led, leads, ledSince)...),
		}}
	}
	if len(led) != 1 {
		return nil
	}
	if since, known := ledFor(led[0].Node); !known || since >= newlyLed {
		return nil
	}
	return []Finding{{
		Rule: "leader-new", Severity: Notice, Node: led[0].Name, What: led[0].Name + " came to lead within the last minute",
		Follows: interrupted(led) + "; peers are judged anew", Do: "watch whether it stays; if nobody wanted it, look into the log of the one that led before",
		Evidence: each(led, leads, ledSince),
	}}
}

// ledFor is for how long the node has led, by its own word. The moment is the server's, and its clock may not be ours.
func ledFor(n *vault.Node) (time.Duration, bool) {
	l := n.Leader
	if !l.Fresh() || !l.Value.IsSelf || l.Value.ActiveSince.IsZero() {
		return 0, false
	}
	since := l.At.Add(n.Skew).Sub(l.Value.ActiveSince)
	return since, since >= 0
}

// newLeader says that the leader is so new that autopilot's doubts are those of somebody who has just come.
func newLeader(s Scene) bool {
	for _, n := range s.Active() {
		if led, known := ledFor(n); known && led < settling {
			return true
		}
	}
	return false
}

// unproven says that only a leader who has just come doubts a peer, which itself answers us as it should.
func unproven(s Scene, m vault.Member) bool {
	return newLeader(s) && m.Node != nil && m.Node.State().Serving()
}

// ledSince is since when the node leads, by its own word.
func ledSince(m vault.Member) []Evidence {
	l := m.Node.Leader
	if !l.Known() || l.Value.ActiveSince.IsZero() {
		return nil
	}
	return []Evidence{{Node: m.Name, Source: fromLeader, Says: "active since " + l.Value.ActiveSince.UTC().Format("15:04:05 UTC"), At: l.At}}
}

// interrupted is what an election does to ceremonies: Vault forgets them, an OpenBao that led keeps them in its memory, where they are
// again once it leads again.
func interrupted(led []vault.Member) string {
	for _, m := range led {
		if m.Node.Product() == vault.OpenBao {
			return "ceremonies under way stay behind in the memory of the node that led"
		}
	}
	return "ceremonies under way are lost"
}
