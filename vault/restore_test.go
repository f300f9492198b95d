package vault

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestASnapshotIsSentWholeAndOnceAndItsAnswerIsWaitedFor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer func(io.Writer)
		kind   Kind // of the error, where there is one
		says   string
	}{
		"taken": {func(w io.Writer) { time.Sleep(9 * time.Minute); _, _ = io.WriteString(w, response(204, "")) }, 0, ""},
		"of other keys": {func(w io.Writer) {
			_, _ = io.WriteString(w, response(400, `{"errors":["use the snapshot-force API"]}`))
		}, Refused, "snapshot-force"},
		"never answered":   {func(w io.Writer) { time.Sleep(time.Hour) }, Unreachable, "no answer came for ten minutes"},
		"cut":              {hangUp, Unreachable, "connection broken"},
		"sent elsewhere":   {func(w io.Writer) { _, _ = io.WriteString(w, response(307, "", "Location: /v1/again")) }, Redirected, "redirects"},
		"of another's eye": {func(w io.Writer) { _, _ = io.WriteString(w, response(403, `{"errors":["permission denied"]}`)) }, Denied, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var got []string
				clients := pipenet{"node:8200": func(conn net.Conn) {
					r, err := http.ReadRequest(bufio.NewReader(conn))
					if err != nil {
						return
					}
					body, err := io.ReadAll(r.Body)
					got = append(got, r.Method+" "+r.URL.Path+" "+string(body))
					if err != nil || r.ContentLength != 3 {
						t.Errorf("%d bytes were promised: %v", r.ContentLength, err)
					}
					c.answer(&strict{w: conn})
				}}.clients()
				defer clients.Close()
				err := clients.Client("http://node:8200", false).RestoreSnapshot(t.Context(), strings.NewReader("abc"), 3, name != "taken")
				time.Sleep(2 * time.Hour) // of the one that never answers
				synctest.Wait()
				switch {
				case c.says == "" && c.kind == 0 && err != nil, c.kind != 0 && (!Is(err, c.kind) || !strings.Contains(err.Error(), c.says)):
					t.Errorf("%v, want kind %d and %q", err, c.kind, c.says)
				}
				want := "POST /v1/sys/storage/raft/snapshot-force abc"
				if name == "taken" {
					want = "POST /v1/sys/storage/raft/snapshot abc"
				}
				if len(got) != 1 || got[0] != want {
					t.Errorf("sent %q", got)
				}
			})
		})
	}
}

var errBadDisk = errors.New("bad disk")

func TestASnapshotThatCannotBeReadToItsEndIsNotTaken(t *testing.T) {
	t.Parallel()
	whole := make(chan bool, 1)
	clients := pipenet{"node:8200": func(conn net.Conn) {
		r, err := http.ReadRequest(bufio.NewReader(conn))
		if err != nil {
			return
		}
		_, err = io.ReadAll(r.Body)
		whole <- err == nil
	}}.clients()
	t.Cleanup(clients.Close)
	half := io.MultiReader(strings.NewReader("ab"), readerFunc(func([]byte) (int, error) { return 0, errBadDisk }))
	err := clients.Client("http://node:8200", false).RestoreSnapshot(t.Context(), half, 3, false)
	if !errors.Is(err, errBadDisk) || <-whole {
		t.Errorf("%v, or the server took it for whole", err)
	}
}
