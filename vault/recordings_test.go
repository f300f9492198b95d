package vault

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"warder/keys"
)

// recorded is one request of a recording, with its answer. Status 0 is a refused connection.
type recorded struct {
	Label    string
	Method   string
	Path     string
	Request  json.RawMessage
	Status   int
	Response json.RawMessage
}

// op is the path without its query.
func (r recorded) op() string {
	op, _, _ := strings.Cut(r.Path, "?")
	return op
}

// recordings are the runs in testdata by name.
func recordings(t *testing.T) map[string][]recorded {
	t.Helper()
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) < 2 {
		t.Fatalf("recordings: %v, %v", files, err)
	}
	out := map[string][]recorded{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var run []recorded
		if err := json.Unmarshal(b, &run); err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(file), ".json")] = run
	}
	return out
}

// held is how many answers of the endpoints that this package reads each recording holds, as counted outside of this test.
// A recording that was cut short must not pass for one that is understood.
var held = map[string]int{"vault-1.21.0": 111, "openbao-2.6.2": 109}

// unread are requests of those endpoints that the client never sends: a HEAD has no body to be read.
func unread(r recorded) bool { return r.Method == http.MethodHead }

func TestEveryRecordedAnswerIsUnderstood(t *testing.T) {
	t.Parallel()
	for name, run := range recordings(t) {
		covered := 0
		for _, r := range run {
			e, ours := endpoints[r.op()]
			if !ours || unread(r) || r.Method != http.MethodGet && r.op() != "sys/capabilities-self" {
				continue
			}
			covered++
			got, err := e.ask(t.Context(), replay(t, r))
			if want, fails := expectedKind(r); fails {
				if kind, ok := KindOf(err); !ok || kind != want {
					t.Errorf("%s: %s %s answered %d: %v, want an error of kind %d", name, r.Label, r.Path, r.Status, err, want)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s: %s %s answered %d: %v", name, r.Label, r.Path, r.Status, err)
				continue
			}
			for _, wrong := range e.differs(r, got) {
				t.Errorf("%s: %s %s: %s", name, r.Label, r.Path, wrong)
			}
		}
		t.Logf("%s: %d recorded answers understood", name, covered)
		if covered != held[name] {
			t.Errorf("%s: %d answers of endpoints that are read, want %d", name, covered, held[name])
		}
	}
}

// expectedKind is the kind of error that an answer must become, by path and status; fails is false where it is a value.
func expectedKind(r recorded) (kind Kind, fails bool) {
	switch {
	case r.Status == 0:
		return Unreachable, true
	case r.op() == "sys/health", r.Status == http.StatusOK:
		return 0, false
	case r.op() == "sys/generate-root/attempt" && r.Status == http.StatusMethodNotAllowed:
		return 0, false // that they are closed is the answer
	}
	return map[int]Kind{403: Denied, 404: Unsupported, 405: Unsupported, 500: NoActive, 503: Sealed}[r.Status], true
}

// replay serves the recorded answer, and holds the request to what such a request may carry.
func replay(t *testing.T, r recorded) *Client {
	t.Helper()
	s := Settings{Token: keys.NewSecret([]byte("s.replayed")), Namespace: "team"}
	if r.Status == 0 {
		return newClient(s, refusing(t), false)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.URL.Path != "/v1/"+r.op() || req.URL.RawQuery != "" {
			t.Errorf("asked for %s, want %s", req.URL, r.op())
		}
		if sent := req.Header.Get("X-Vault-Token") != ""; sent != endpoints[r.op()].token {
			t.Errorf("%s: token sent %v", r.op(), sent)
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(r.Status)
		_, _ = w.Write(r.Response)
	}))
	t.Cleanup(server.Close)
	c := newClient(s, server.URL, false)
	t.Cleanup(c.close)
	return c
}

// refusing is an address where nothing listens.
func refusing(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	return server.URL
}

// endpoint says how one endpoint is asked in these tests, and what its answer must hold.
type endpoint struct {
	token   bool
	ask     func(context.Context, *Client) (any, error)
	facts   func(any) []fact
	ignored []string           // fields of the answer that are knowingly not read; a * stands for any name or number
	want    func(recorded) any // in place of facts, where the answer is not in the body
}

// asks hides the type of an answer.
func asks[T any](f func(*Client, context.Context) (T, error)) func(context.Context, *Client) (any, error) {
	return func(ctx context.Context, c *Client) (any, error) { return f(c, ctx) }
}

// about gives the answer its type back.
func about[T any](f func(T) []fact) func(any) []fact {
	return func(v any) []fact { return f(v.(T)) }
}

// differs compares an answer with the recorded JSON, walked without our wire structs: every fact must be as recorded, and
// every recorded field must be a fact or be ignored by name.
func (e endpoint) differs(r recorded, got any) []string {
	if e.want != nil {
		if want := e.want(r); got != want {
			return []string{fmt.Sprintf("%v, want %v", got, want)}
		}
		return nil
	}
	var raw map[string]any
	if err := json.Unmarshal(r.Response, &raw); err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	known := map[string]bool{}
	for _, f := range e.facts(got) {
		known[f.path] = true
		if problem := f.differs(raw); problem != "" {
			wrong = append(wrong, problem)
		}
	}
	for _, field := range leaves("", raw) {
		if !known[field] && !e.ignores(field) {
			wrong = append(wrong, "field "+field+" is neither read nor knowingly ignored")
		}
	}
	return wrong
}

func (e endpoint) ignores(field string) bool {
	return slices.ContainsFunc(e.ignored, func(pattern string) bool {
		exact, _ := path.Match(pattern, field)
		within, _ := path.Match(pattern+".*", field)
		return exact || within
	})
}
