package demo

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

func TestAStoppedNodeRefusesConnections(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	a.happen(Stop{"vault-3"})
	if _, err := a.cluster.Dial(t.Context(), "tcp", "vault-3.demo:8200"); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("over pipes: %v", err)
	}
	if _, err := a.cluster.Dial(t.Context(), "tcp", "nobody:1"); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("an address of no node: %v", err)
	}
}

func TestAStoppedNodeRefusesConnectionsOnLoopback(t *testing.T) {
	t.Parallel()
	c, err := New(Options{Scenario: "healthy"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	url := c.Addresses()[2] + "/v1/sys/health"
	get := func() error {
		a, err := http.Get(url)
		if err == nil {
			a.Body.Close()
		}
		return err
	}
	if err := get(); err != nil {
		t.Fatal(err)
	}
	if err := c.Apply(Stop{"vault-3"}); err != nil {
		t.Fatal(err)
	}
	if err := get(); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("stopped: %v", err)
	}
	if err := c.Apply(Start{"vault-3"}); err != nil {
		t.Fatal(err)
	}
	if err := get(); err != nil {
		t.Errorf("started again: %v", err)
	}
}

// inBubble runs a test where time is the bubble's own, over pipes and on the machine's clock, which there is fake.
func inBubble(t *testing.T, o Options, test func(*testing.T, *Cluster, *http.Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o.Random = bytes.NewReader(make([]byte, 32))
		c, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		c.ListenPipe()
		transport := &http.Transport{DialContext: c.Dial}
		if pool := x509.NewCertPool(); pool.AppendCertsFromPEM(c.CACert()) {
			transport.TLSClientConfig = &tls.Config{RootCAs: pool}
		}
		test(t, c, &http.Client{Transport: transport})
		transport.CloseIdleConnections()
		c.Close()
		// Both ends of a pipe may be saying goodbye under TLS, each waiting for the other to read; after a while they give up.
		time.Sleep(time.Minute)
	})
}

func TestAHungNodeAnswersOnlyWhenTheHangEnds(t *testing.T) {
	t.Parallel()
	inBubble(t, Options{Scenario: "hung-node"}, func(t *testing.T, c *Cluster, client *http.Client) {
		began := time.Now()
		go func() {
			time.Sleep(time.Minute)
			if err := c.Apply(Unhang{"vault-3"}); err != nil {
				t.Error(err)
			}
		}()
		a, err := client.Get(c.Addresses()[2] + "/v1/sys/health")
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		if waited := time.Since(began); waited < time.Minute {
			t.Errorf("an answer after %v", waited)
		}
	})
}

func TestTheCallersDeadlineEndsItsWaitForAHungNode(t *testing.T) {
	t.Parallel()
	inBubble(t, Options{Scenario: "hung-node"}, func(t *testing.T, c *Cluster, client *http.Client) {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		q, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Addresses()[2]+"/v1/sys/health", nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.Do(q); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
	})
}

func TestASlowNodeAnswersLate(t *testing.T) {
	t.Parallel()
	inBubble(t, Options{Scenario: "slow-node"}, func(t *testing.T, c *Cluster, client *http.Client) {
		for node, want := range []time.Duration{0, 0, 1500 * time.Millisecond} {
			began := time.Now()
			a, err := client.Get(c.Addresses()[node] + "/v1/sys/health")
			if err != nil {
				t.Fatal(err)
			}
			a.Body.Close()
			if took := time.Since(began); took != want {
				t.Errorf("node %d took %v, want %v", node, took, want)
			}
		}
	})
}

func TestTLSIsServedUnderTheDemosOwnCA(t *testing.T) {
	t.Parallel()
	inBubble(t, Options{Scenario: "tls-expiring"}, func(t *testing.T, c *Cluster, client *http.Client) {
		for node, days := range []int{3, 41, 6} {
			address := c.Addresses()[node]
			if !strings.HasPrefix(address, "https://") {
				t.Fatalf("address %s", address)
			}
			a, err := client.Get(address + "/v1/sys/health")
			if err != nil {
				t.Fatal(err)
			}
			a.Body.Close()
			if left := int(time.Until(a.TLS.PeerCertificates[0].NotAfter).Hours() / 24); left != days {
				t.Errorf("node %d: %d days left, want %d", node, left, days)
			}
		}
	})
}

func TestALostReplyLeavesTheActDone(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "sealed"})
	a.happen(LoseReplies{Node: "vault-1", Count: 1})
	if status, _ := a.put(0, "sys/unseal", fields{"key": a.shares()[0]}); status != 0 {
		t.Fatalf("answered with status %d", status)
	}
	if s := a.wants(0, "sys/seal-status", http.StatusOK); s["progress"] != 1.0 {
		t.Errorf("progress %v, want 1", s["progress"])
	}
}

func TestTheControlAddressTakesFaultsByName(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	url := a.cluster.Control()
	post := func(path, body string) (int, string) {
		r, err := http.Post(url+path, "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		text, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r.StatusCode, string(text)
	}
	for _, c := range []struct {
		path, body string
		want       int
	}{
		{"/stop", `{"Node": "vault-3"}`, http.StatusNoContent},
		{"/slow", `{"node": "vault-1", "by": "20ms"}`, http.StatusNoContent},
		{"/step-down", ``, http.StatusNoContent},
		{"/stop", `{"Node": "nobody"}`, http.StatusBadRequest},
		{"/stop", `{"What": 1}`, http.StatusBadRequest},
		{"/stop", `{`, http.StatusBadRequest},
		{"/slow", `{"Node": "vault-1", "By": "soon"}`, http.StatusBadRequest},
		{"/nothing", ``, http.StatusBadRequest},
	} {
		if status, text := post(c.path, c.body); status != c.want {
			t.Errorf("POST %s %s: status %d %s", c.path, c.body, status, text)
		}
	}
	if status, _ := a.get(2, "sys/health"); status != 0 {
		t.Errorf("the stopped node answers %d", status)
	}
}

// TestANodeStoppedAtOnceCanBeStartedAgain: its server may not have begun to serve when it was stopped, and must have let its
// address go all the same.
func TestANodeStoppedAtOnceCanBeStartedAgain(t *testing.T) {
	t.Parallel()
	c, err := New(Options{Scenario: "healthy"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	for range 50 {
		for _, f := range []Fault{Stop{"vault-1"}, Start{"vault-1"}} {
			if err := c.Apply(f); err != nil {
				t.Fatal(err)
			}
		}
		if _, open := c.doors.servers[c.nodes[0]]; !open {
			t.Fatal("the node runs, and nobody can reach it")
		}
	}
}
