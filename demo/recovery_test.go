package demo

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"warder/keys"
)

const recoveryPath = "sys/generate-recovery-token"

// TestANodeInRecoveryModeServesNothingBesides: no health, no seal status, no way to unseal it.
func TestANodeInRecoveryModeServesNothingBesides(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "recovery-mode"})
	for _, path := range []string{"sys/health", "sys/seal-status", "sys/leader", "sys/generate-root/attempt", "sys/unseal", "secret/x"} {
		a.wants(0, path, http.StatusNotFound)
	}
	a.wants(0, "sys/raw/", http.StatusForbidden)
	a.wants(0, "sys/raw", http.StatusTemporaryRedirect)
	got := a.wants(0, recoveryPath+"/attempt", http.StatusOK)
	if got["started"] != false || got["required"] != 3.0 || got["otp_length"] != 28.0 {
		t.Errorf("attempt: %v", got)
	}
	if status, _ := a.do(0, http.MethodPatch, recoveryPath+"/attempt", fields{}); status != http.StatusMethodNotAllowed {
		t.Errorf("patched: %d", status)
	}
	a.happen(Stop{"vault-1"})
	a.happen(Start{"vault-1"})
	a.wants(0, "sys/health", http.StatusServiceUnavailable)
}

// TestARecoveryTokenOpensRawOnce runs it to the token, on each product and from shares of either kind.
func TestARecoveryTokenOpensRawOnce(t *testing.T) {
	t.Parallel()
	for product := range products {
		for _, scenario := range []string{"healthy", "auto-unseal"} {
			t.Run(product.String()+" "+scenario, func(t *testing.T) {
				t.Parallel()
				a := ask(t, Options{Scenario: scenario, Product: product})
				a.happen(StartRecovery{a.cluster.Nodes()[2]})
				a.token = recoveryTokenOf(t, a, 2)
				if got := a.wants(2, "sys/raw/?list=true", http.StatusOK); sprint(got) != "map[keys:[core/]]" {
					t.Errorf("listed %v", got)
				}
				var entry sealConfig
				text, _ := a.wants(2, "sys/raw/core/seal-config", http.StatusOK)["value"].(string)
				if err := json.Unmarshal([]byte(text), &entry); err != nil || entry.Type != a.cluster.seal.kind {
					t.Errorf("read %q: %v", text, err)
				}
				a.wants(2, "sys/raw/core/nothing", http.StatusNotFound)
				a.wants(2, "sys/raw/core/keyring", http.StatusBadRequest)
				if status, answer := a.put(2, "sys/raw/core/x", fields{"value": "x"}); status != http.StatusBadRequest {
					t.Errorf("written: %d %v", status, answer)
				}
				a.wants(2, recoveryPath+"/attempt", http.StatusInternalServerError)
				if status, answer := a.put(2, recoveryPath+"/attempt", fields{}); status != http.StatusBadRequest {
					t.Errorf("begun again: %d %v", status, answer)
				}
				a.happen(StartRecovery{a.cluster.Nodes()[2]})
				a.wants(2, "sys/raw/?list=true", http.StatusForbidden)
			})
		}
	}
}

// recoveryTokenOf gives wrong shares first, and then right ones.
func recoveryTokenOf(t *testing.T, a *asker, node int) string {
	t.Helper()
	begun := a.succeeds(node, recoveryPath+"/attempt", fields{})
	if status, answer := a.put(node, recoveryPath+"/attempt", fields{}); status != http.StatusBadRequest {
		t.Fatalf("begun twice: %d %v", status, answer)
	}
	share := func(text string) (int, fields) {
		return a.put(node, recoveryPath+"/update", fields{"key": text, "nonce": begun["nonce"]})
	}
	for i, text := range []string{a.shares()[0], a.shares()[1], strings.Repeat("ab", 33)} {
		if status, answer := share(text); (status == http.StatusOK) != (i < 2) {
			t.Fatalf("share %d: %d %v", i, status, answer)
		}
	}
	var done fields
	for _, text := range a.shares()[:3] {
		_, done = share(text)
	}
	if done["complete"] != true || done["encoded_root_token"] != "" {
		t.Fatalf("done: %v", done)
	}
	token, err := keys.DecodeToken(done["encoded_token"].(string), keys.NewSecret([]byte(begun["otp"].(string))))
	if got := text(token); err != nil || !strings.HasPrefix(got, "hvr.") || len(got) != 28 {
		t.Fatalf("a token of %d characters: %v", len(got), err)
	}
	return text(token)
}
