package vault

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// joinedBy says how each member was joined: name, API address, Raft id, host name of ha-status, autopilot's id.
func joinedBy(s Snapshot) []string {
	var out []string
	for _, m := range s.Members() {
		parts := []string{m.Name, "-", "-", "-", "-"}
		if m.Node != nil {
			parts[1] = strings.TrimPrefix(m.Node.Address, "https://")
		}
		if m.Raft != nil {
			parts[2] = m.Raft.ID
		}
		if m.HA != nil {
			parts[3] = m.HA.ClusterAddress
		}
		if m.Autopilot != nil {
			parts[4] = m.Autopilot.ID
		}
		out = append(out, strings.Join(parts, " "))
	}
	return out
}

// node is one that was reached and whose cluster address and own Raft id may be known.
func node(address, cluster, id string) *Node {
	return &Node{Address: "https://" + address, ClusterAddress: cluster, RaftID: id}
}

// told is a snapshot whose first node told all this.
func told(ha []HANode, raft []RaftServer, auto []AutopilotServer, nodes ...*Node) Snapshot {
	nodes[0].HA, nodes[0].Raft = known(noon, ha), known(noon, raft)
	nodes[0].Autopilot = known(noon, Autopilot{Servers: auto})
	return Snapshot{Nodes: nodes}
}

func TestMembersAreJoinedFromAllSources(t *testing.T) {
	t.Parallel()
	ha := []HANode{{ClusterAddress: "https://a:2"}, {ClusterAddress: "https://b:2"}}
	raft := []RaftServer{{ID: "node10", Address: "a:2"}, {ID: "node9", Address: "b:2"}, {ID: "node1", Address: "c:2"}}
	auto := []AutopilotServer{{ID: "node10"}, {ID: "node9"}}
	for name, c := range map[string]struct {
		s    Snapshot
		want []string
	}{
		"nothing but addresses": {
			NewSnapshot("https://b:1", "https://a:1"), []string{"a:1 a:1 - - -", "b:1 b:1 - - -"},
		},
		"by ha-status, in people's order": {
			told(ha, raft, auto, node("a:1", "https://a:2", ""), node("b:1", "https://b:2", "")),
			[]string{"node1 - node1 - -", "node9 b:1 node9 https://b:2 node9", "node10 a:1 node10 https://a:2 node10"},
		},
		"by its own id, without ha-status": {
			told(nil, raft, auto, node("x:1", "", "node9")),
			[]string{"node1 - node1 - -", "node9 x:1 node9 - node9", "node10 - node10 - node10"},
		},
		"sealed, and so out of ha-status": {
			told(ha[:1], raft, auto, node("a:1", "https://a:2", ""), node("elsewhere:1", "https://b:2", "")),
			[]string{"node1 - node1 - -", "node9 elsewhere:1 node9 - node9", "node10 a:1 node10 https://a:2 node10"},
		},
		"the only stranger on its host": {
			told(ha, raft, auto, node("a:1", "https://a:2", ""), node("c:1", "", "")),
			[]string{"node1 c:1 node1 - -", "node9 - node9 https://b:2 node9", "node10 a:1 node10 https://a:2 node10"},
		},
		"two strangers on a host": {
			told(nil, raft[2:], nil, node("c:1", "", ""), node("c:3", "", "")),
			[]string{"c:1 c:1 - - -", "c:3 c:3 - - -", "node1 - node1 - -"},
		},
		"two servers on a host": {
			told(nil, []RaftServer{{ID: "n1", Address: "c:2"}, {ID: "n2", Address: "c:4"}}, nil, node("c:1", "", "")),
			[]string{"c:1 c:1 - - -", "n1 - n1 - -", "n2 - n2 - -"},
		},
		"three on a host, two of them known": {
			told(
				nil, []RaftServer{{ID: "n0", Address: "127.0.0.1:2"}, {ID: "n1", Address: "127.0.0.1:4"}, {ID: "n2", Address: "127.0.0.1:6"}}, nil,
				node("127.0.0.1:1", "https://127.0.0.1:2", ""), node("127.0.0.1:3", "https://127.0.0.1:4", ""), node("127.0.0.1:5", "", ""),
			),
			[]string{"n0 127.0.0.1:1 n0 - -", "n1 127.0.0.1:3 n1 - -", "n2 127.0.0.1:5 n2 - -"},
		},
		"an id that Raft does not have": {
			told(nil, raft[:1], nil, node("z:1", "", "removed")),
			[]string{"node10 - node10 - -", "removed z:1 - - -"},
		},
		"no cluster address is nobody's": {
			told([]HANode{{ClusterAddress: ""}}, []RaftServer{{ID: "n", Address: ""}}, nil, node("a:1", "", "")),
			[]string{"a:1 a:1 - - -", "n - n - -"},
		},
		"a socket is on no host": {
			told(nil, []RaftServer{{ID: "n", Address: ":2"}}, nil, &Node{Address: "unix:///run/vault.sock"}),
			[]string{"n - n - -", "unix:///run/vault.sock unix:///run/vault.sock - - -"},
		},
		"IPv6": {
			told(
				[]HANode{{ClusterAddress: "https://[::1]:2"}}, []RaftServer{{ID: "six", Address: "[::1]:2"}}, nil,
				node("[::1]:1", "https://[::1]:2", ""),
			),
			[]string{"six [::1]:1 six https://[::1]:2 -"},
		},
		"two addresses of one node": {
			told(nil, raft[:1], nil, node("a:1", "https://a:2", ""), node("lb:1", "https://a:2", "")),
			[]string{"node10 a:1 node10 - -", "node10 lb:1 node10 - -"},
		},
	} {
		if got := joinedBy(c.s); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

func TestSealedNodeKeepsItsNameThroughMerge(t *testing.T) {
	t.Parallel()
	s := NewSnapshot("https://a:1", "https://b:1")
	first := leading("https://a:1", "https://a:1", "https://a:2")
	first.HA = known(noon, []HANode{{Address: "https://a:1", ClusterAddress: "https://a:2", Active: true}, {Address: "https://b:1", ClusterAddress: "https://b:2"}})
	first.Raft = known(noon, []RaftServer{{ID: "node-a", Address: "a:2"}, {ID: "node-b", Address: "b:2"}})
	s = s.Merge(first)
	later := leading("https://a:1", "https://a:1", "https://a:2")
	later.HA = known(noon.Add(everyCluster), first.HA.Value[:1])
	s = s.Merge(later).Merge(healthy("https://b:1", noon.Add(everyCluster), CodeSealed))
	m := s.Members()[1]
	if m.Name != "node-b" || m.Node.State() != SealedState || m.HA != nil || m.Raft == nil {
		t.Errorf("%+v", m)
	}
}

func TestNamesAreOrderedAsPeopleCount(t *testing.T) {
	t.Parallel()
	want := []string{"", "-", "1", "2", "10", "a", "a1", "a1b", "a2", "a10", "a10b2", "a10b10", "b", "node-9", "node-10", "vault-2", "vault-10"}
	got := slices.Clone(want)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	slices.SortFunc(got, compareNames)
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if compareNames("n99999999999999999999999998", "n99999999999999999999999999") != -1 || compareNames("a01", "a1") != 0 {
		t.Error("long numbers, leading zeros")
	}
}

func FuzzCompareNames(f *testing.F) {
	f.Add("a1", "a10", "a2")
	f.Add("01", "1", "001")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if compareNames(a, b) != -compareNames(b, a) || compareNames(a, a) != 0 {
			t.Errorf("%q and %q are in no order", a, b)
		}
		if compareNames(a, b) <= 0 && compareNames(b, c) <= 0 && compareNames(a, c) > 0 {
			t.Errorf("%q, %q, %q run in a circle", a, b, c)
		}
	})
}

// Whatever servers say, each address has its row, each server of the configuration one at least, and no two nodes are
// guessed to be one server.
func TestMembersNeverLoseOrInventANode(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	for range 3000 {
		var nodes []*Node
		for i := range 1 + r.IntN(4) {
			cluster := pick("", "https://a:2", "https://b:2", "https://b:4", "https://z:9")
			nodes = append(nodes, node(fmt.Sprintf("%s:%d", pick("a", "b"), 100+i), cluster, pick("", "", "n0", "n9")))
		}
		var raft []RaftServer
		for i := range r.IntN(4) {
			raft = append(raft, RaftServer{ID: fmt.Sprintf("n%d", i), Address: pick("a:2", "b:2", "b:4", "b:6", "")})
		}
		s := told([]HANode{{ClusterAddress: pick("", "https://a:2")}}, raft, []AutopilotServer{{ID: "n0"}}, nodes...)
		guessed, rows, servers := map[string]int{}, 0, map[string]bool{}
		j := s.join()
		for _, m := range s.Members() {
			if m.Node != nil {
				rows++
			}
			if m.Raft != nil {
				servers[m.Raft.ID] = true
			}
			if m.Node != nil && m.Raft != nil && j.claim(m.Node) == nil {
				guessed[m.Raft.ID]++
			}
		}
		if rows != len(nodes) || len(servers) != len(raft) {
			t.Fatalf("%d rows of %d nodes, %d of %d servers: %q", rows, len(nodes), len(servers), len(raft), joinedBy(s))
		}
		for id, n := range guessed {
			if n > 1 {
				t.Fatalf("%d nodes are guessed to be %s: %q", n, id, joinedBy(s))
			}
		}
	}
}
