package rules

import (
	"fmt"
	"strings"

	"warder/vault"
)

// noActive: nodes are unsealed, and none leads. No endpoint says "quorum lost"; this is concluded from whom they all miss.
func noActive(s Scene) []Finding {
	serving := s.count(func(m vault.Member) bool { return m.Node != nil && m.Node.State().Serving() })
	if serving == 0 || len(s.Active()) > 0 {
		return nil
	}
	for _, n := range s.Nodes {
		// A standby that names a leader is believed: that leader may be one we cannot ask.
		if l := n.Leader; l.Fresh() && l.Value.Address != "" && leaderMayLive(s, l.Value.Address) {
			return nil
		}
		if n.State() == vault.DRSecondary || n.State() == vault.Unknown {
			return nil
		}
	}
	f := Finding{
		Rule: "no-leader", Severity: Critical, What: "No active node",
		Follows: "every read and write fails until one is elected",
		Do:      "an election takes some 10 s; if it stays so, bring back enough voters",
	}
	if gone := s.count(func(m vault.Member) bool { return is(m, vault.Down, vault.SealedState) }); gone > 0 {
		f.What = fmt.Sprintf("No active node, and %d of %d nodes do not answer or are sealed", gone, len(s.Members))
	}
	if voters, lost := votes(s); voters > 0 && voters-len(lost) <= voters/2 {
		f.Rule, f.What = "Quorum-lost", fmt.Sprintf("quorum lost: %d of %d voters are gone (%s)", len(lost), voters, list(lost))
		f.Do = fmt.Sprintf("bring back %d of them; only if they are lost for good, recover with peers.json", voters/2+1-(voters-len(lost)))
	}
	return []Finding{f}
}

// leaderMayLive says that the named leader is not one of whom we know better.
func leaderMayLive(s Scene, address string) bool {
	n := s.Node(strings.TrimRight(address, "/"))
	return n == nil || n.State() == vault.Unknown || n.State() == vault.Down && n.Learnt
}

// votes counts the voters of the configuration, and names those that are known not to take part.
func votes(s Scene) (voters int, lost []string) {
	for _, m := range s.Members {
		if m.Raft == nil || !m.Raft.Voter {
			continue
		}
		voters++
		if is(m, vault.Down, vault.SealedState, vault.Uninitialised, vault.RemovedState) {
			lost = append(lost, m.Name)
		}
	}
	return voters, lost
}

// twoActive: a contradiction is shown as one, with both names.
func twoActive(s Scene) []Finding {
	var names []string
	for _, m := range s.Members {
		if is(m, vault.Active) {
			names = append(names, m.Name)
		}
	}
	if len(names) < 2 {
		return nil
	}
	return []Finding{{
		Rule: "two-active", Severity: Critical, What: strings.Join(names, " and ") + " both say that they are active",
		Follows: "one of them is about to step down, or these are two clusters",
		Do:      "compare their cluster ids; look again in 10 s",
	}}
}

// tolerance: autopilot says how many voters may still be lost.
func tolerance(s Scene) []Finding {
	a, _ := s.Autopilot()
	if !a.Fresh() || a.Value.Tolerance > 0 || len(a.Value.Voters) == 0 {
		return nil
	}
	voters := len(a.Value.Voters)
	switch {
	case voters == 1 && s.count(func(m vault.Member) bool { return m.Raft != nil }) > 1:
		return []Finding{{
			Rule: "single-voter", Severity: Degraded, What: "Only one Raft peer votes",
			Follows: "when it stops, nothing is served", Do: "wait: autopilot lets a new peer vote once it has been stable for some 10 s",
		}}
	case voters == 1:
		return []Finding{{
			Rule: "single-node", Severity: Notice, What: "One voter only",
			Follows: "when it stops, nothing is served", Do: "join two more nodes",
		}}
	case a.Value.Healthy:
		return []Finding{{
			Rule: "tolerance-zero", Severity: Degraded, What: fmt.Sprintf("Tolerance 0: %d voters can lose none", voters),
			Follows: "one voter lost stops all reads and writes", Do: "join another voter",
		}}
	}
	f := Finding{
		Rule: "tolerance-zero", Severity: Critical, What: "Tolerance 0",
		Follows: "one more voter lost stops all reads and writes", Do: "bring the failing voter back first",
	}
	if bad := failing(s); len(bad) > 0 {
		f.What += ": " + list(bad)
	}
	return []Finding{f}
}

// failing names the peers that autopilot finds unhealthy, with what we know of them.
func failing(s Scene) []string {
	var out []string
	for _, m := range s.Members {
		if m.Autopilot == nil || m.Autopilot.Healthy {
			continue
		}
		switch {
		case is(m, vault.SealedState):
			out = append(out, m.Name+" is sealed"+ago(s.Now, m.Node))
		case is(m, vault.Down):
			out = append(out, m.Name+" does not answer")
		default:
			out = append(out, m.Name+" is unhealthy")
		}
	}
	return out
}

// peers: autopilot finds a peer unhealthy that looks well to us, or that we cannot ask.
func peers(s Scene) []Finding {
	a, _ := s.Autopilot()
	if !a.Fresh() {
		return nil
	}
	var out []Finding
	for _, m := range s.Members {
		if m.Autopilot == nil || m.Autopilot.Healthy || is(m, vault.SealedState, vault.Down, vault.Broken) {
			continue
		}
		out = append(out, Finding{
			Rule: "peer-unhealthy", Severity: Degraded, Node: m.Name,
			What:    fmt.Sprintf("Raft peer %s is unhealthy: last contact %s ago", m.Name, Span(m.Autopilot.LastContact)),
			Follows: "it may not take over, and does not count for the tolerance",
			Do:      "check its process, its disk and the network between the cluster addresses",
		})
	}
	return out
}

// list joins names, a few at most.
func list(names []string) string {
	if len(names) > 3 {
		return strings.Join(names[:3], ", ") + fmt.Sprintf(" and %d more", len(names)-3)
	}
	return strings.Join(names, ", ")
}
