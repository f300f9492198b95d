package rules

import (
	"fmt"

	"warder/vault"
)

// otherCluster: an address belongs to another cluster than the active node. Two active nodes of two clusters are told by
// twoActive.
func otherCluster(s Scene) []Finding {
	active := s.members(func(m vault.Member) bool { return is(m, vault.Active) && m.Node.Health.Value.ClusterID != "" })
	if len(active) != 1 {
		return nil
	}
	ours := active[0].Node.Health.Value.ClusterID
	strange := s.members(func(m vault.Member) bool {
		return is(m, vault.Standby, vault.PerfStandby, vault.CutOff, vault.DRSecondary) && m.Node.Health.Value.ClusterID != "" && m.Node.Health.Value.ClusterID != ours
	})
	if len(strange) == 0 {
		return nil
	}
	f := Finding{
		Rule: "other-cluster", Severity: Critical, What: fmt.Sprintf("%s answers as a member of another cluster than %s", list(namesOf(strange)), active[0].Name),
		Follows: "this picture mixes them, and what is said here of one may be the other's", Do: "give the addresses of one cluster only",
		Evidence: clusterIDs(append(active, strange...)),
	}
	if len(strange) == 1 {
		f.Node = strange[0].Name
	}
	return []Finding{f}
}

// clusterIDs are the ids that nodes tell.
func clusterIDs(members []vault.Member) []Evidence {
	return each(members, func(m vault.Member) []Evidence {
		return []Evidence{{Node: m.Name, Source: fromHealth, Says: "cluster_id " + m.Node.Health.Value.ClusterID, At: m.Node.Health.At}}
	})
}

// outside: a node serves, and is none of the Raft peers. Who learnt of its removal says so itself; others go on for a while,
// and OpenBao's for ever.
func outside(s Scene) []Finding {
	raft, _ := s.Raft()
	if !told(s, raft) || len(raft.Value) == 0 {
		return nil
	}
	claimed := 0
	for _, m := range s.Members {
		if m.Raft != nil && m.Node != nil {
			claimed++
		}
	}
	var out []Finding
	for _, m := range s.Members {
		if m.Raft != nil || !is(m, vault.Standby, vault.PerfStandby, vault.CutOff, vault.Active) || m.Node.Balanced() || m.Node.Seal.Value.StorageType != "raft" {
			continue
		}
		known := m.Node.ClusterAddress != "" || m.Node.RaftID != ""
		if !known && claimed < len(raft.Value) || m.Node.Since.After(raft.At) {
			continue // it may well be a peer whom we cannot tell by what is known
		}
		f := Finding{
			Rule: "outside-raft", Severity: Degraded, Node: m.Name, What: m.Name + " answers, but is not in the Raft configuration",
			Follows:  "it gets no new data, counts for nothing, and answers what is old",
			Do:       "if it was removed: stop it, wipe its storage, and join it anew if it is wanted",
			Evidence: append(append(health(m), leads(m)...), s.voters()...),
		}
		if !known {
			f.Severity, f.What = Notice, m.Name+" answers, and all Raft peers are other nodes"
			f.Follows = "it was removed and does not know, or is a second address of one of them"
			f.Do = "compare its raft_applied_index in sys/leader with the others'"
		}
		out = append(out, f)
	}
	return out
}

// unaddressed: a Raft peer that nobody told us how to ask. Where autopilot finds it ill, peers says so.
func unaddressed(s Scene) []Finding {
	raft, _ := s.Raft()
	if !told(s, raft) {
		return nil
	}
	mute := s.members(func(m vault.Member) bool {
		return m.Node == nil && m.Raft != nil && !m.Asked && (m.Autopilot == nil || m.Autopilot.Healthy)
	})
	if len(mute) == 0 {
		return nil
	}
	f := Finding{
		Rule: "no-address", Severity: Notice, What: "No API address is known of " + list(namesOf(mute)),
		Follows: "what it says itself is not seen: its seal, its version, its certificate", Do: "give its address with --address",
	}
	for _, m := range mute {
		f.Evidence = append(f.Evidence, Evidence{Node: m.Name, Source: fromRaft, Says: "cluster address " + m.Raft.Address, At: raft.At})
		f.Evidence = append(f.Evidence, s.judged(m)...)
	}
	f.Evidence = bounded(f.Evidence)
	if len(mute) == 1 {
		f.Node = mute[0].Name
	}
	return []Finding{f}
}
