package rules

import (
	"testing"
	"time"

	"warder/vault"
)

// judging changes what autopilot says of one peer.
func judging(id string, change func(*vault.AutopilotServer)) with {
	return func(n *vault.Node) {
		for i := range n.Autopilot.Value.Servers {
			if p := &n.Autopilot.Value.Servers[i]; p.ID == id {
				change(p)
			}
		}
	}
}

// ledSinceFor says for how long the node has led.
func ledSinceFor(d time.Duration) with {
	return func(n *vault.Node) { n.Leader.Value.ActiveSince = now.Add(-d) }
}

func TestVoterRules(t *testing.T) {
	t.Parallel()
	gone := func(d time.Duration) with { return judging("e", func(p *vault.AutopilotServer) { p.LastContact = d }) }
	five := []with{raft("a", "b", "c", "d", "e"), autopilot(1, "a", "b", "c", "d", "!e")}
	led := func(more ...with) *vault.Node { return node("a", vault.CodeActive, append(five[:2:2], more...)...) }
	b, c, d := node("b", vault.CodeStandby), node("c", vault.CodeStandby), node("d", vault.CodeStandby)
	stable := func(id string, span time.Duration, kind string) with {
		return func(n *vault.Node) {
			n.AutopilotConfig.Value.StabilizationTime = 10 * time.Second
			judging(id, func(p *vault.AutopilotServer) {
				p.Status, p.NodeType, p.StableSince = "non-voter", kind, now.Add(-span)
			})(n)
		}
	}
	trio := func(more ...with) *vault.Node {
		return node("a", vault.CodeActive, append([]with{raft("a", "b", "c"), autopilot(1, "a", "b", "c?")}, more...)...)
	}
	check(t, map[string]scenario{
		"a voter that is gone for hours": {
			nodes: []*vault.Node{led(gone(26 * time.Hour)), b, c, d, down("e")}, want: []string{"degraded dead-voter e"},
			says:  []string{"e is gone for 26 h and still a voter", "only if it is lost for good", "vault operator raft remove-peer -address=https://a:8200 e"},
			cites: []string{"e sys/health: connection refused", "a sys/storage/raft/autopilot/state", "a sys/storage/raft/configuration: 5 voters: a, b, c and 2 more"},
		},
		"gone for minutes": {
			nodes: []*vault.Node{led(gone(20 * time.Minute)), b, c, d, down("e")}, want: []string{"degraded unreachable e"}, not: []string{"remove-peer"},
		},
		"called left or failed, and heard of a moment ago: a leader begins to count anew when it is elected": {
			nodes: []*vault.Node{led(gone(0), judging("e", func(p *vault.AutopilotServer) { p.NodeStatus = "failed" })), b, c, d, down("e")},
			want:  []string{"degraded unreachable e"}, not: []string{"remove-peer"},
		},
		"seen to be gone for hours from here, though the leader is new": {
			nodes: []*vault.Node{led(gone(0)), b, c, d, down("e", func(n *vault.Node) { n.Witnessed, n.Since = true, now.Add(-3*time.Hour) })},
			want:  []string{"degraded dead-voter e"}, says: []string{"e is gone for 3 h"},
		},
		"doubted by a leader that has just come, and well to us": {
			nodes: []*vault.Node{
				node("a", vault.CodeActive, raft("a", "b", "c"), autopilot(0, "a", "!b", "c"), ledSinceFor(time.Second)),
				b, c,
			},
			want: []string{"notice leader-new a"},
		},
		"doubted by a leader of long standing": {
			nodes: []*vault.Node{
				node("a", vault.CodeActive, raft("a", "b", "c"), autopilot(0, "a", "!b", "c"), ledSinceFor(time.Hour)), b, c,
			},
			want: []string{"critical tolerance-zero b"},
		},
		"silent for hours and sealed: it lives": {
			nodes: []*vault.Node{led(gone(26 * time.Hour)), b, c, d, node("e", vault.CodeSealed)}, want: []string{"degraded sealed e"}, not: []string{"remove-peer"},
		},
		"the last that may be lost": {
			nodes: []*vault.Node{
				node("a", vault.CodeActive, raft("a", "b", "e"), autopilot(0, "a", "b", "!e"), gone(2*time.Hour)), b, down("e"),
			},
			want: []string{"critical tolerance-zero e"}, says: []string{"Tolerance 0: e is gone for 2 h", "remove-peer"},
		},
		"gone, and autopilot is not told of": {nodes: []*vault.Node{node("a", vault.CodeActive), down("e")}, want: []string{"degraded unreachable e:8200"}},
		"four voters": {
			nodes: []*vault.Node{node("a", vault.CodeActive, raft("a", "b", "c", "d"), autopilot(1, "a", "b", "c", "d")), b, c, d},
			want:  []string{"notice even-voters -"}, says: []string{"An even number of voters: 4", "no more than 3 could"}, cites: []string{"a sys/storage/raft/configuration"},
		},
		"four voters and one that may become the fifth": {
			nodes: []*vault.Node{node("a", vault.CodeActive, raft("a", "b", "c", "d", "e"), autopilot(1, "a", "b", "c", "d", "e?"), func(n *vault.Node) {
				n.Raft.Value[4].Voter = false
			}), b, c, d, node("e", vault.CodeStandby)},
		},
		"a peer that is stable and gets no vote": {
			nodes: []*vault.Node{trio(stable("c", 5*time.Minute, "voter")), b, c}, want: []string{"degraded non-voter-stuck c"},
			says: []string{"c is healthy for 5 min and still has no vote"}, cites: []string{"a sys/storage/raft/autopilot/configuration: server_stabilization_time 10s"},
		},
		"a peer that is about to get it":    {nodes: []*vault.Node{trio(stable("c", 30*time.Second, "voter")), b, c}},
		"a peer that never votes":           {nodes: []*vault.Node{trio(stable("c", time.Hour, "read-replica")), b, c}},
		"a peer of whom no time is known":   {nodes: []*vault.Node{trio(judging("c", func(p *vault.AutopilotServer) { p.Status, p.NodeType = "non-voter", "voter" })), b, c}},
		"a voter nobody gave an address of": {nodes: []*vault.Node{trio(), b}, want: []string{"notice no-address c"}, says: []string{"No API address is known of c"}, cites: []string{"c sys/storage/raft/configuration: cluster address c:8201"}},
	})
}

func TestMembershipRules(t *testing.T) {
	t.Parallel()
	led := node("a", vault.CodeActive, raft("a", "b"), autopilot(1, "a", "b", "x"))
	b := node("b", vault.CodeStandby)
	unknown := func(n *vault.Node) { n.ClusterAddress = "" }
	check(t, map[string]scenario{
		"answers and is no peer": {
			nodes: []*vault.Node{led, b, node("c", vault.CodeStandby)}, want: []string{"degraded outside-raft c:8200"},
			says: []string{"is not in the Raft configuration"}, cites: []string{"c:8200 sys/health: 429, standby", "a sys/storage/raft/configuration: 2 voters: a, b"},
		},
		"nothing tells who it is": {
			nodes: []*vault.Node{led, b, node("c", vault.CodeStandby, unknown)}, want: []string{"notice outside-raft c:8200"}, says: []string{"or is a second address of one of them"},
		},
		"it may be one of the peers": {
			nodes: []*vault.Node{led, node("c", vault.CodeStandby, unknown)}, want: []string{"notice no-address b"}, not: []string{"outside"},
		},
		"it came after the configuration was read": {
			nodes: []*vault.Node{led, b, node("c", vault.CodeStandby, func(n *vault.Node) { n.Since = now.Add(time.Second) })},
		},
		"other storage":        {nodes: []*vault.Node{led, b, node("c", vault.CodeStandby, func(n *vault.Node) { n.Seal.Value.StorageType = "consul" })}},
		"Raft is not told of":  {nodes: []*vault.Node{node("a", vault.CodeActive), node("c", vault.CodeStandby)}},
		"of another cluster":   {nodes: []*vault.Node{led, b, node("b2", vault.CodeStandby, unknown, func(n *vault.Node) { n.Health.Value.ClusterID, n.Seal.Value.StorageType = "two", "" })}, want: []string{"critical other-cluster b2:8200"}, cites: []string{"b2:8200 sys/health: cluster_id two", "a sys/health: cluster_id one"}},
		"hides its cluster's":  {nodes: []*vault.Node{led, node("b", vault.CodeStandby, func(n *vault.Node) { n.Health.Value.ClusterID = "" })}},
		"a sealed one says no": {nodes: []*vault.Node{led, node("b", vault.CodeSealed, func(n *vault.Node) { n.Health.Value.ClusterID = "" })}, want: []string{"degraded sealed b"}},
	})
}

func TestContradictionRules(t *testing.T) {
	t.Parallel()
	three := raft("a", "b", "c")
	leaders := func(id string) with {
		return func(n *vault.Node) {
			for i := range n.Raft.Value {
				n.Raft.Value[i].Leader = n.Raft.Value[i].ID == id
			}
		}
	}
	since := func(d time.Duration) with {
		return func(n *vault.Node) { n.Leader.Value.ActiveSince = now.Add(-d) }
	}
	b, c := node("b", vault.CodeStandby), node("c", vault.CodeStandby)
	sealedBy := func(health, status bool, age time.Duration) with {
		return func(n *vault.Node) {
			n.Health.Value.Sealed, n.Seal.Value.Sealed, n.Seal.Value.Initialised = health, status, true
			n.Since = now.Add(-age)
		}
	}
	check(t, map[string]scenario{
		"all agree": {nodes: []*vault.Node{node("a", vault.CodeActive, three, leaders("a"), since(time.Hour)), b, c}},
		"Raft names another": {
			nodes: []*vault.Node{node("a", vault.CodeActive, three, leaders("b"), since(time.Hour)), b, c}, want: []string{"degraded leader-contradiction -"},
			says: []string{"a says it does; sys/storage/raft/configuration names b"}, cites: []string{"a sys/leader: leads itself", "a sys/storage/raft/configuration: names b"},
		},
		"Raft names another, just after a change": {nodes: []*vault.Node{node("a", vault.CodeActive, three, leaders("b"), since(10*time.Second)), b, c}, want: []string{"notice leader-new a"}},
		"Raft names another, just after a change that was seen": {nodes: []*vault.Node{node("a", vault.CodeActive, three, leaders("b"), since(time.Hour), func(n *vault.Node) {
			n.Since, n.Witnessed = now.Add(-10*time.Second), true
		}), b, c}},
		"a standby names another that lives": {
			nodes: []*vault.Node{node("a", vault.CodeActive, three, leaders("a"), since(time.Hour)), node("b", vault.CodeStandby, follows("https://c:8200")), c},
			want:  []string{"degraded leader-contradiction -"}, says: []string{"sys/leader on b names c"},
		},
		"a standby names one that is dead": {
			nodes: []*vault.Node{node("a", vault.CodeActive, three, leaders("a"), since(time.Hour)), node("b", vault.CodeStandby, follows("https://c:8200")), down("c")},
			want:  []string{"degraded unreachable c"},
		},
		"who leads is told by nobody else": {nodes: []*vault.Node{node("a", vault.CodeActive), node("b", vault.CodeStandby)}},
		"sealed in one, unsealed in the other": {
			nodes: []*vault.Node{node("a", vault.CodeActive, sealedBy(false, true, time.Hour))}, want: []string{"degraded seal-disagreement a:8200"},
			says: []string{"sys/health says unsealed, sys/seal-status says sealed"}, cites: []string{"a:8200 sys/health", "a:8200 sys/seal-status"},
		},
		"sealed in both": {nodes: []*vault.Node{node("a", vault.CodeActive), node("b", vault.CodeSealed, sealedBy(true, true, time.Hour))}, want: []string{"degraded sealed b:8200"}},
		"just sealed":    {nodes: []*vault.Node{node("a", vault.CodeActive, sealedBy(false, true, time.Second))}},
	})
}
