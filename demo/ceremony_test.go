package demo

import (
	"encoding/base64"
	"net/http"
	"testing"
	"time"

	"warder/keys"
)

// dialect is where a product has its ceremonies.
type dialect struct{ rekey, root, attempt string }

var dialects = map[Product]dialect{
	Vault:   {"sys/rekey", "sys/generate-root/update", "sys/generate-root/attempt"},
	Vault2:  {"sys/rekey", "sys/generate-root/update", "sys/generate-root/attempt"},
	OpenBao: {"sys/rotate/root", "sys/generate-root-token/update", "sys/generate-root-token/attempt"},
}

// succeeds makes a write that must be answered with 200.
func (a *asker) succeeds(node int, path string, body fields) fields {
	a.t.Helper()
	status, answer := a.put(node, path, body)
	if status != http.StatusOK {
		a.t.Fatalf("PUT %s: status %d: %v", path, status, answer)
	}
	return answer
}

func TestVerifiedRekeyReplacesTheSharesOnlyAtItsEnd(t *testing.T) {
	t.Parallel()
	for product, d := range dialects {
		t.Run(product.String(), func(t *testing.T) {
			t.Parallel()
			a := ask(t, Options{Scenario: "healthy", Product: product})
			old := a.shares()
			nonce := a.succeeds(1, d.rekey+"/init", fields{"secret_shares": 4, "secret_threshold": 2, "require_verification": true})["nonce"]
			var done fields
			for _, share := range old[1:4] {
				done = a.succeeds(1, d.rekey+"/update", fields{"key": share, "nonce": nonce})
			}
			fresh := done["keys_base64"].([]any)
			if len(fresh) != 4 || done["complete"] != true {
				t.Fatalf("at the threshold: %v", done)
			}
			if got := a.shares(); len(got) != 5 || got[0] != old[0] {
				t.Fatal("the old shares are gone before the verification")
			}
			for _, share := range []any{fresh[3], fresh[1]} {
				done = a.succeeds(1, d.rekey+"/verify", fields{"key": share, "nonce": done["verification_nonce"], "x": 1})
				if done["nonce"] != nil {
					done["verification_nonce"] = done["nonce"]
				}
			}
			if got := a.shares(); done["complete"] != true || len(got) != 4 || got[2] != fresh[2] {
				t.Fatalf("after the verification: %v", done)
			}
			if s := a.wants(1, "sys/seal-status", http.StatusOK); s["t"] != 2.0 || s["n"] != 4.0 {
				t.Errorf("the active node says %v of %v", s["t"], s["n"])
			}
			if s := a.wants(0, "sys/seal-status", http.StatusOK); s["t"] != 3.0 || s["n"] != 5.0 {
				t.Errorf("a standby says %v of %v, want the old ones", s["t"], s["n"])
			}
		})
	}
}

func TestStepDownDiscardsARekeyAndWhatItHandedOut(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "rekey-in-progress"})
	if s := a.wants(0, "sys/rekey/init", http.StatusOK); s["progress"] != 1.0 || s["started"] != true {
		t.Fatalf("in progress: %v", s)
	}
	a.happen(StepDown{})
	a.pass(2 * time.Second)
	if s := a.wants(0, "sys/rekey/init", http.StatusOK); s["started"] != false {
		t.Errorf("after the step-down: %v", s)
	}
}

func TestOpenBaoKeepsARotationOnTheAskedNode(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy", Product: OpenBao})
	a.succeeds(1, "sys/rotate/root/init", fields{"secret_shares": 3, "secret_threshold": 2})
	if s := a.wants(0, "sys/rotate/root/init", http.StatusOK); s["started"] != false {
		t.Errorf("a standby knows of it: %v", s)
	}
}

// TestAFormerLeaderOfOpenBaoRemembersWhatWasBegun: it still has it when it leads again; a rotation it also shows as a standby, and
// drops when it is sealed.
func TestAFormerLeaderOfOpenBaoRemembersWhatWasBegun(t *testing.T) {
	t.Parallel()
	const rotation, attempt = "sys/rotate/root/init", "sys/generate-root-token/attempt"
	for name, test := range map[string]struct {
		meanwhile         []Fault
		rotation, attempt bool
	}{
		"stepped down": {nil, true, true},
		"sealed":       {[]Fault{Seal{"bao-2"}, Unseal{"bao-2"}}, false, true},
		"restarted":    {[]Fault{Stop{"bao-2"}, Start{"bao-2"}, Unseal{"bao-2"}}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := ask(t, Options{Scenario: "healthy", Product: OpenBao})
			has := func(node int, path string, want bool) {
				t.Helper()
				if s := a.wants(node, path, http.StatusOK); s["started"] != want {
					t.Errorf("%s at node %d: %v", path, node, s)
				}
			}
			a.succeeds(1, rotation, fields{"secret_shares": 3, "secret_threshold": 2})
			a.succeeds(1, attempt, fields{})
			a.happen(StepDown{})
			a.pass(5 * time.Second)
			has(0, attempt, false)
			has(1, rotation, true)
			for _, f := range test.meanwhile {
				a.happen(f)
			}
			a.pass(20 * time.Second)
			a.happen(Stop{"bao-1"})
			a.pass(20 * time.Second)
			if a.wants(1, "sys/leader", http.StatusOK)["is_self"] != true {
				a.happen(StepDown{})
				a.pass(20 * time.Second)
			}
			if l := a.wants(1, "sys/leader", http.StatusOK); l["is_self"] != true {
				t.Fatalf("it does not lead again: %v", l)
			}
			has(1, rotation, test.rotation)
			has(1, attempt, test.attempt)
		})
	}
}

func TestGeneratedRootTokensWork(t *testing.T) {
	t.Parallel()
	for product, d := range dialects {
		t.Run(product.String(), func(t *testing.T) {
			t.Parallel()
			a := ask(t, Options{Scenario: "healthy", Product: product})
			begun := a.succeeds(0, d.attempt, fields{})
			var done fields
			for _, share := range a.shares()[:3] {
				done = a.succeeds(0, d.root, fields{"key": share, "nonce": begun["nonce"]})
			}
			token, err := keys.DecodeToken(done["encoded_token"].(string), keys.NewSecret([]byte(begun["otp"].(string))))
			if err != nil {
				t.Fatal(err)
			}
			a.token = text(token)
			if self := a.wants(2, "auth/token/lookup-self", http.StatusOK); self["path"] != "auth/token/root" {
				t.Errorf("the token is %v", self)
			}
			if s := a.wants(1, d.attempt, http.StatusOK); s["started"] != false {
				t.Errorf("the attempt goes on: %v", s)
			}
		})
	}
}

func TestVault2WantsATokenForCeremonies(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy", Product: Vault2})
	a.token = ""
	a.wants(0, "sys/rekey/init", http.StatusForbidden)
	a.wants(0, "sys/generate-root/attempt", http.StatusForbidden)
	a.wants(0, "sys/seal-backend-status", http.StatusOK)
}

func TestAStrangersNonceCannotCancelAYoungRekey(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	nonce := a.succeeds(1, "sys/rekey/init", fields{"secret_shares": 3, "secret_threshold": 2})["nonce"]
	cancel := func(nonce any) int {
		status, _ := a.do(1, http.MethodDelete, "sys/rekey/init", fields{"nonce": nonce})
		return status
	}
	if got := cancel("other"); got != http.StatusBadRequest {
		t.Errorf("another nonce: status %d", got)
	}
	a.pass(cancelWithNonce)
	if got := cancel("other"); got != http.StatusNoContent {
		t.Errorf("another nonce after ten minutes: status %d", got)
	}
	_ = nonce
}

func TestSharesUnderPGPAreBackedUp(t *testing.T) {
	t.Parallel()
	for product, d := range dialects {
		t.Run(product.String(), func(t *testing.T) {
			t.Parallel()
			a := ask(t, Options{Scenario: "healthy", Product: product})
			key := pgpKey(t)
			begun := a.succeeds(1, d.rekey+"/init", fields{
				"secret_shares": 1, "secret_threshold": 1, "pgp_keys": []string{key.ServerForm()}, "backup": true,
			})
			var done fields
			for _, share := range a.shares()[:3] {
				done = a.succeeds(1, d.rekey+"/update", fields{"key": share, "nonce": begun["nonce"]})
			}
			hidden, err := base64.StdEncoding.DecodeString(done["keys_base64"].([]any)[0].(string))
			if err != nil || len(hidden) <= longestKey {
				t.Fatalf("the new share is not hidden: %d bytes, %v", len(hidden), err)
			}
			if prints := done["pgp_fingerprints"].([]any); len(prints) != 1 || prints[0] != key.Fingerprint {
				t.Errorf("fingerprints %v, want %s", prints, key.Fingerprint)
			}
			kept := a.wants(1, d.rekey+"/backup", http.StatusOK)
			if got := kept["keys_base64"].(map[string]any)[key.Fingerprint].([]any)[0]; got != done["keys_base64"].([]any)[0] {
				t.Error("the backup holds another share")
			}
			a.do(1, http.MethodDelete, d.rekey+"/backup", nil)
			a.wants(1, d.rekey+"/backup", http.StatusBadRequest)
		})
	}
}

func TestARivalCancelsWhatIsBegun(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "someone-else-cancels"})
	nonce := a.succeeds(0, "sys/rekey/init", fields{"secret_shares": 3, "secret_threshold": 2})["nonce"]
	a.pass(rivalWaits - time.Second)
	if s := a.wants(0, "sys/rekey/init", http.StatusOK); s["nonce"] != nonce {
		t.Fatalf("too soon: %v", s)
	}
	a.pass(time.Second)
	if s := a.wants(0, "sys/rekey/init", http.StatusOK); s["started"] != false {
		t.Errorf("not cancelled: %v", s)
	}
	a.pass(rivalReturns)
	if s := a.wants(0, "sys/rekey/init", http.StatusOK); s["started"] != true || s["nonce"] == nonce {
		t.Errorf("not begun anew: %v", s)
	}
}
