package vault

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"warder/keys"
)

func text(s keys.Secret) (out string) {
	s.Use(func(b []byte) { out = string(b) })
	return out
}

// backendSecrets are the calls that carry a secret: what is sent, what is answered, and what it is taken for.
var backendSecrets = map[string]struct {
	call               func(context.Context, *Client) (string, error)
	sent, answer, want string
}{
	"wrap": {func(x context.Context, c *Client) (string, error) {
		s, err := c.Wrap(x, keys.NewSecret([]byte(`{"a":1}`)), time.Minute)
		return text(s), err
	}, `POST sys/wrapping/wrap s.pipes 60 {"a":1}`, `{"wrap_info":{"token":"s.w"}}`, "s.w"},
	"unwrap": {func(x context.Context, c *Client) (string, error) {
		s, err := c.Unwrap(x, someToken())
		return text(s), err
	}, `POST sys/wrapping/unwrap s.other  {}`, `{"data":{"a":1}}`, `{"a":1}`},
	"unwrap a token": {func(x context.Context, c *Client) (string, error) {
		s, err := c.Unwrap(x, someToken())
		return text(s), err
	}, `POST sys/wrapping/unwrap s.other  {}`, `{"data":null,"auth":{"client_token":"s.n"}}`, `{"client_token":"s.n"}`},
	"look up a wrapping": {func(x context.Context, c *Client) (string, error) {
		w, err := c.LookupWrapping(x, someToken())
		return fmt.Sprint(w.Path, w.Created.Year(), w.Life), err
	}, `POST sys/wrapping/lookup   {"token":"s.other"}`, `{"data":{"creation_path":"sys/wrapping/wrap","creation_time":"2026-01-02T03:04:05.6Z","creation_ttl":90}}`, "sys/wrapping/wrap2026 1m30s"},
	"rewrap": {func(x context.Context, c *Client) (string, error) {
		s, err := c.RewrapToken(x, someToken())
		return text(s), err
	}, `POST sys/wrapping/rewrap s.pipes  {"token":"s.other"}`, `{"wrap_info":{"token":"s.w"}}`, "s.w"},
	"capabilities of a token": {func(x context.Context, c *Client) (string, error) {
		p, err := c.Capabilities(x, someToken(), "sys/seal", `a"b`)
		return fmt.Sprint(p), err
	}, `POST sys/capabilities s.pipes  {"token":"s.other","paths":["sys/seal","a\"b"]}`, `{"data":{"sys/seal":["sudo"],"a\"b":["deny"]}}`, `map[a"b:[deny] sys/seal:[sudo]]`},
	"capabilities of an accessor": {func(x context.Context, c *Client) (string, error) {
		p, err := c.CapabilitiesOfAccessor(x, "acc", "sys/seal")
		return fmt.Sprint(p), err
	}, `POST sys/capabilities-accessor s.pipes  {"accessor":"acc","paths":["sys/seal"]}`, `{"data":{"sys/seal":["root"]}}`, "map[sys/seal:[root]]"},
	"unseal a namespace": {func(x context.Context, c *Client) (string, error) {
		s, err := c.UnsealNamespace(x, "a/team", keys.NewSecret([]byte("share")))
		return fmt.Sprint(s.Sealed, s.Progress, s.Threshold), err
	}, `PUT sys/namespaces/a/team/unseal s.pipes  {"key":"c2hhcmU="}`, `{"data":{"type":"shamir","initialized":true,"sealed":true,"t":3,"n":5,"progress":1,"nonce":"x"}}`, "true 1 3"},
	"drop a namespace's shares": {func(x context.Context, c *Client) (string, error) {
		s, err := c.ResetNamespaceUnseal(x, "team")
		return fmt.Sprint(s.Progress), err
	}, `PUT sys/namespaces/team/unseal s.pipes  {"reset":true}`, `{"data":{"type":"shamir","initialized":true,"sealed":true,"t":3,"n":5}}`, "0"},
	"a namespace's seal": {func(x context.Context, c *Client) (string, error) {
		s, err := c.NamespaceSeal(x, "team")
		return fmt.Sprint(s.Sealed, s.Shares), err
	}, `GET sys/namespaces/team/seal-status s.pipes  `, `{"data":{"type":"shamir","initialized":true,"sealed":false,"t":3,"n":5}}`, "false 5"},
}

func TestSecretsOfTheSystemBackendTravelAsTheServersWantThem(t *testing.T) {
	t.Parallel()
	for name, c := range backendSecrets {
		sent, status, answer := "", 200, c.answer
		clients := pipenet{"node:8200": answering(func(w io.Writer, r *http.Request) {
			sent = fmt.Sprintf("%s %s %s %s ", r.Method, strings.TrimPrefix(r.URL.Path, "/v1/"), r.Header.Get("X-Vault-Token"), r.Header.Get("X-Vault-Wrap-TTL"))
			body, _ := io.ReadAll(r.Body)
			sent += string(body)
			_, _ = io.WriteString(w, response(status, answer))
		})}.clients()
		t.Cleanup(clients.Close)
		client := clients.Client("http://node:8200", false)
		if got, err := c.call(t.Context(), client); err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
		if sent != c.sent {
			t.Errorf("%s: sent %q, want %q", name, sent, c.sent)
		}
		for _, answer = range []string{`{}`, `{"data":7}`, `<html>`} {
			if _, err := c.call(t.Context(), client); !Is(err, Malformed) {
				t.Errorf("%s, answered %s: %v", name, answer, err)
			}
		}
		status, answer = 400, `{"errors":["wrapping token is not valid or does not exist"]}`
		if _, err := c.call(t.Context(), client); !Is(err, Refused) || !strings.Contains(err.Error(), "does not exist") {
			t.Errorf("%s, refused: %v", name, err)
		}
	}
}

func TestHealthAnswersWithTheCodesThatWereAskedFor(t *testing.T) {
	t.Parallel()
	var asked []string
	clients := pipenet{"node:8200": answering(func(w io.Writer, r *http.Request) {
		asked = append(asked, strings.TrimSpace(r.Method+" "+r.URL.RawQuery))
		_, body := saneAnswer("sys/health")
		if r.Method == http.MethodHead {
			_, _ = io.WriteString(w, "HTTP/1.1 299 Some Status\r\nContent-Length: 9\r\n\r\n")
			return
		}
		_, _ = io.WriteString(w, response(299, body))
	})}.clients()
	t.Cleanup(clients.Close)
	c := clients.Client("http://node:8200", false)
	codes := HealthCodes{StandbyOK: true, PerfStandbyOK: true, Active: 299, Standby: 1, DRSecondary: 2, PerfStandby: 3, CutOff: 4, Sealed: 5, Uninit: 6, Removed: 7}
	if h, err := c.HealthAs(t.Context(), codes); err != nil || h.Code != 299 || h.Version != "1.21.0" {
		t.Errorf("%+v, %v", h, err)
	}
	if code, err := c.HealthCode(t.Context(), HealthCodes{}); err != nil || code != 299 {
		t.Errorf("%d, %v", code, err)
	}
	const all = "GET activecode=299&drsecondarycode=2&haunhealthycode=4&performancestandbycode=3&perfstandbyok=true&removedcode=7&sealedcode=5&standbycode=1&standbyok=true&uninitcode=6"
	if len(asked) != 2 || asked[0] != all || asked[1] != "HEAD" {
		t.Errorf("asked %q", asked)
	}
}

func TestAPageIsCutOutOfALongList(t *testing.T) {
	t.Parallel()
	names := make([]string, 25_000)
	for i := range names {
		names[len(names)-1-i] = fmt.Sprintf("p%05d", i)
	}
	for _, c := range []struct {
		want                Want
		first               string
		n, before, matching int
		more                bool
	}{
		{Want{}, "p00000", 10_000, 0, 25_000, true},
		{Want{After: "p09999"}, "p10000", 10_000, 10_000, 25_000, true},
		{Want{After: "p19999"}, "p20000", 5_000, 20_000, 25_000, false},
		{Want{Holding: "p1"}, "p10000", 10_000, 0, 10_000, false},
		{Want{Holding: "9999", After: "p09999"}, "p19999", 1, 1, 2, false},
		{Want{Holding: "none"}, "", 0, 0, 0, false},
	} {
		p := c.want.of(names)
		if len(p.Names) != c.n || p.Before != c.before || p.Matching != c.matching || p.Total != 25_000 || p.More() != c.more || c.n > 0 && p.Names[0] != c.first {
			t.Errorf("%+v: %d names from %.10q, %d before, %d match, %d in all, more %t", c.want, len(p.Names), p.Names, p.Before, p.Matching, p.Total, p.More())
		}
	}
}
