package demo

import (
	"net/http"
	"testing"
	"time"
)

func TestToleranceCountsHealthyVotersBeyondTheQuorum(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ voters, healthy, want int }{
		{1, 1, 0}, {2, 2, 0}, {3, 3, 1}, {3, 2, 0}, {3, 1, 0}, {4, 4, 1}, {5, 5, 2}, {5, 4, 1}, {5, 2, 0}, {7, 7, 3},
	} {
		if got := tolerance(c.voters, c.healthy); got != c.want {
			t.Errorf("%d of %d voters healthy: tolerance %d, want %d", c.healthy, c.voters, got, c.want)
		}
	}
}

func TestTheServersThresholdsJudge(t *testing.T) {
	t.Parallel()
	s := defaultSettings()
	for _, c := range []struct {
		contact       time.Duration
		index, leader uint64
		want          bool
	}{
		{0, 5000, 5000, true},
		{10 * time.Second, 5000, 5000, true},
		{10*time.Second + 1, 5000, 5000, false},
		{time.Second, 4000, 5000, true},
		{time.Second, 3999, 5000, false},
	} {
		if got := judge(s, c.contact, c.index, c.leader); got != c.want {
			t.Errorf("contact %v, index %d of %d: %t, want %t", c.contact, c.index, c.leader, got, c.want)
		}
	}
}

const autopilotPath = "sys/storage/raft/autopilot/state"

func TestADeadServerFailsAfterTheThresholdAndIsStableAnewWhenItReturns(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	server := func() fields {
		return a.wants(1, autopilotPath, http.StatusOK)["servers"].(map[string]any)["vault-3"].(map[string]any)
	}
	before := server()["stable_since"]
	a.happen(Stop{"vault-3"})
	a.pass(4 * time.Second)
	if server()["healthy"] != true {
		t.Error("unhealthy before the threshold of its last contact")
	}
	a.pass(13 * time.Second)
	if s := server(); s["healthy"] != false || s["stable_since"] != before {
		t.Errorf("17 s after its death: %v", s)
	}
	if got := a.wants(1, autopilotPath, http.StatusOK)["failure_tolerance"]; got != 0.0 {
		t.Errorf("tolerance %v with one of three dead", got)
	}
	a.happen(Start{"vault-3"})
	a.happen(Unseal{"vault-3"})
	a.pass(9 * time.Second)
	if s := server(); s["healthy"] != true || s["stable_since"] == before {
		t.Errorf("9 s after its return: %v", s)
	}
}

func TestANewServerGetsItsVoteAfterTheStabilisationTime(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	a.happen(Demote{"vault-3"})
	a.pass(3 * time.Second)
	if got := a.wants(1, autopilotPath, http.StatusOK)["non_voters"]; got == nil {
		t.Fatal("it has its vote at once")
	}
	a.pass(15 * time.Second)
	if got := a.wants(1, autopilotPath, http.StatusOK)["non_voters"]; got != nil {
		t.Errorf("18 s later the non-voters are %v", got)
	}
}

func TestHealthyFollowersAreHeardOftenAndUnevenly(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	seen := map[string]bool{}
	for range 40 {
		a.pass(10 * time.Second)
		servers := a.wants(0, autopilotPath, http.StatusOK)["servers"].(map[string]any)
		for id, server := range servers {
			text := server.(map[string]any)["last_contact"].(string)
			contact, err := time.ParseDuration(text)
			if err != nil || contact > 3500*time.Millisecond || (id == "vault-2") != (contact == 0) {
				t.Fatalf("%s: last contact %q, %v", id, text, err)
			}
			seen[text] = true
		}
	}
	if len(seen) < 20 {
		t.Errorf("the contacts do not move: %v", seen)
	}
}
