package rules

import (
	"fmt"
	"strings"
	"time"

	"warder/vault"
)

// settling is how long sources may differ after a change: Raft and ha-status are asked every ten seconds, and standbys learn of
// a new leader by and by.
const settling = 30 * time.Second

// contradictions: what one source says another denies. Neither is believed; both are shown.
func contradictions(s Scene) []Finding {
	return append(whoLeads(s), sealedOrNot(s)...)
}

// whoLeads: sources name different leaders, while each of them lives.
func whoLeads(s Scene) []Finding {
	active := s.members(func(m vault.Member) bool { return is(m, vault.Active) })
	if len(active) != 1 || active[0].Node.Balanced() || !settled(s, active[0]) {
		return nil
	}
	lead := active[0]
	others := append(standbysSay(s, lead), clusterSays(s, lead)...)
	if len(others) == 0 {
		return nil
	}
	var say []string
	for _, o := range others {
		say = append(say, o.Source+" "+o.Says)
	}
	return []Finding{{
		Rule: "leader-contradiction", Severity: Degraded, What: fmt.Sprintf("Sources differ on who leads: %s says it does; %s", lead.Name, list(say)),
		Follows: "one of them is wrong or out of date, and requests may go astray", Do: "compare sys/leader on each node; look into the logs of both",
		Evidence: bounded(append(append(health(lead), leads(lead)...), others...)),
	}}
}

// settled says that the node leads for long enough for everybody to know.
func settled(s Scene, lead vault.Member) bool {
	n := lead.Node
	if n.Witnessed && s.Now.Sub(n.Since) < settling {
		return false
	}
	led, known := ledFor(n)
	return n.Leader.Fresh() && (!known || led >= settling)
}

// standbysSay are the standbys that name another living node. That of a dead one is a known lag.
func standbysSay(s Scene, lead vault.Member) []Evidence {
	var out []Evidence
	for _, m := range s.Members {
		if !is(m, vault.Standby, vault.PerfStandby) || m.Node.Balanced() || !m.Node.Leader.Fresh() || m.Node.Since.After(s.Now.Add(-settling)) {
			continue
		}
		if m.Node.Leader.Value.Address == lead.Node.Leader.Value.Address {
			continue
		}
		a, err := vault.ParseAddress(m.Node.Leader.Value.Address)
		if n := s.Node(a); err == nil && n != nil && n != lead.Node && n.State().Serving() && n.State() != vault.Active {
			out = append(out, Evidence{
				Node: m.Name, Source: fromLeader, Says: "on " + m.Name + " names " + s.seen.names[n], At: m.Node.Leader.At,
			})
		}
	}
	return out
}

// clusterSays are Raft, autopilot and ha-status, where they name another.
func clusterSays(s Scene, lead vault.Member) []Evidence {
	var out []Evidence
	raft, by := s.Raft()
	if told(s, raft) && lead.Raft != nil {
		for _, r := range raft.Value {
			if r.Leader && r.ID != lead.Raft.ID {
				out = append(out, cite(s, raft, by, fromRaft, "names "+r.ID))
			}
		}
	}
	if a, by := s.Autopilot(); told(s, a) && lead.Raft != nil && a.Value.Leader != "" && a.Value.Leader != lead.Raft.ID {
		out = append(out, cite(s, a, by, fromAutopilot, "names "+a.Value.Leader))
	}
	ha, by := s.HA()
	if told(s, ha) && lead.HA != nil {
		for _, h := range ha.Value {
			if h.Active && h.ClusterAddress != lead.HA.ClusterAddress {
				out = append(out, cite(s, ha, by, fromHA, "names "+h.Address))
			}
		}
	}
	return out
}

// sealedOrNot: one endpoint of a node calls it sealed, another unsealed. Both are asked in one moment, in which it may just
// have changed; hence the patience.
func sealedOrNot(s Scene) []Finding {
	var out []Finding
	for _, m := range s.Members {
		if !heard(m) || m.Node.Balanced() || !m.Node.Seal.Fresh() || s.Now.Sub(m.Node.Since) < settling {
			continue
		}
		h, v := m.Node.Health.Value, m.Node.Seal.Value
		if h.Sealed == v.Sealed || !h.Initialised || !v.Initialised || m.Node.Health.At.Sub(m.Node.Seal.At).Abs() > settling {
			continue
		}
		words := []string{"sys/health says sealed", "sys/seal-status says unsealed"}
		if v.Sealed {
			words = []string{"sys/health says unsealed", "sys/seal-status says sealed"}
		}
		out = append(out, Finding{
			Rule: "seal-disagreement", Severity: Degraded, Node: m.Name, What: m.Name + " contradicts itself: " + strings.Join(words, ", "),
			Follows: "which of the two is true cannot be told from here", Do: "ask again on its own machine: a proxy that keeps answers may stand in between",
			Command: s.cli(m.Node, "status"), Evidence: append(health(m), seal(m)...),
		})
	}
	return out
}
