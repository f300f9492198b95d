package rules

import (
	"fmt"
	"time"

	"warder/vault"
)

// deadAfter is how long a voter must be silent before anybody should think of removing it: longer than a restart, an upgrade
// or the move of a machine.
const deadAfter = time.Hour

// goneForLong says that neither autopilot nor we have heard of the voter for so long.
func goneForLong(s Scene, m vault.Member) bool { return goneFor(s, m) >= deadAfter }

// goneFor is how long a voter has been missing; 0 where it is not known to be. A leader begins to count anew when it is elected,
// whatever it then calls the node's status, so that our own memory counts beside its word.
func goneFor(s Scene, m vault.Member) time.Duration {
	a, _ := s.Autopilot()
	if m.Autopilot == nil || m.Raft == nil || !m.Raft.Voter || !told(s, a) || m.Autopilot.Healthy || heard(m) {
		return 0
	}
	gone := m.Autopilot.LastContact
	if is(m, vault.Down) && m.Node.Witnessed {
		gone = max(gone, s.Now.Sub(m.Node.Since))
	}
	return gone
}

// deadVoters: a voter is gone for long and still counts for the quorum.
func deadVoters(s Scene) []Finding {
	var out []Finding
	for _, m := range s.Members {
		if !goneForLong(s, m) {
			continue
		}
		f := Finding{
			Rule: "dead-voter", Severity: Degraded, Node: m.Name,
			What:     fmt.Sprintf("%s is gone for %s and still a voter", m.Name, Span(goneFor(s, m))),
			Follows:  "it counts for the quorum and cannot vote",
			Do:       "bring it back; only if it is lost for good, with its data, remove it, and then join another",
			Evidence: append(append(s.judged(m), health(m)...), s.voters()...),
		}
		for _, a := range s.Active() {
			f.Command = s.cli(a, "operator raft remove-peer", m.Raft.ID)
		}
		out = append(out, f)
	}
	return out
}

// evenVoters: one voter more than an odd number helps nobody. Two of them are told by their tolerance.
func evenVoters(s Scene) []Finding {
	raft, _ := s.Raft()
	if !told(s, raft) {
		return nil
	}
	count := 0
	for _, r := range raft.Value {
		if r.Voter {
			count++
		}
	}
	if count%2 == 1 || count < 4 || len(raft.Value) > count {
		return nil // who is not a voter yet may be about to make them odd
	}
	return []Finding{{
		Rule: "even-voters", Severity: Notice, What: fmt.Sprintf("An even number of voters: %d", count),
		Follows:  fmt.Sprintf("they may lose no more than %d could, and one more can fail", count-1),
		Do:       "join one more node, or take one out",
		Evidence: s.voters(),
	}}
}
