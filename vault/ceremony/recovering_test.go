package ceremony_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// recovering is a server that was started with -recovery: it knows two paths and sys/raw, as OpenBao 2.6.2 does, takes two
// shares, and refuses everything once its token is made.
type recovering struct {
	asked  []string
	nonce  string
	given  int
	opened bool
}

const (
	recoveryPad   = "0123456789abcdefghijABCDEFGH"
	recoveryToken = "hvr.madeinrecoverymode123456"
)

func (s *recovering) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/v1/sys/")
	s.asked = append(s.asked, r.Method+" "+path)
	switch {
	case path != "generate-recovery-token/attempt" && path != "generate-recovery-token/update":
		http.NotFound(w, r)
		return
	case s.opened:
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = w.Write([]byte(`{"errors":["attempted to generate recovery operation token when already unsealed"]}`))
		return
	}
	answer := map[string]any{"required": 2, "otp_length": len(recoveryPad)}
	switch {
	case r.Method == http.MethodDelete:
		s.nonce, s.given = "", 0
		w.WriteHeader(http.StatusNoContent)
		return
	case path == "generate-recovery-token/update":
		if s.given++; s.given == 2 {
			s.opened = true
			answer["complete"] = true
			answer["encoded_token"] = keys.EncodeToken([]byte(recoveryToken), []byte(recoveryPad))
		}
	case r.Method == http.MethodPut:
		s.nonce, answer["otp"] = "n1", recoveryPad
	}
	answer["started"], answer["nonce"], answer["progress"] = s.nonce != "", s.nonce, s.given
	_ = json.NewEncoder(w).Encode(answer)
}

// inRecovery is a console at such a server.
func inRecovery(t *testing.T, s *recovering) *console {
	t.Helper()
	node := httptest.NewServer(s)
	t.Cleanup(node.Close)
	settings, err := vault.SimulatedSettings([]string{node.URL}, keys.NewSecret([]byte("s.unasked")), nil)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, clients: vault.NewClients(settings), seen: vault.NewSnapshot(node.URL)}
	t.Cleanup(r.clients.Close)
	if r.prints, err = keys.NewFingerprinter(strings.NewReader(strings.Repeat("seed", 16))); err != nil {
		t.Fatal(err)
	}
	r.seen = r.seen.Merge(r.clients.Fetch(t.Context(), vault.Ask{Address: node.URL, Lane: vault.Vital}))
	return r.console(ceremony.NewGenerateRoot(r.seen, false, &r.prints))
}

func TestANodeInRecoveryModeMakesARecoveryToken(t *testing.T) {
	t.Parallel()
	s := &recovering{}
	c := inRecovery(t, s)
	told := strings.Join(prompt[ceremony.Tell](c).Text, " ")
	if !strings.Contains(told, "started with -recovery") || !strings.Contains(told, "sys/raw") {
		t.Errorf("told %q", told)
	}
	s.asked = nil
	c.do(ceremony.Continue{})
	for range 3 {
		if _, ok := c.machine.Prompt().(ceremony.TypeOut); ok {
			c.do(ceremony.Confirmed{})
		}
	}
	c.pick("otp")
	c.give(wrongShare(t, 1))
	c.give(wrongShare(t, 2))
	if p := prompt[ceremony.Pick](c); len(p.Options) != 2 || !strings.Contains(p.Text[0], "It works at this node only") {
		t.Errorf("asked %+v", p)
	}
	c.pick("show")
	if p := prompt[ceremony.Reveal](c); p.Title != "The recovery token" || text(p.Secret) != recoveryToken {
		t.Errorf("shown as %q, the right one: %v", p.Title, text(p.Secret) == recoveryToken)
	}
	c.do(ceremony.Shown{})
	if e := prompt[ceremony.End](c); !e.Good || !strings.Contains(strings.Join(e.Text, " "), "ends when the node is restarted") {
		t.Errorf("ended %+v", e)
	}
	for _, asked := range s.asked {
		if !strings.Contains(asked, "generate-recovery-token/") {
			t.Errorf("asked for %s", asked)
		}
	}
	c.wantNoSecret()
}

// TestARecoveryTokenThatWasMadeAlreadyIsSaid: such a node makes one, until it is restarted.
func TestARecoveryTokenThatWasMadeAlreadyIsSaid(t *testing.T) {
	t.Parallel()
	c := inRecovery(t, &recovering{opened: true})
	c.do(ceremony.Continue{})
	for range 3 {
		if _, ok := c.machine.Prompt().(ceremony.TypeOut); ok {
			c.do(ceremony.Confirmed{})
		}
	}
	p := prompt[ceremony.Wait](c)
	if text := strings.Join(p.Text, " "); !strings.Contains(text, "when already unsealed") || !strings.Contains(text, "until it is restarted") {
		t.Errorf("waits: %q", text)
	}
}
