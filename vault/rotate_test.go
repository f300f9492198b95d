package vault

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// sentCall is one request as a server got it.
type sentCall struct{ method, path, body string }

// keeping answers every request alike and keeps what it was asked.
func keeping(status int, body string, got *[]sentCall) func(net.Conn) {
	return func(conn net.Conn) {
		defer conn.Close()
		req, err := http.ReadRequest(bufio.NewReader(conn))
		if err != nil {
			return
		}
		text, _ := io.ReadAll(req.Body)
		*got = append(*got, sentCall{req.Method, strings.TrimPrefix(req.URL.Path, "/v1/"), string(text)})
		_, _ = io.WriteString(conn, response(status, body))
	}
}

func TestRotationAndBackupAskTheEndpointsOfTheirProduct(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		call func(context.Context, *Client) error
		want sentCall
	}{
		"rotate, Vault":   {func(ctx context.Context, c *Client) error { return c.RotateKey(ctx, DoorsToken) }, sentCall{"POST", "sys/rotate", ""}},
		"rotate, unknown": {func(ctx context.Context, c *Client) error { return c.RotateKey(ctx, DoorsUnknown) }, sentCall{"POST", "sys/rotate", ""}},
		"rotate, OpenBao": {func(ctx context.Context, c *Client) error { return c.RotateKey(ctx, DoorsClosed) }, sentCall{"POST", "sys/rotate/keyring", ""}},
		"settings": {func(ctx context.Context, c *Client) error {
			return c.SetRotateConfig(ctx, RotateConfig{Enabled: true, Interval: 48 * time.Hour, MaxOperations: 2_000_000})
		}, sentCall{"POST", "sys/rotate/config", `{"enabled":true,"interval":172800,"max_operations":2000000}`}},
		"settings without a number": {
			func(ctx context.Context, c *Client) error { return c.SetRotateConfig(ctx, RotateConfig{}) },
			sentCall{"POST", "sys/rotate/config", `{"enabled":false,"interval":0}`},
		},
		"delete, barrier": {
			func(ctx context.Context, c *Client) error { return c.DeleteRekeyBackup(ctx, DoorsOpen, BarrierKey) },
			sentCall{"DELETE", "sys/rekey/backup", ""},
		},
		"delete, recovery": {
			func(ctx context.Context, c *Client) error { return c.DeleteRekeyBackup(ctx, DoorsToken, RecoveryKey) },
			sentCall{"DELETE", "sys/rekey/recovery-key-backup", ""},
		},
		"delete, OpenBao": {
			func(ctx context.Context, c *Client) error { return c.DeleteRekeyBackup(ctx, DoorsClosed, BarrierKey) },
			sentCall{"DELETE", "sys/rotate/root/backup", ""},
		},
		"delete, OpenBao's recovery": {
			func(ctx context.Context, c *Client) error { return c.DeleteRekeyBackup(ctx, DoorsClosed, RecoveryKey) },
			sentCall{"DELETE", "sys/rotate/recovery/backup", ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []sentCall
			clients := pipenet{"node:8200": keeping(http.StatusNoContent, "", &got)}.clients()
			defer clients.Close()
			if err := c.call(t.Context(), clients.Client("http://node:8200", false)); err != nil {
				t.Fatal(err)
			}
			if len(got) != 1 || got[0] != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}

func TestBackupIsReadByFingerprint(t *testing.T) {
	t.Parallel()
	const body = `{"data":{"nonce":"n1","keys":{"bb":["00"],"aa":["01","02"]},"keys_base64":{"bb":["Aw=="],"aa":["AQ==","Ag=="]}}}`
	for name, c := range map[string]struct {
		status int
		body   string
		none   bool
		bad    bool
		kind   Kind
	}{
		"kept":      {status: 200, body: body},
		"none":      {status: 400, body: `{"errors":["no backed-up keys found"]}`, none: true, bad: true, kind: Refused},
		"refused":   {status: 400, body: `{"errors":["recovery keys not supported"]}`, bad: true, kind: Refused},
		"forbidden": {status: 403, body: `{"errors":["permission denied"]}`, bad: true, kind: Denied},
		"no answer": {status: 200, body: `{"data":{"keys_base64":[]}}`, bad: true, kind: Malformed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clients := pipenet{"node:8200": func(conn net.Conn) { always(c.status, c.body)(conn) }}.clients()
			defer clients.Close()
			b, err := clients.Client("http://node:8200", false).RekeyBackup(t.Context(), DoorsOpen, BarrierKey)
			if c.bad {
				if !Is(err, c.kind) || NoBackup(err) != c.none {
					t.Errorf("%v", err)
				}
				return
			}
			if err != nil || b.Nonce != "n1" || len(b.Shares) != 2 || b.Shares[0].Fingerprint != "aa" || len(b.Shares[0].Messages) != 2 || b.Shares[1].Messages[0].Len() != 1 {
				t.Errorf("%+v, %v", b, err)
			}
		})
	}
}

func TestRotationSettingsAreJudgedAsTheServersDo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		every time.Duration
		most  uint64
		good  bool
	}{
		{0, MostRotateOperations, true},
		{24 * time.Hour, LeastRotateOperations, true},
		{24*time.Hour - time.Second, LeastRotateOperations, false},
		{0, LeastRotateOperations - 1, false},
		{0, MostRotateOperations + 1, false},
	} {
		if err := (RotateConfig{Interval: c.every, MaxOperations: c.most}).Problem(); (err == nil) != c.good {
			t.Errorf("%v, %d: %v", c.every, c.most, err)
		}
	}
}
