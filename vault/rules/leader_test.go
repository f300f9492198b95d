package rules

import (
	"testing"
	"time"

	"warder/vault"
)

func TestLeaderRules(t *testing.T) {
	t.Parallel()
	three := []string{"a", "b", "c"}
	inCluster := func(id string) with { return func(n *vault.Node) { n.Health.Value.ClusterID = id } }
	// alias is the active node a by another address.
	alias := node("lb", vault.CodeActive, func(n *vault.Node) {
		n.ClusterAddress, n.Leader.Value.ClusterAddress = "", "https://a:8201"
	})
	check(t, map[string]scenario{
		"healthy": {nodes: []*vault.Node{node("a", vault.CodeActive, raft(three...)), node("b", vault.CodeStandby), node("c", vault.CodeStandby)}},
		"no leader, without sight of Raft": {
			nodes: []*vault.Node{node("a", vault.CodeStandby, follows("")), node("b", vault.CodeStandby, follows(""))},
			want:  []string{"critical no-leader -"}, says: []string{"No active node"}, not: []string{"do not answer"},
		},
		"quorum lost": {
			nodes: []*vault.Node{node("a", vault.CodeStandby, follows(""), raft(three...)), down("b"), down("c")},
			want:  []string{"critical quorum-lost -", "degraded unreachable b", "degraded unreachable c"},
			says:  []string{"Quorum lost: 2 of 3 voters do not answer or are sealed (b, c)", "bring back 1 of them"},
		},
		"quorum lost by sealing": {
			nodes: []*vault.Node{node("a", vault.CodeStandby, follows(""), raft(three...)), node("b", vault.CodeSealed), node("c", vault.CodeSealed)},
			want:  []string{"critical quorum-lost -", "degraded sealed b", "degraded sealed c"},
		},
		"one of three down while no one leads": {
			nodes: []*vault.Node{node("a", vault.CodeStandby, follows(""), raft(three...)), node("b", vault.CodeStandby, follows("")), down("c")},
			want:  []string{"critical no-leader -", "degraded unreachable c"}, says: []string{"1 of 3 nodes"},
		},
		"a leader that we cannot ask": {
			nodes: []*vault.Node{node("a", vault.CodeStandby, follows("https://elsewhere:8200"))},
		},
		"a leader that only we cannot reach": {
			nodes: []*vault.Node{node("a", vault.CodeStandby, follows("https://b:8200")), down("b", learnt, neverReached)},
			want:  []string{"degraded unreachable b:8200"},
		},
		"a learnt leader that we reached before": {
			nodes: []*vault.Node{node("a", vault.CodeStandby, follows("https://b:8200")), down("b", learnt)},
			want:  []string{"critical no-leader -", "degraded unreachable b:8200"},
		},
		"a leader that the standbys cannot reach either": {
			nodes: []*vault.Node{
				node("a", vault.CodeStandby, follows("https://b:8200"), func(n *vault.Node) {
					n.Autopilot = vault.Section[vault.Autopilot]{Tried: n.Health.Tried, Err: &vault.Error{Kind: vault.NoActive}}
				}),
				down("b", learnt, neverReached),
			},
			want: []string{"critical no-leader -", "degraded unreachable b:8200"},
		},
		"a leader that is known to be dead": {
			nodes: []*vault.Node{node("a", vault.CodeStandby, follows("https://b:8200")), down("b")},
			want:  []string{"critical no-leader -", "degraded unreachable b:8200"},
		},
		"the dead leader's own word for itself, under another name": {
			nodes: []*vault.Node{
				node("a", vault.CodeStandby, follows("")),
				down("lb", func(n *vault.Node) {
					n.Leader = had(vault.Leader{HAEnabled: true, IsSelf: true, Address: "https://10.0.0.1:8200"})
				}),
			},
			want: []string{"critical no-leader -", "degraded unreachable lb:8200"},
		},
		"a dead leader named without its port": {
			nodes: []*vault.Node{
				node("a", vault.CodeStandby, follows("https://B/")), down("b", func(n *vault.Node) { n.Address = "https://b:443" }),
			},
			want: []string{"critical no-leader -", "degraded unreachable b:443"},
		},
		"a DR secondary has no active node of its own": {nodes: []*vault.Node{node("a", vault.CodeDRSecondary, follows(""))}},
		"not everybody was asked yet": {
			nodes: []*vault.Node{node("a", vault.CodeStandby, follows("")), {Address: "https://b:8200"}},
		},
		"two active": {
			nodes: []*vault.Node{node("a", vault.CodeActive), node("b", vault.CodeActive)},
			want:  []string{"critical two-active -"}, says: []string{"a:8200 and b:8200 all say"},
		},
		"two addresses of one active node": {nodes: []*vault.Node{node("a", vault.CodeActive), alias}},
		"two clusters": {
			nodes: []*vault.Node{node("a", vault.CodeActive), node("b", vault.CodeActive, inCluster("two"))},
			want:  []string{"critical two-clusters -"}, not: []string{"two-active"},
		},
		"two active, one of which hides its cluster": {
			nodes: []*vault.Node{node("a", vault.CodeActive), node("b", vault.CodeActive, inCluster(""))},
			want:  []string{"critical two-active -"},
		},
		"a voter behind two addresses votes once": {
			nodes: []*vault.Node{
				node("a", vault.CodeStandby, follows(""), raft(three...)), node("a2", vault.CodeStandby, follows(""), func(n *vault.Node) { n.RaftID = "a" }),
				down("b"), down("c"),
			},
			want: []string{"critical quorum-lost -", "degraded unreachable b", "degraded unreachable c"}, says: []string{"2 of 3 voters"},
		},
		"a voter lives while one of its addresses answers": {
			nodes: []*vault.Node{
				node("a", vault.CodeStandby, follows(""), raft(three...)), node("b", vault.CodeStandby, follows("")),
				down("b2", func(n *vault.Node) { n.RaftID = "b" }), down("c"),
			},
			want: []string{"critical no-leader -", "degraded unreachable b", "degraded unreachable c"},
		},
	})
}

// neverReached is a node that gave no answer yet.
func neverReached(n *vault.Node) { n.Health.Value, n.Health.At = vault.Health{}, time.Time{} }
