package rules

import (
	"testing"
	"time"

	"warder/vault"
)

func TestToleranceAndPeerRules(t *testing.T) {
	t.Parallel()
	three := raft("a", "b", "c")
	standbys := func(first *vault.Node, others ...*vault.Node) []*vault.Node {
		return append([]*vault.Node{first}, others...)
	}
	sealedFor := func(n *vault.Node) { n.Since, n.Witnessed = now.Add(-4*time.Minute), true }
	b, c := node("b", vault.CodeStandby), node("c", vault.CodeStandby)
	check(t, map[string]scenario{
		"tolerance one": {nodes: standbys(node("a", vault.CodeActive, three, autopilot(1, "a", "b", "c")), b, c)},
		"two voters": {
			nodes: standbys(node("a", vault.CodeActive, raft("a", "b"), autopilot(0, "a", "b")), b),
			want:  []string{"degraded tolerance-zero -"}, says: []string{"Tolerance 0: 2 voters can lose none", "join another voter"},
		},
		"one voter": {
			nodes: standbys(node("a", vault.CodeActive, raft("a"), autopilot(0, "a"))), want: []string{"notice single-node -"},
		},
		"one voter and others that do not vote yet": {
			nodes: standbys(node("a", vault.CodeActive, raft("a", "b"), autopilot(0, "a", "b?")), b), want: []string{"degraded single-voter -"},
		},
		"a sealed voter": {
			nodes: standbys(node("a", vault.CodeActive, three, autopilot(0, "a", "b", "!c")), b, node("c", vault.CodeSealed, sealedFor)),
			want:  []string{"critical tolerance-zero c"}, says: []string{"Tolerance 0: c is sealed (4 min)", "| unseal | vault operator unseal -address=https://c:8200"},
			cites: []string{"c sys/health: 503, sealed", "a sys/storage/raft/autopilot/state: failure_tolerance 0, 3 voters; unhealthy: c"},
		},
		"a dead voter": {
			nodes: standbys(node("a", vault.CodeActive, three, autopilot(0, "a", "b", "!c")), b, down("c")),
			want:  []string{"critical tolerance-zero c"}, says: []string{"c does not answer (connection refused)"},
			cites: []string{"c sys/health: connection refused"},
		},
		"a voter that looks well from here": {
			nodes: standbys(node("a", vault.CodeActive, three, autopilot(0, "a", "b", "!c")), b, c),
			want:  []string{"critical tolerance-zero c"},
			says:  []string{"c is unhealthy: last contact 4 min ago, 4990 entries behind (1000 allowed)"},
		},
		"without sight of the configuration": {
			nodes: standbys(node("a", vault.CodeActive, autopilot(0, "a", "b", "!c"), func(n *vault.Node) { n.Raft = missed[[]vault.RaftServer](vault.Denied) })),
			want:  []string{"critical tolerance-zero c", "notice token-narrow -"},
		},
		"a failing peer without a vote": {
			nodes: standbys(node("a", vault.CodeActive, three, autopilot(0, "a", "b", "!c?")), b, c),
			want:  []string{"degraded tolerance-zero -", "degraded peer-unhealthy c"},
			says:  []string{"2 voters can lose none", "not made a voter"}, not: []string{"bring the failing voter"},
		},
		"autopilot's last word before everything was sealed": {
			nodes: []*vault.Node{node("a", vault.CodeSealed, three, autopilot(0, "a", "b", "!c"))},
			want:  []string{"critical all-sealed -"},
		},
		"autopilot's word of long ago": {
			nodes: standbys(node("a", vault.CodeActive, three, autopilot(0, "a", "b", "!c"), aged(time.Hour)), b, c),
		},
		"autopilot failed since": {
			nodes: standbys(node("a", vault.CodeActive, three, autopilot(0, "a", "b", "!c"), func(n *vault.Node) {
				n.Autopilot.Err = &vault.Error{Kind: vault.Failed}
			}), b, c),
		},
	})
}

func TestRewrapAndVersionRules(t *testing.T) {
	t.Parallel()
	rewrapped := func(r vault.Rewrap) with { return func(n *vault.Node) { n.Rewrap = had(r) } }
	version := func(v string) with { return func(n *vault.Node) { n.Health.Value.Version = v } }
	check(t, map[string]scenario{
		"rewrapped": {nodes: []*vault.Node{node("a", vault.CodeActive, rewrapped(vault.Rewrap{Processed: 9, Succeeded: 9}))}},
		"failures": {
			nodes: []*vault.Node{node("a", vault.CodeActive, rewrapped(vault.Rewrap{Failed: 8}))},
			want:  []string{"notice rewrap-failed -"}, says: []string{"The last rewrap failed on 8 entries"},
		},
		"failures so far": {
			nodes: []*vault.Node{node("a", vault.CodeActive, rewrapped(vault.Rewrap{Failed: 8, Running: true}))},
			want:  []string{"notice rewrap-failed -"}, says: []string{"8 entries so far"},
		},
		"not supported": {
			nodes: []*vault.Node{node("a", vault.CodeActive, func(n *vault.Node) { n.Rewrap = missed[vault.Rewrap](vault.Unsupported) })},
		},
		"an upgrade": {
			nodes: []*vault.Node{node("a", vault.CodeActive, version("1.20.4")), node("b", vault.CodeStandby), node("c", vault.CodeStandby)},
			want:  []string{"notice version-mix -"}, says: []string{"1.20.4 on a:8200", "1.21.0 on b:8200, c:8200"},
		},
		"a hidden version is no other one": {
			nodes: []*vault.Node{node("a", vault.CodeActive, version("")), node("b", vault.CodeStandby)},
			says:  nil, want: nil,
		},
		"a dead node's version is of the past": {
			nodes: []*vault.Node{node("a", vault.CodeActive), down("b", version("1.19.0"))}, want: []string{"degraded unreachable b:8200"},
		},
	})
}
