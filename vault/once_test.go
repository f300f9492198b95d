package vault

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"warder/keys"
)

// writes are the calls that change something, or that are POSTs all the same.
var writes = map[string]func(context.Context, *Client) error{
	"rewrap": func(ctx context.Context, c *Client) error { _, err := c.StartRewrap(ctx); return err },
	"rotate": func(ctx context.Context, c *Client) error { return c.RotateKey(ctx, DoorsOpen) },
	"rotate config": func(ctx context.Context, c *Client) error {
		return c.SetRotateConfig(ctx, RotateConfig{Enabled: true, Interval: 24 * time.Hour})
	},
	"init": func(ctx context.Context, c *Client) error {
		_, err := c.Init(ctx, InitConfig{Shares: 1, Threshold: 1})
		return err
	},
	"join":         func(ctx context.Context, c *Client) error { return c.Join(ctx, JoinConfig{Leader: "http://a:8200"}) },
	"step-down":    func(ctx context.Context, c *Client) error { return c.StepDown(ctx) },
	"seal":         func(ctx context.Context, c *Client) error { return c.Seal(ctx) },
	"remove peer":  func(ctx context.Context, c *Client) error { return c.RemovePeer(ctx, "b") },
	"promote peer": func(ctx context.Context, c *Client) error { return c.PromotePeer(ctx, "b") },
	"demote peer":  func(ctx context.Context, c *Client) error { return c.DemotePeer(ctx, "b") },
	"autopilot": func(ctx context.Context, c *Client) error {
		return c.SetAutopilotConfig(ctx, AutopilotConfig{ContactThreshold: time.Second})
	},
	"restore": func(ctx context.Context, c *Client) error {
		return c.RestoreSnapshot(ctx, strings.NewReader("abc"), 3, false)
	},
	"force restore": func(ctx context.Context, c *Client) error {
		return c.RestoreSnapshot(ctx, strings.NewReader("abc"), 3, true)
	},
	"wrap": func(ctx context.Context, c *Client) error {
		_, err := c.Wrap(ctx, keys.NewSecret([]byte(`{"a":1}`)), time.Minute)
		return err
	},
	"unwrap": func(ctx context.Context, c *Client) error { _, err := c.Unwrap(ctx, someToken()); return err },
	"rewrap a token": func(ctx context.Context, c *Client) error {
		_, err := c.RewrapToken(ctx, someToken())
		return err
	},
	"seal a namespace": func(ctx context.Context, c *Client) error { return c.SealNamespace(ctx, "team") },
	"unseal a namespace": func(ctx context.Context, c *Client) error {
		_, err := c.UnsealNamespace(ctx, "team", someToken())
		return err
	},
	"renew":         func(ctx context.Context, c *Client) error { return c.RenewSelf(ctx) },
	"revoke":        func(ctx context.Context, c *Client) error { return c.RevokeSelf(ctx) },
	"delete backup": func(ctx context.Context, c *Client) error { return c.DeleteRekeyBackup(ctx, DoorsOpen, BarrierKey) },
	"capabilities":  func(ctx context.Context, c *Client) error { _, err := c.CapabilitiesSelf(ctx, "sys/seal"); return err },
}

func someToken() keys.Secret { return keys.NewSecret([]byte("s.other")) }

func TestWriteIsSentOnce(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind   Kind
		answer func(io.Writer)
	}{
		"answered 500":             {Failed, func(w io.Writer) { _, _ = io.WriteString(w, response(500, `{"errors":["boom"]}`)) }},
		"answered 429":             {Refused, func(w io.Writer) { _, _ = io.WriteString(w, response(429, "", "Retry-After: 0")) }},
		"cut without an answer":    {Unreachable, hangUp},
		"cut within the answer":    {Unreachable, func(w io.Writer) { _, _ = io.WriteString(w, "HTTP/1.1 200 OK\r\n"); hangUp(w) }},
		"redirected with its body": {Redirected, func(w io.Writer) { _, _ = io.WriteString(w, response(307, "", "Location: /v1/again")) }},
	} {
		for write, call := range writes {
			t.Run(name+", "+write, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					var sent atomic.Int32
					// The first answer keeps the connection, since only a connection that was used before tempts net/http
					// into sending anew.
					node := answering(func(w io.Writer, r *http.Request) {
						if r.Method == http.MethodGet {
							_, _ = io.WriteString(w, response(200, `{"initialized":true}`))
							return
						}
						sent.Add(1)
						c.answer(w)
					})
					clients := pipenet{"node:8200": node}.clients()
					defer clients.Close()
					client := clients.Client("http://node:8200", false)
					if _, err := client.InitStatus(t.Context()); err != nil {
						t.Fatal(err)
					}
					if err := call(t.Context(), client); !Is(err, c.kind) {
						t.Errorf("%v, want kind %d", err, c.kind)
					}
					if n := sent.Load(); n != 1 {
						t.Errorf("sent %d times", n)
					}
				})
			})
		}
	}
}

// hangUp ends the connection, as a server that dies does.
func hangUp(w io.Writer) { _ = w.(*strict).w.(net.Conn).Close() }

func TestStartRewrapTellsAStartFromARunningOne(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]bool{http.StatusNoContent: true, http.StatusOK: false} {
		clients := pipenet{"node:8200": func(c net.Conn) { always(status, "")(c) }}.clients()
		t.Cleanup(clients.Close)
		if started, err := clients.Client("http://node:8200", false).StartRewrap(t.Context()); started != want || err != nil {
			t.Errorf("%d: started %v, %v", status, started, err)
		}
	}
}

func TestReadThatWasGivenUpChangesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		clients := pipenet{"node:8200": func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }}.clients()
		defer clients.Close()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		known := NewSnapshot("http://node:8200").Merge(clientReading(t))
		for _, ask := range everything("http://node:8200") {
			readings := make(chan *Node)
			go func() { readings <- clients.Fetch(ctx, ask) }()
			synctest.Wait()
			cancel()
			after := known.Merge(<-readings)
			if n := after.Nodes[0]; n.State() != Active || n.Failures != 0 || len(sectionErrors(n)) != len(sectionErrors(known.Nodes[0])) {
				t.Errorf("state %d, %d failures, %v", n.State(), n.Failures, sectionErrors(n))
			}
		}
	})
}

// clientReading is a reading of a healthy node at http://node:8200.
func clientReading(t *testing.T) *Node {
	t.Helper()
	clients := pipenet{"node:8200": sane()}.clients()
	defer clients.Close()
	return clients.Fetch(t.Context(), Ask{Address: "http://node:8200", Lane: Vital})
}
