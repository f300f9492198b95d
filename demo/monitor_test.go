package demo

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestALogIsToldUntilTheNodeIsSealed(t *testing.T) {
	t.Parallel()
	for _, p := range []Product{Vault, OpenBao} {
		a := ask(t, Options{Scenario: "healthy", Product: p})
		q, err := http.NewRequest(http.MethodGet, a.cluster.Addresses()[1]+"/v1/sys/monitor?log_format=json", nil)
		if err != nil {
			t.Fatal(err)
		}
		q.Header.Set("X-Vault-Token", a.token)
		r, err := a.client.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		a.put(1, "sys/mounts/one", fields{"type": "kv"})
		a.put(1, "sys/mounts/two", fields{"type": "kv"})
		a.put(1, "sys/seal", nil)
		var lines []string
		for s := bufio.NewScanner(r.Body); s.Scan(); {
			lines = append(lines, s.Text())
		}
		if len(lines) != 5 || !strings.Contains(lines[0], `"path":"one/"`) || !strings.Contains(lines[1], `"path":"two/"`) ||
			!strings.Contains(lines[3], "leadership lost") || lines[4] != "core received sealed state change, ending monitor session" {
			t.Errorf("%s: %q", p, lines)
		}
	}
}

func TestALogThatNobodyCouldReadIsRefused(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	a.wants(1, "sys/monitor?log_level=loud", http.StatusBadRequest)
	a.wants(1, "sys/monitor?log_format=odd", http.StatusBadRequest)
	a.token = ""
	a.wants(1, "sys/monitor", http.StatusForbidden)
}

// tail reads a node's log.
func tail(ctx context.Context, t *testing.T, client *http.Client, c *Cluster, node int, query string) *bufio.Scanner {
	t.Helper()
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Addresses()[node]+"/v1/sys/monitor"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("X-Vault-Token", text(c.Token()))
	r, err := client.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	if r.StatusCode != http.StatusOK {
		t.Fatalf("status %d", r.StatusCode)
	}
	t.Cleanup(func() { r.Body.Close() })
	return bufio.NewScanner(r.Body)
}

func TestALogLivesByTheDemosClock(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy", Product: OpenBao})
	leader := tail(t.Context(), t, a.client, a.cluster, 1, "?log_level=debug")
	standby := tail(t.Context(), t, a.client, a.cluster, 2, "")
	a.pass(beat)
	a.get(0, "sys/health")
	for _, c := range []struct {
		log  *bufio.Scanner
		says string
	}{
		{leader, "[DEBUG]  core.autopilot: all servers are judged peers=3"},
		{leader, "[INFO]  expiration: leases in force"},
		{standby, "standing by active=bao-2"},
	} {
		if !c.log.Scan() || !strings.Contains(c.log.Text(), c.says) {
			t.Errorf("%q, want %q", c.log.Text(), c.says)
		}
	}
	a.happen(Stop{"bao-3"})
	for standby.Scan() {
	}
}

func TestALogLivesThoughNobodyAsksAnythingElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, err := New(Options{Scenario: "healthy"})
		if err != nil {
			t.Fatal(err)
		}
		c.ListenPipe()
		defer c.Close()
		client := &http.Client{Transport: &http.Transport{DialContext: c.Dial, DisableKeepAlives: true}}
		ctx, leave := context.WithCancel(t.Context())
		log := tail(ctx, t, client, c, 1, "")
		begun := time.Now()
		for range 2 {
			if !log.Scan() {
				t.Fatal("it ended")
			}
		}
		if time.Since(begun) > 3*beat {
			t.Errorf("%q after %s", log.Text(), time.Since(begun))
		}
		leave()
		for log.Scan() {
		}
	})
}

func TestALogMayHoldAnything(t *testing.T) {
	t.Parallel()
	const hostile = "\x1b]0;owned\x07\x1b[2J\u202e"
	a := ask(t, Options{Scenario: "healthy"})
	plain := tail(t.Context(), t, a.client, a.cluster, 1, "")
	asJSON := tail(t.Context(), t, a.client, a.cluster, 1, "?log_format=json")
	a.happen(Log{Level: "error", Text: hostile})
	if !plain.Scan() || !strings.HasSuffix(plain.Text(), "[ERROR]  core: "+hostile) {
		t.Errorf("%q", plain.Text())
	}
	if !asJSON.Scan() || strings.Contains(asJSON.Text(), "\x1b") || !strings.Contains(asJSON.Text(), `\u001b`) {
		t.Errorf("%q", asJSON.Text())
	}
	for _, f := range []Fault{Log{Level: "loud"}, Log{Node: "nobody"}, Strand{Prefix: "nothing/"}} {
		if a.cluster.Apply(f) == nil {
			t.Errorf("%#v is taken", f)
		}
	}
}
