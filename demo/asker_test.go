package demo

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"warder/keys"
)

// asker talks to a cluster over pipes, with a clock that only the test turns.
type asker struct {
	t       *testing.T
	cluster *Cluster
	now     time.Time
	token   string
	client  *http.Client
}

func ask(t *testing.T, o Options) *asker {
	t.Helper()
	a := &asker{t: t, now: time.Date(2026, 11, 21, 23, 0, 0, 0, time.UTC)}
	o.Now = func() time.Time { return a.now }
	if o.Random == nil {
		o.Random = bytes.NewReader(bytes.Repeat([]byte("seed"), 8))
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	c.ListenPipe()
	t.Cleanup(c.Close)
	a.cluster, a.token = c, text(c.Token())
	a.client = &http.Client{
		Transport:     &http.Transport{DialContext: c.Dial, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return a
}

// pass turns the clock.
func (a *asker) pass(d time.Duration) { a.now = a.now.Add(d) }

func (a *asker) happen(f Fault) {
	a.t.Helper()
	if err := a.cluster.Apply(f); err != nil {
		a.t.Fatal(err)
	}
}

// fields is an answer's JSON object, the payload of its envelope where there is one.
type fields map[string]any

// do sends a request to the node with this index, counted from 0.
func (a *asker) do(node int, method, path string, body any) (int, fields) {
	a.t.Helper()
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			a.t.Fatal(err)
		}
		reader = bytes.NewReader(text)
	}
	q, err := http.NewRequest(method, a.cluster.Addresses()[node]+"/v1/"+path, reader)
	if err != nil {
		a.t.Fatal(err)
	}
	if a.token != "" {
		q.Header.Set("X-Vault-Token", a.token)
	}
	r, err := a.client.Do(q)
	if err != nil {
		return 0, fields{"refused": err}
	}
	out := a.decode(r)
	if data, ok := out["data"].(map[string]any); ok {
		return r.StatusCode, data
	}
	return r.StatusCode, out
}

// read makes a request and gives the whole answer.
func (a *asker) read(q *http.Request) fields {
	a.t.Helper()
	r, err := a.client.Do(q)
	if err != nil {
		a.t.Fatal(err)
	}
	return a.decode(r)
}

func (a *asker) decode(r *http.Response) fields {
	a.t.Helper()
	defer r.Body.Close()
	out := fields{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "text/plain") {
		return out
	}
	if err := json.NewDecoder(r.Body).Decode(&out); err != nil && err != io.EOF {
		a.t.Fatalf("%s: %v", r.Request.URL.Path, err)
	}
	return out
}

func (a *asker) get(node int, path string) (int, fields) {
	a.t.Helper()
	return a.do(node, http.MethodGet, path, nil)
}

func (a *asker) put(node int, path string, body any) (int, fields) {
	a.t.Helper()
	return a.do(node, http.MethodPut, path, body)
}

// wants fails unless a read has this status, and gives the answer back.
func (a *asker) wants(node int, path string, status int) fields {
	a.t.Helper()
	got, answer := a.get(node, path)
	if got != status {
		a.t.Fatalf("GET %s of node %d: status %d, want %d: %v", path, node, got, status, answer)
	}
	return answer
}

// leader is the index of the active node, −1 without one.
func (a *asker) leader() int {
	for i := range a.cluster.Addresses() {
		if status, _ := a.get(i, "sys/health"); status == http.StatusOK {
			return i
		}
	}
	return -1
}

// shares are the cluster's shares as they are sent.
func (a *asker) shares() []string {
	var out []string
	for _, s := range a.cluster.Shares() {
		out = append(out, base64Of(s))
	}
	return out
}

func base64Of(s keys.Secret) string {
	var out string
	s.Use(func(b []byte) { out = base64.StdEncoding.EncodeToString(b) })
	return out
}

// sprint is a decoded value as text; names come in order.
func sprint(value any) string {
	if object, ok := value.(fields); ok {
		value = map[string]any(object)
	}
	return fmt.Sprint(value)
}
