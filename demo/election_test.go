package demo

import (
	"net/http"
	"testing"
	"time"
)

func TestALostLeaderIsFollowedByAnotherWithinTenSeconds(t *testing.T) {
	t.Parallel()
	for _, fault := range []Fault{Stop{"vault-2"}, Hang{"vault-2"}, Seal{"vault-2"}, Remove{"vault-2"}} {
		a := ask(t, Options{Scenario: "healthy"})
		term := a.cluster.raft.term
		a.happen(fault)
		a.pass(10 * time.Second)
		status, l := a.get(0, "sys/leader")
		if status != http.StatusOK || l["leader_address"] == "" || l["leader_address"] == a.cluster.Addresses()[1] {
			t.Errorf("%T: 10 s later the leader is %v", fault, l["leader_address"])
		}
		if a.cluster.raft.term != term+1 {
			t.Errorf("%T: term %d after %d", fault, a.cluster.raft.term, term)
		}
	}
}

func TestADeadLeaderIsNotReplacedAtOnce(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	a.happen(Stop{"vault-2"})
	a.pass(4 * time.Second)
	if a.leader() >= 0 {
		t.Error("a leader within 4 s, before any heartbeat could have run out")
	}
}

func TestSteppingDownHandsOverToAnother(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	if status, _ := a.put(1, "sys/step-down", nil); status != http.StatusNoContent {
		t.Fatalf("status %d", status)
	}
	a.pass(time.Second)
	if l := a.leader(); l < 0 || l == 1 {
		t.Errorf("the leader is %d", l)
	}
}

func TestWithoutAQuorumNobodyLeadsUntilItIsBack(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	a.happen(Stop{"vault-1"})
	a.happen(Stop{"vault-3"})
	a.wants(1, "sys/health", http.StatusOK)
	a.pass(3 * time.Second)
	a.wants(1, "sys/health", http.StatusTooManyRequests)
	if l := a.wants(1, "sys/leader", http.StatusOK); l["leader_address"] != "" || l["is_self"] != false {
		t.Errorf("leader without a quorum: %v", l)
	}
	a.wants(1, "sys/ha-status", http.StatusInternalServerError)
	a.pass(time.Hour)
	if a.leader() >= 0 {
		t.Error("a leader without a quorum")
	}
	a.happen(Start{"vault-3"})
	a.happen(Unseal{"vault-3"})
	a.pass(10 * time.Second)
	if a.leader() < 0 {
		t.Error("no leader 10 s after the quorum is back")
	}
}

func TestAStandbyRedirectsToADeadLeaderUntilThereIsAnother(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	dead := a.cluster.Addresses()[1]
	a.happen(Stop{"vault-2"})
	if l := a.wants(0, "sys/leader", http.StatusOK); l["leader_address"] != dead {
		t.Errorf("the standby names %v, want the dead leader", l["leader_address"])
	}
	a.wants(0, "sys/ha-status", http.StatusTemporaryRedirect)
	a.pass(10 * time.Second)
	a.wants(0, "sys/ha-status", http.StatusOK)
}

func TestTheIndexGrowsOnlyUnderALeader(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "seal-ha"})
	index := func() float64 { return a.wants(0, "sys/leader", http.StatusOK)["raft_committed_index"].(float64) }
	before := index()
	a.pass(5 * time.Second)
	if index() <= before {
		t.Error("the index stands still")
	}
	a.happen(Stop{"vault-2"})
	a.happen(Stop{"vault-3"})
	a.pass(time.Second)
	before = index()
	a.pass(time.Minute)
	if index() != before {
		t.Error("the index grows without a leader")
	}
}

func TestARestartedNodeCatchesUp(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "seal-ha"})
	a.happen(Stop{"vault-1"})
	a.pass(10 * time.Minute)
	a.happen(Start{"vault-1"})
	a.pass(1100 * time.Millisecond)
	c := a.cluster
	behind := func() uint64 {
		a.wants(1, "sys/health", http.StatusOK)
		return c.raft.log.committed(c.at) - c.applied(c.nodes[0], c.at)
	}
	first := behind()
	a.pass(20 * time.Second)
	if later := behind(); first == 0 || later != 0 {
		t.Errorf("behind by %d at first, by %d later", first, later)
	}
}
