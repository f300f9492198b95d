package vault

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

const attemptAnswer = `{"nonce":"n1","started":true,"progress":1,"required":2,"complete":false,"encoded_token":"","otp":"","otp_length":28}`

// TestANodeInRecoveryModeIsNotTakenForAStranger: it answers sys/health with 404 and no JSON, as what is no such server does.
func TestANodeInRecoveryModeIsNotTakenForAStranger(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		health  int    // "404 page not found", unless it is 200
		status  int    // of the attempt
		attempt string // the answer to it
		state   State
		want    RecoveryMode
	}{
		"in recovery mode":      {404, 200, attemptAnswer, Recovering, RecoveryMode{Started: true, Progress: 1, Required: 2}},
		"its token was made":    {404, 500, `{"errors":["attempted to generate recovery operation token when already unsealed"]}`, Recovering, RecoveryMode{Opened: true}},
		"it fails otherwise":    {404, 500, `{"errors":["disk on fire"]}`, Broken, RecoveryMode{}},
		"a file server":         {404, 404, "404 page not found", Broken, RecoveryMode{}},
		"a page for every path": {404, 200, "<html></html>", Broken, RecoveryMode{}},
		"JSON for every path":   {404, 200, `{"status":"ok"}`, Broken, RecoveryMode{}},
		"a proxy":               {502, 200, attemptAnswer, Broken, RecoveryMode{}},
		"a server that serves":  {200, 200, attemptAnswer, Active, RecoveryMode{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := 0
			clients := pipenet{"node:8200": answering(func(w io.Writer, r *http.Request) {
				switch path := strings.TrimPrefix(r.URL.Path, "/v1/"); {
				case path == "sys/generate-recovery-token/attempt":
					asked++
					if r.Header.Get("X-Vault-Token") != "" {
						t.Error("the token was sent")
					}
					_, _ = io.WriteString(w, response(c.status, c.attempt))
				case c.health != 200:
					_, _ = io.WriteString(w, response(c.health, "404 page not found\n"))
				default:
					status, body := saneAnswer(path)
					_, _ = io.WriteString(w, response(status, body))
				}
			})}.clients()
			defer clients.Close()
			n := clients.Fetch(t.Context(), Ask{Address: "http://node:8200", Lane: Vital})
			if n.State() != c.state || n.Recovery.Value != c.want {
				t.Errorf("state %v, %+v; asked: %v", n.State(), n.Recovery.Value, n.Recovery.Err)
			}
			if c.health != 404 && asked > 0 {
				t.Error("it was asked although it does not seem to be one")
			}
			n.Health = Section[Health]{Value: Health{Code: CodeActive}, At: n.Health.Tried, Tried: n.Health.Tried}
			if n.State() != Active {
				t.Errorf("once it serves it is %v", n.State())
			}
		})
	}
}
