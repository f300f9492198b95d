package vault

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"warder/keys"
)

// TestEachVariantOfGenerateRootHasEndpointsOfItsOwn sends every step of each, with the answers that are documented.
func TestEachVariantOfGenerateRootHasEndpointsOfItsOwn(t *testing.T) {
	t.Parallel()
	const answer = `{"started":true,"nonce":"n1","progress":1,"required":3,"encoded_token":"AAAA","pgp_fingerprint":"","otp":"pad","otp_length":28,"complete":true}`
	for variant, base := range map[RootVariant]string{
		RootToken:     "sys/generate-root",
		DRToken:       "sys/replication/dr/secondary/generate-operation-token",
		RecoveryToken: "sys/generate-recovery-token",
	} {
		t.Run(variant.String(), func(t *testing.T) {
			t.Parallel()
			var sent []string
			clients := pipenet{"node:8200": answering(func(w io.Writer, r *http.Request) {
				sent = append(sent, r.Method+" "+strings.TrimPrefix(r.URL.Path, "/v1/"))
				_, _ = io.WriteString(w, response(200, answer))
			})}.clients()
			defer clients.Close()
			c := clients.Client("http://node:8200", false)
			begun, err := c.StartVariant(t.Context(), variant, DoorsOpen, "")
			if err != nil || begun.Nonce != "n1" || begun.Required != 3 || begun.OTP.Empty() {
				t.Errorf("begun: %+v, %v", begun, err)
			}
			if state, err := c.VariantAttempt(t.Context(), variant, DoorsOpen); err != nil || !state.Started {
				t.Errorf("read: %+v, %v", state, err)
			}
			done, err := c.GiveVariantShare(t.Context(), variant, DoorsOpen, keys.NewSecret([]byte("0123")), "n1")
			if err != nil || !done.Complete || done.EncodedToken.Empty() {
				t.Errorf("given: %+v, %v", done, err)
			}
			if err := c.CancelVariant(t.Context(), variant, DoorsOpen, "n1"); err != nil {
				t.Error(err)
			}
			want := "PUT " + base + "/attempt, GET " + base + "/attempt, PUT " + base + "/update, DELETE " + base + "/attempt"
			if strings.Join(sent, ", ") != want {
				t.Errorf("sent %s, want %s", strings.Join(sent, ", "), want)
			}
		})
	}
}

// TestTheDoorsOfAVariantAreTriedAtItsOwnEndpoint: how root tokens are kept does not tell it.
func TestTheDoorsOfAVariantAreTriedAtItsOwnEndpoint(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		variant RootVariant
		status  int
		body    string
		want    Doors
		kind    Kind
		path    string
	}{
		"open":             {DRToken, 200, `{"started":false}`, DoorsOpen, 0, "sys/replication/dr/secondary/generate-operation-token/attempt"},
		"with a token":     {DRToken, 403, `{"errors":["permission denied"]}`, DoorsToken, 0, "sys/replication/dr/secondary/generate-operation-token/attempt"},
		"no such edition":  {DRToken, 404, `{"errors":["unsupported path"]}`, DoorsUnknown, Unsupported, "sys/replication/dr/secondary/generate-operation-token/attempt"},
		"in recovery":      {RecoveryToken, 200, `{"started":false}`, DoorsOpen, 0, "sys/generate-recovery-token/attempt"},
		"not in recovery":  {RecoveryToken, 403, `{"errors":["permission denied"]}`, DoorsUnknown, Denied, "sys/generate-recovery-token/attempt"},
		"no server at all": {RecoveryToken, 404, "404 page not found", DoorsUnknown, Refused, "sys/generate-recovery-token/attempt"},
		"a root token":     {RootToken, 200, `{"started":false}`, DoorsOpen, 0, "sys/generate-root/attempt"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []sentCall
			clients := pipenet{"node:8200": func(conn net.Conn) { keeping(c.status, c.body, &got)(conn) }}.clients()
			defer clients.Close()
			d, err := clients.Client("http://node:8200", false).VariantDoors(t.Context(), c.variant)
			if d != c.want || (d == DoorsUnknown) != (err != nil) || err != nil && !Is(err, c.kind) {
				t.Errorf("%v, %v", d, err)
			}
			if len(got) != 1 || got[0].path != c.path {
				t.Errorf("asked %+v", got)
			}
		})
	}
}
