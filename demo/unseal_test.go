package demo

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestShapesAreRefusedAsTheServersRefuseThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		shape shape
		want  string
	}{
		{shape{1, 1}, ""},
		{shape{3, 5}, ""},
		{shape{255, 255}, ""},
		{shape{0, 0}, "shares must be at least one"},
		{shape{0, 3}, "threshold must be at least one"},
		{shape{1, 3}, "threshold must be greater than one for multiple shares"},
		{shape{4, 3}, "threshold cannot be larger than shares"},
		{shape{3, 256}, "shares must be less than 256"},
	} {
		got := ""
		if err := c.shape.check(); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.shape.threshold, c.shape.shares, got, c.want)
		}
	}
}

func TestASpoiltShareIsNoticedOnlyAtTheThreshold(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "sealed"})
	shares := a.shares()
	raw, err := base64.StdEncoding.DecodeString(shares[0])
	if err != nil {
		t.Fatal(err)
	}
	raw[4] ^= 1
	a.succeeds(0, "sys/unseal", fields{"key": base64.StdEncoding.EncodeToString(raw)})
	a.succeeds(0, "sys/unseal", fields{"key": shares[1]})
	status, answer := a.put(0, "sys/unseal", fields{"key": shares[2]})
	if status != http.StatusBadRequest || !strings.Contains(answer["errors"].([]any)[0].(string), "authentication failed") {
		t.Errorf("at the threshold: %d %v", status, answer)
	}
	if s := a.wants(0, "sys/seal-status", http.StatusOK); s["progress"] != 0.0 || s["sealed"] != true {
		t.Errorf("afterwards: %v", s)
	}
}

func TestASealedClusterLeadsAgainOnceAQuorumIsUnsealed(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "sealed"})
	for node := range 2 {
		for _, share := range a.shares()[node : node+3] {
			a.succeeds(node, "sys/unseal", fields{"key": share})
		}
	}
	a.pass(10 * time.Second)
	if a.leader() < 0 {
		t.Error("no leader with two of three nodes unsealed")
	}
	a.wants(2, "sys/health", http.StatusServiceUnavailable)
}

func TestInitialisingOneNodeBringsTheOthers(t *testing.T) {
	t.Parallel()
	for product := range products {
		a := ask(t, Options{Scenario: "uninitialised", Product: product})
		made := a.succeeds(0, "sys/init", fields{"secret_shares": 3, "secret_threshold": 2})
		shares := made["keys"].([]any)
		a.token = made["root_token"].(string)
		for node := range 3 {
			for _, share := range shares[:2] {
				a.succeeds(node, "sys/unseal", fields{"key": share})
			}
			a.pass(5 * time.Second)
		}
		a.pass(15 * time.Second)
		config := a.wants(0, "sys/storage/raft/configuration", http.StatusOK)["config"].(map[string]any)
		voters := 0
		for _, s := range config["servers"].([]any) {
			if s.(map[string]any)["voter"] == true {
				voters++
			}
		}
		if voters != 3 {
			t.Errorf("%v: %d voters: %v", product, voters, config)
		}
	}
}

func TestInitRefusesTheOtherSealsParameters(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "uninitialised"})
	status, answer := a.put(0, "sys/init", fields{"secret_shares": 1, "secret_threshold": 1, "recovery_shares": 1})
	if status != http.StatusBadRequest || answer["errors"].([]any)[0] != "parameters recovery_shares not applicable to seal type shamir" {
		t.Errorf("%d %v", status, answer)
	}
}

func TestABrokenBackendIsNoticedWithinTheServersTenMinutes(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "auto-unseal"})
	const path = "sys/seal-backend-status"
	a.happen(Break{Backend: "awskms"})
	if got := a.wants(0, path, http.StatusOK)["healthy"]; got != true {
		t.Error("noticed at once, without a test")
	}
	a.pass(healthyTest)
	got := a.wants(0, path, http.StatusOK)
	if got["healthy"] != false || got["unhealthy_since"] == nil {
		t.Errorf("after ten minutes: %v", got)
	}
	a.happen(Mend{Backend: "awskms"})
	a.pass(unhealthyTest)
	if got := a.wants(0, path, http.StatusOK)["healthy"]; got != true {
		t.Error("not noticed a minute after it was mended")
	}
}

func TestANodeDoesNotComeBackWhileNoSealCanBeReached(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "all-backends-down"})
	a.happen(Stop{"vault-1"})
	a.happen(Start{"vault-1"})
	if status, _ := a.get(0, "sys/health"); status != 0 {
		t.Errorf("it came back: status %d", status)
	}
	a.happen(Mend{Backend: "awskms-eu"})
	a.happen(Start{"vault-1"})
	a.pass(2 * time.Second)
	a.wants(0, "sys/health", http.StatusTooManyRequests)
}
