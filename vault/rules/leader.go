package rules

import (
	"fmt"
	"strings"

	"warder/vault"
)

// noActive: nodes are unsealed, and none leads. No endpoint says "quorum lost"; this is concluded from whom they all miss.
func noActive(s Scene) []Finding {
	if !s.served() || len(s.Active()) > 0 {
		return nil
	}
	for _, n := range s.Nodes {
		// A standby that names a leader is believed: that leader may be one we cannot ask. What a node said before it fell
		// silent is not.
		l := n.Leader
		if n.State().Serving() && l.Fresh() && l.Value.Address != "" && leaderMayLive(s, l.Value.Address) {
			return nil
		}
		if n.State() == vault.DRSecondary || n.State() == vault.Unknown {
			return nil
		}
	}
	f := Finding{
		Rule: "no-leader", Severity: Critical, What: "No active node",
		Follows:  "what needs the active node fails, all writes among it",
		Do:       "an election takes some 10 s; if it stays so, bring back enough voters",
		Evidence: bounded(append(each(s.Members, health, leads), s.voters()...)),
	}
	if gone := s.count(func(m vault.Member) bool { return is(m, vault.Down, vault.SealedState) }); gone > 0 {
		all := s.count(func(m vault.Member) bool { return !m.Asked })
		f.What = fmt.Sprintf("No active node, and %d of %d nodes do not answer or are sealed", gone, all)
		if all-gone <= all/2 {
			f.Follows = "too few are left for a quorum, if each of them votes: nothing that needs the active node is served"
		}
	}
	if voters, lost := votes(s); voters > 0 && voters-len(lost) <= voters/2 {
		f.Rule, f.What = "quorum-lost", fmt.Sprintf("Quorum lost: %d of %d voters do not answer or are sealed (%s)", len(lost), voters, list(lost))
		f.Do = fmt.Sprintf("bring back %d of them; only if they are lost for good, recover with peers.json", voters/2+1-(voters-len(lost)))
	}
	return []Finding{f}
}

// leaderMayLive says that the named leader is not one of whom we know better: standbys go on naming a dead one. Whom we have
// reached before and do not reach now is as good as dead; whom we never reached may only be out of our reach, unless the
// standbys themselves cannot reach it.
func leaderMayLive(s Scene, address string) bool {
	a, err := vault.ParseAddress(address)
	if err != nil {
		return true
	}
	n := s.Node(a)
	if a, _ := s.Autopilot(); vault.Is(a.Err, vault.NoActive) {
		return false
	}
	return n == nil || n.State() == vault.Unknown || n.State() == vault.Down && n.Learnt && !n.Health.Known()
}

// votes counts the voters of the configuration, and names those that are known not to take part. A voter that is known by
// two addresses votes once, and as long as one of them answers.
func votes(s Scene) (voters int, lost []string) {
	takesPart := map[string]bool{}
	var order []string
	for _, m := range s.Members {
		if m.Raft == nil || !m.Raft.Voter {
			continue
		}
		if _, counted := takesPart[m.Raft.ID]; !counted {
			order = append(order, m.Raft.ID)
		}
		gone := is(m, vault.Down, vault.SealedState, vault.Uninitialised, vault.RemovedState, vault.Recovering)
		takesPart[m.Raft.ID] = takesPart[m.Raft.ID] || !gone
	}
	for _, id := range order {
		if !takesPart[id] {
			lost = append(lost, id)
		}
	}
	return len(order), lost
}

// twoActive: a contradiction is shown as one, with both names.
func twoActive(s Scene) []Finding {
	var names []string
	var active []vault.Member
	clusters, selves := map[string]bool{}, map[string]bool{}
	for _, m := range s.Members {
		if !is(m, vault.Active) || selves[self(m)] {
			continue
		}
		selves[self(m)] = true
		names, active = append(names, m.Name), append(active, m)
		if id := m.Node.Health.Value.ClusterID; id != "" {
			clusters[id] = true
		}
	}
	switch {
	case len(names) < 2:
		return nil
	case len(clusters) > 1:
		return []Finding{{
			Rule: "two-clusters", Severity: Critical, What: strings.Join(names, " and ") + " are active in different clusters",
			Follows:  "this picture mixes them, and what is said here of one may be the other's",
			Do:       "give the addresses of one cluster only",
			Evidence: clusterIDs(active),
		}}
	}
	return []Finding{{
		Rule: "two-active", Severity: Critical, What: strings.Join(names, " and ") + " all say that they are active",
		Follows:  "all but one are about to step down, or clients write to more than one",
		Do:       "look again in 10 s; if it stays so, compare the nodes' sys/leader and their network",
		Evidence: each(active, health, leads),
	}}
}

// self tells one active node from another, since two addresses may lead to the same.
func self(m vault.Member) string {
	l := m.Node.Leader
	switch {
	case l.Fresh() && l.Value.IsSelf && l.Value.ClusterAddress != "":
		return l.Value.ClusterAddress
	case m.Raft != nil:
		return m.Raft.ID
	}
	return m.Node.Address
}
