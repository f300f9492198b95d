package vault

import "testing"

// TestNodeGivenUnderAnAliasIsNotLearntAgainOnceItIsAStandby: while it led, ha-status and its own word told that the alias is it.
func TestNodeGivenUnderAnAliasIsNotLearntAgainOnceItIsAStandby(t *testing.T) {
	t.Parallel()
	const alias, own, cluster = "https://vault.example:8200", "https://10.0.0.1:8200", "https://10.0.0.1:8201"
	list := []HANode{{Address: own, ClusterAddress: cluster, Active: true}, {Address: "https://10.0.0.2:8200", ClusterAddress: "https://10.0.0.2:8201"}}
	led := healthy(alias, noon, CodeActive)
	led.Leader = known(noon, Leader{HAEnabled: true, IsSelf: true, Address: own, ClusterAddress: cluster})
	led.HA = known(noon, list)
	s := NewSnapshot(alias).Merge(led)

	later := noon.Add(everyVital)
	follows := healthy(alias, later, CodeStandby)
	follows.Leader = known(later, Leader{HAEnabled: true, Address: "https://10.0.0.2:8200"})
	follows.HA = known(later, []HANode{{Address: own, ClusterAddress: cluster}, {Address: "https://10.0.0.2:8200", ClusterAddress: "https://10.0.0.2:8201", Active: true}})
	s = s.Merge(follows)
	if len(s.Nodes) != 2 || s.Node(own) != nil {
		t.Errorf("%d nodes, the alias's own address among them: %v", len(s.Nodes), s.Node(own) != nil)
	}
}

func TestDisabledBackendIsNoOutage(t *testing.T) {
	t.Parallel()
	yes := true
	s := SealBackendStatus{Healthy: true, Backends: []SealBackend{{Name: "old", Disabled: &yes}, {Name: "new", Healthy: true}}}
	if len(s.Unhealthy()) != 0 || !s.AllHealthy() || len(s.InUse()) != 1 {
		t.Errorf("unhealthy %v, in use %v", s.Unhealthy(), s.InUse())
	}
}

// TestSealedNodesOnOneHostAreNotCountedTwice: without ha-status nobody can tell which of them is which peer.
func TestSealedNodesOnOneHostAreNotCountedTwice(t *testing.T) {
	t.Parallel()
	one := healthy("http://127.0.0.1:18200", noon, CodeStandby)
	one.Raft = known(noon, []RaftServer{
		{ID: "a", Address: "127.0.0.1:18201", Voter: true},
		{ID: "b", Address: "127.0.0.1:18211", Voter: true},
		{ID: "c", Address: "10.0.0.9:8201", Voter: true},
	})
	s := Snapshot{Nodes: []*Node{one, healthy("http://127.0.0.1:18210", noon, CodeSealed)}}
	asked := 0
	for _, m := range s.Members() {
		if m.Asked {
			asked++
		}
		if m.Asked != (m.Node == nil && m.Name != "c") {
			t.Errorf("%s is counted wrongly: %+v", m.Name, m)
		}
	}
	if asked != 2 {
		t.Errorf("%d servers are known to be among the nodes asked, want 2", asked)
	}
}
