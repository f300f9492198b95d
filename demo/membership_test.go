package demo

import (
	"net/http"
	"testing"
	"time"
)

func TestARemovedNodeRefusesToBeUnsealedUntilItRejoins(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "removed-peer"})
	if status, _ := a.put(2, "sys/unseal", fields{"key": a.shares()[0]}); status != http.StatusInternalServerError {
		t.Errorf("unseal: status %d", status)
	}
	a.happen(Rejoin{"vault-3"})
	for _, share := range a.shares()[:3] {
		a.succeeds(2, "sys/unseal", fields{"key": share})
	}
	a.pass(5 * time.Second)
	a.wants(2, "sys/health", http.StatusTooManyRequests)
	if got := a.wants(1, autopilotPath, http.StatusOK)["non_voters"]; sprint(got) != "[vault-3]" {
		t.Errorf("at first the non-voters are %v", got)
	}
	a.pass(15 * time.Second)
	if got := a.wants(1, autopilotPath, http.StatusOK)["failure_tolerance"]; got != 1.0 {
		t.Errorf("later the tolerance is %v", got)
	}
}

func TestANodeRemovedWhileItWasDownLearnsOfItLater(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	a.happen(Stop{"vault-3"})
	a.happen(Remove{"vault-3"})
	a.happen(Start{"vault-3"})
	a.happen(Unseal{"vault-3"})
	a.pass(10 * time.Second)
	a.wants(2, "sys/health", http.StatusTooManyRequests)
	a.pass(removalNews)
	a.wants(2, "sys/health", 530)
}

func TestJoiningWantsAMembersAddress(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "uninitialised"})
	made := a.succeeds(0, "sys/init", fields{"secret_shares": 1, "secret_threshold": 1})
	join := func(leader string) int {
		status, _ := a.put(1, "sys/storage/raft/join", fields{"leader_api_addr": leader, "non_voter": true})
		return status
	}
	if got := join(a.cluster.Addresses()[0]); got != http.StatusInternalServerError {
		t.Errorf("while the member is sealed: status %d", got)
	}
	a.succeeds(0, "sys/unseal", fields{"key": made["keys"].([]any)[0]})
	a.pass(time.Second)
	if got := join("http://elsewhere:8200"); got != http.StatusInternalServerError {
		t.Errorf("an address of nobody: status %d", got)
	}
	if got := join(a.cluster.Addresses()[0]); got != http.StatusOK {
		t.Fatalf("status %d", got)
	}
	a.token = made["root_token"].(string)
	a.succeeds(1, "sys/unseal", fields{"key": made["keys"].([]any)[0]})
	a.pass(time.Minute)
	if got := a.wants(0, autopilotPath, http.StatusOK)["non_voters"]; sprint(got) != "[vault-2]" {
		t.Errorf("it asked for no vote, and the non-voters are %v", got)
	}
}

func TestCleaningUpRemovesWhoIsDeadForTooLong(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy", Nodes: 5})
	const path = "sys/storage/raft/autopilot/configuration"
	if status, _ := a.put(1, path, fields{"cleanup_dead_servers": true}); status != http.StatusBadRequest {
		t.Errorf("without a minimum: status %d", status)
	}
	settings := fields{"cleanup_dead_servers": true, "min_quorum": 3, "dead_server_last_contact_threshold": "1m"}
	if status, _ := a.put(1, path, settings); status != http.StatusNoContent {
		t.Fatalf("status %d", status)
	}
	a.happen(Stop{"vault-5"})
	a.pass(30 * time.Second)
	if got := len(a.wants(1, autopilotPath, http.StatusOK)["servers"].(map[string]any)); got != 5 {
		t.Errorf("after half a minute there are %d servers", got)
	}
	a.pass(time.Minute)
	if got := len(a.wants(1, autopilotPath, http.StatusOK)["servers"].(map[string]any)); got != 4 {
		t.Errorf("after a minute and a half there are %d servers", got)
	}
}

func TestRotatingTheKeyringBeginsANewTerm(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	if status, _ := a.put(0, "sys/rotate", nil); status != http.StatusNoContent {
		t.Fatalf("status %d", status)
	}
	if s := a.wants(1, "sys/key-status", http.StatusOK); s["term"] != 2.0 || s["encryptions"].(float64) > 2 {
		t.Errorf("%v", s)
	}
	for _, bad := range []fields{{"interval": "1h"}, {"max_operations": 5}} {
		if status, _ := a.put(1, "sys/rotate/config", bad); status != http.StatusBadRequest {
			t.Errorf("%v: status %d", bad, status)
		}
	}
}

func TestKeysAreNotRotatedWhileASealIsUnhealthy(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "seal-backend-down"})
	if status, _ := a.put(1, "sys/rotate", nil); status != http.StatusInternalServerError {
		t.Errorf("status %d", status)
	}
	a.happen(Mend{Backend: "awskms-us", Noticed: true})
	if status, _ := a.put(1, "sys/rotate", nil); status != http.StatusNoContent {
		t.Errorf("healthy again: status %d", status)
	}
}
