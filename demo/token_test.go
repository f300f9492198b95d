package demo

import (
	"net/http"
	"testing"
	"time"
)

// create makes a token and goes on as its holder; the answer is the auth part.
func (a *asker) create(body fields) fields {
	a.t.Helper()
	status, answer := a.put(1, "auth/token/create", body)
	made, ok := answer["auth"].(map[string]any)
	if !ok {
		a.t.Fatalf("create: status %d: %v", status, answer)
	}
	a.token = made["client_token"].(string)
	return made
}

func TestATokenMayDoWhatItsPoliciesGrant(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	a.create(fields{"policies": []string{"monitor"}})
	a.wants(0, "sys/ha-status", http.StatusOK)
	if status, _ := a.put(1, "sys/step-down", nil); status != http.StatusForbidden {
		t.Errorf("step-down: status %d", status)
	}
	if status, _ := a.put(1, "auth/token/create", nil); status != http.StatusForbidden {
		t.Errorf("create: status %d", status)
	}
	granted := a.succeeds(0, "sys/capabilities-self", fields{"paths": []string{"sys/ha-status", "sys/seal", "auth/token/renew-self", "x"}})
	want := "map[auth/token/renew-self:[update] sys/ha-status:[list read] sys/seal:[list read] x:[deny]]"
	if got := sprint(granted); got != want {
		t.Errorf("capabilities %s, want %s", got, want)
	}
}

func TestATokenExpiresUnlessItIsRenewed(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	a.create(fields{"policies": []string{"default"}, "ttl": "10m"})
	a.pass(9 * time.Minute)
	if self := a.wants(0, "auth/token/lookup-self", http.StatusOK); self["ttl"] != 60.0 {
		t.Errorf("after nine of ten minutes the TTL is %v", self["ttl"])
	}
	if status, _ := a.put(0, "auth/token/renew-self", fields{"increment": "30m"}); status != http.StatusOK {
		t.Fatalf("renew: status %d", status)
	}
	a.pass(29 * time.Minute)
	a.wants(0, "auth/token/lookup-self", http.StatusOK)
	a.pass(time.Minute)
	a.wants(0, "auth/token/lookup-self", http.StatusForbidden)
}

func TestATokenOfTwoUsesServesTwice(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	a.create(fields{"policies": []string{"default"}, "num_uses": 2})
	a.wants(0, "auth/token/lookup-self", http.StatusOK)
	a.wants(0, "auth/token/lookup-self", http.StatusOK)
	a.wants(0, "auth/token/lookup-self", http.StatusForbidden)
}

func TestRevokingByAccessorTakesTheChildrenToo(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	root := a.token
	parent := a.create(fields{"policies": []string{"root"}})
	a.create(fields{"policies": []string{"default"}})
	child := a.token
	a.token = root
	if status, _ := a.put(1, "auth/token/revoke-accessor", fields{"accessor": parent["accessor"]}); status != http.StatusNoContent {
		t.Fatalf("revoke: status %d", status)
	}
	if status, _ := a.put(1, "auth/token/lookup-accessor", fields{"accessor": parent["accessor"]}); status != http.StatusBadRequest {
		t.Errorf("lookup of the revoked: status %d", status)
	}
	a.token = child
	a.wants(0, "auth/token/lookup-self", http.StatusForbidden)
}

func TestAWrappedAnswerComesOutOnce(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	hand := func() string {
		q, err := http.NewRequest(http.MethodGet, a.cluster.Addresses()[1]+"/v1/sys/key-status", nil)
		if err != nil {
			t.Fatal(err)
		}
		q.Header.Set("X-Vault-Wrap-TTL", "1m")
		q.Header.Set("X-Vault-Token", a.token)
		return a.read(q)["wrap_info"].(map[string]any)["token"].(string)
	}
	wrapping := hand()
	if info := a.succeeds(1, "sys/wrapping/lookup", fields{"token": wrapping}); info["creation_path"] != "sys/key-status" {
		t.Errorf("lookup: %v", info)
	}
	if inner := a.succeeds(1, "sys/wrapping/unwrap", fields{"token": wrapping}); inner["term"] != 1.0 {
		t.Errorf("unwrapped: %v", inner)
	}
	if status, _ := a.put(1, "sys/wrapping/unwrap", fields{"token": wrapping}); status != http.StatusBadRequest {
		t.Errorf("unwrapped again: status %d", status)
	}
	holder := *a
	holder.token = wrapping
	if status, body := holder.put(1, "sys/wrapping/unwrap", fields{}); status != http.StatusBadRequest {
		t.Errorf("unwrapped again with itself: status %d, %v", status, body)
	}
	wrapping = hand()
	a.pass(time.Minute)
	if status, _ := a.put(1, "sys/wrapping/unwrap", fields{"token": wrapping}); status != http.StatusBadRequest {
		t.Errorf("unwrapped too late: status %d", status)
	}
}
