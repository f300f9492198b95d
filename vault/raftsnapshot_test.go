package vault

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
)

func TestASnapshotIsStreamedAndWhatIsCutShortIsAnError(t *testing.T) {
	t.Parallel()
	const head = "HTTP/1.1 200 OK\r\nContent-Type: application/gzip\r\nContent-Length: %d\r\n\r\nabc"
	for name, c := range map[string]struct {
		answer func(io.Writer)
		kind   Kind
		whole  bool
	}{
		"whole":          {func(w io.Writer) { fmt.Fprintf(w, head, 3) }, 0, true},
		"cut":            {func(w io.Writer) { fmt.Fprintf(w, head, 9); hangUp(w) }, Unreachable, false},
		"stands still":   {func(w io.Writer) { fmt.Fprintf(w, head, 9) }, Unreachable, false},
		"never answered": {func(io.Writer) {}, Unreachable, false},
		"denied":         {func(w io.Writer) { _, _ = io.WriteString(w, response(403, `{"errors":["permission denied"]}`)) }, Denied, false},
		"redirected":     {func(w io.Writer) { _, _ = io.WriteString(w, response(307, "", "Location: /v1/again")) }, Redirected, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				clients := pipenet{"node:8200": answering(func(w io.Writer, r *http.Request) {
					if r.URL.Path != "/v1/sys/storage/raft/snapshot" || r.Header.Get("X-Vault-Token") == "" {
						t.Errorf("asked %s, token %t", r.URL.Path, r.Header.Get("X-Vault-Token") != "")
					}
					c.answer(w)
				})}.clients()
				defer clients.Close()
				var got bytes.Buffer
				err := clients.Client("http://node:8200", false).TakeSnapshot(t.Context(), &got)
				switch {
				case c.whole && (err != nil || got.String() != "abc"):
					t.Errorf("%q, %v", got.String(), err)
				case !c.whole && !Is(err, c.kind):
					t.Errorf("%v, want kind %d", err, c.kind)
				}
			})
		})
	}
}
