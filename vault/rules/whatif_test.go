package rules

import (
	"strings"
	"testing"

	"warder/vault"
)

// threshold is what a node says of its Shamir seal.
func threshold(t, n int) with {
	return func(x *vault.Node) { x.Seal.Value.Threshold, x.Seal.Value.Shares = t, n }
}

// auto gives the node an automatic seal; the names of unhealthy backends begin with an exclamation mark. No name: it tells nothing.
func auto(backends ...string) with {
	return func(x *vault.Node) {
		x.Seal.Value.Type, x.Seal.Value.RecoverySeal = "awskms", true
		if len(backends) == 0 {
			return
		}
		var status vault.SealBackendStatus
		for _, b := range backends {
			name, bad := strings.CutPrefix(b, "!")
			status.Backends = append(status.Backends, vault.SealBackend{Name: name, Healthy: !bad})
		}
		x.Backends = had(status)
	}
}

func TestWhatIf(t *testing.T) {
	t.Parallel()
	three := []with{raft("a", "b", "c"), autopilot(1, "a", "b", "c")}
	leader := func(more ...with) *vault.Node { return node("a", vault.CodeActive, append(three, more...)...) }
	b, c := node("b", vault.CodeStandby), node("c", vault.CodeStandby)
	lame := []with{raft("a", "b", "c"), autopilot(0, "a", "b", "!c")}
	for _, x := range []struct {
		name  string
		nodes []*vault.Node
		who   string
		act   Act
		grave bool
		says  []string
		not   []string
	}{
		{
			name: "a standby of three", nodes: []*vault.Node{leader(), b, c}, who: "b", act: Stops, grave: true,
			says: []string{"2 of 3 voters left, 2 needed: none may be lost any more", "until custodians enter 3 of its 5 shares"},
			not:  []string{"leads"},
		},
		{
			name: "the leader of three", nodes: []*vault.Node{leader(), b, c}, who: "a", act: Stops, grave: true,
			says: []string{"It leads: writes fail for some seconds until one of b, c is elected"},
		},
		{
			name: "the second of three", nodes: []*vault.Node{leader(), b, node("c", vault.CodeSealed)}, who: "b", act: Stops, grave: true,
			says: []string{"1 of 3 voters left, 2 needed: the quorum is lost, and nothing is served"},
		},
		{
			name: "one that is sealed already", nodes: []*vault.Node{leader(), b, node("c", vault.CodeSealed)}, who: "c", act: Stops,
			says: []string{"It does not take part now: 2 of 3 voters left, 2 needed"},
			not:  []string{"lost, and nothing"},
		},
		{
			name: "stepping down", nodes: []*vault.Node{leader(), b, c}, who: "a", act: StepsDown,
			says: []string{"The votes stay as they are: 3 of 3 voters left", "until one of b, c is elected"}, not: []string{"shares"},
		},
		{
			name: "stepping down with nobody to follow", nodes: []*vault.Node{leader(), node("b", vault.CodeSealed), node("c", vault.CodeSealed)},
			who: "a", act: StepsDown, grave: true, says: []string{"No other node could take the lead"},
			not: []string{"some seconds"},
		},
		{
			name: "removing a dead one", nodes: []*vault.Node{node("a", vault.CodeActive, lame...), b, down("c")}, who: "c", act: Removed,
			says: []string{"Without it 2 of 2 voters left, 2 needed: none may be lost", "has to be wiped"}, not: []string{"custodians"},
		},
		{
			name: "restarting with one healthy backend", nodes: []*vault.Node{leader(), node("b", vault.CodeStandby, auto("eu", "!us")), c},
			who: "b", act: Restarts, grave: true, says: []string{"It should unseal itself by eu, not by us; a healthy seal is tested only every 10 min"},
		},
		{
			name: "restarting with no healthy backend", nodes: []*vault.Node{leader(), node("b", vault.CodeStandby, auto("!eu", "!us")), c},
			who: "b", act: Restarts, grave: true, says: []string{"It would stay sealed: eu, us cannot unseal it"},
		},
		{
			name: "an automatic seal that tells nothing", nodes: []*vault.Node{leader(), node("b", vault.CodeStandby, auto()), c},
			who: "b", act: Restarts, grave: true, says: []string{"unseals itself if its key service (awskms) answers, of which it tells nothing"},
		},
		{
			name: "a standby that still tells the numbers from before a rekey", nodes: []*vault.Node{leader(threshold(2, 3)), b, c},
			who: "b", act: Restarts, grave: true, says: []string{"2 of its 3 shares"}, not: []string{"3 of its 5"},
		},
		{
			name: "without sight of Raft", nodes: []*vault.Node{node("a", vault.CodeActive), b}, who: "b:8200", act: Stops,
			says: []string{"The votes cannot be counted"}, not: []string{"voters left"},
		},
		{
			name: "a voter that no address is known of and autopilot finds healthy", nodes: []*vault.Node{leader(), b}, who: "c", act: Stops,
			grave: true, says: []string{"2 of 3 voters left", "Whether it comes back by itself is not known"},
		},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			s := NewScene(vault.Snapshot{Nodes: initialised(x.nodes)}, now, Past{})
			o, ok := WhatIf(s, named(t, s, x.who), x.act)
			if !ok {
				t.Fatal("is called no act for this node")
			}
			all := strings.Join(o.Says, "\n")
			for _, w := range x.says {
				if !strings.Contains(all, w) {
					t.Errorf("nowhere %q in:\n%s", w, all)
				}
			}
			for _, w := range x.not {
				if strings.Contains(all, w) {
					t.Errorf("%q stands in:\n%s", w, all)
				}
			}
			if o.Grave() != x.grave {
				t.Errorf("grave is %v:\n%s", o.Grave(), all)
			}
		})
	}
}

func TestWhatIfIsAskedOnlyOfWhatCanHappen(t *testing.T) {
	t.Parallel()
	s := NewScene(vault.Snapshot{Nodes: []*vault.Node{
		node("a", vault.CodeActive, raft("a", "b", "c")), node("b", vault.CodeStandby), down("c"), node("d", vault.CodeStandby),
	}}, now, Past{})
	for _, x := range []struct {
		who string
		act Act
		ok  bool
	}{
		{"a", StepsDown, true},
		{"b", StepsDown, false},
		{"c", Stops, false},
		{"c", Restarts, true},
		{"b", Removed, true},
		{"d:8200", Removed, false},
		{"b", Stops, true},
	} {
		if _, ok := WhatIf(s, named(t, s, x.who), x.act); ok != x.ok {
			t.Errorf("%s, %s: %v, want %v", x.act, x.who, ok, x.ok)
		}
	}
}

func named(t *testing.T, s Scene, name string) vault.Member {
	t.Helper()
	for _, m := range s.Members {
		if m.Name == name {
			return m
		}
	}
	t.Fatalf("no member %q in %v", name, namesOf(s.Members))
	return vault.Member{}
}

// initialised are the nodes as they are once the cluster has its keys.
func initialised(nodes []*vault.Node) []*vault.Node {
	out := make([]*vault.Node, len(nodes))
	for i, n := range nodes {
		c := *n
		c.Seal.Value.Initialised = true
		out[i] = &c
	}
	return out
}

func TestNobodyIsRemovedWithoutAnActiveNode(t *testing.T) {
	t.Parallel()
	s := NewScene(vault.Snapshot{Nodes: []*vault.Node{down("a", raft("a", "b")), node("b", vault.CodeStandby)}}, now, Past{})
	if o, ok := WhatIf(s, named(t, s, "b"), Removed); ok {
		t.Errorf("says %q", o.Says)
	}
}
