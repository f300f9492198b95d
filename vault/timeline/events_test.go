package timeline_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
	"time"

	"warder/vault"
	"warder/vault/timeline"
)

func seal(f func(*vault.SealStatus)) func(*vault.Node) {
	return func(n *vault.Node) { f(&n.Seal.Value) }
}

func health(f func(*vault.Health)) func(*vault.Node) {
	return func(n *vault.Node) { f(&n.Health.Value) }
}

func certificate(print string) func(*vault.Node) {
	return func(n *vault.Node) {
		n.Certificate = &vault.Certificate{Fingerprint: print, NotAfter: began.AddDate(0, 3, 0)}
	}
}

func backend(healthy bool, since time.Time) func(*vault.Node) {
	return told(func(n *vault.Node) *vault.Section[vault.SealBackendStatus] { return &n.Backends }, vault.SealBackendStatus{
		Healthy: healthy, Backends: []vault.SealBackend{{Name: "kms", Healthy: healthy, UnhealthySince: since}},
	})
}

// peers lists ids; a vote is marked by its absence: "-c" has none.
func peers(ids ...string) func(*vault.Node) {
	var out []vault.RaftServer
	for _, id := range ids {
		name, without := strings.CutPrefix(id, "-")
		out = append(out, vault.RaftServer{ID: name, Voter: !without})
	}
	return told(func(n *vault.Node) *vault.Section[[]vault.RaftServer] { return &n.Raft }, out)
}

func autopilot(tolerance int, healthy bool) func(*vault.Node) {
	return told(func(n *vault.Node) *vault.Section[vault.Autopilot] { return &n.Autopilot }, vault.Autopilot{
		Tolerance: tolerance, Voters: []string{"a", "b", "c"}, Servers: []vault.AutopilotServer{{ID: "c", Healthy: healthy}},
	})
}

func thresholds(c vault.AutopilotConfig) func(*vault.Node) {
	return told(func(n *vault.Node) *vault.Section[vault.AutopilotConfig] { return &n.AutopilotConfig }, c)
}

func rewrap(r vault.Rewrap) func(*vault.Node) {
	return told(func(n *vault.Node) *vault.Section[vault.Rewrap] { return &n.Rewrap }, r)
}

func term(term uint64, installed time.Time) func(*vault.Node) {
	return told(func(n *vault.Node) *vault.Section[vault.KeyStatus] { return &n.Keys }, vault.KeyStatus{Term: term, Installed: installed})
}

func underway(c vault.Ceremonies) func(*vault.Node) {
	return told(func(n *vault.Node) *vault.Section[vault.Ceremonies] { return &n.Ceremonies }, c)
}

func TestEvents(t *testing.T) {
	t.Parallel()
	for name, rounds := range stories {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld("a", "b")
			for i, r := range rounds {
				if got := lines(w.see(r.readings...)); got != r.want {
					t.Errorf("round %d:\n%s\nwant:\n%s", i, got, r.want)
				}
			}
		})
	}
}

func TestEveryKindIsToldOfAndHappens(t *testing.T) {
	t.Parallel()
	happened := map[timeline.Kind]bool{}
	for _, rounds := range stories {
		w := newWorld("a", "b")
		for _, r := range rounds {
			for _, e := range w.see(r.readings...) {
				happened[e.Kind] = true
			}
		}
	}
	meant := map[string]bool{}
	for _, m := range timeline.Kinds() {
		meant[string(m.Kind)] = true
		if !happened[m.Kind] {
			t.Errorf("no story tells of %s", m.Kind)
		}
	}
	file, err := parser.ParseFile(token.NewFileSet(), "kinds.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			if kind := strings.Trim(v.Values[0].(*ast.BasicLit).Value, `"`); !meant[kind] {
				t.Errorf("Kinds does not tell of %s", kind)
			}
		}
		return true
	})
}

func TestServersTellTheTimeWhereTheyKnowIt(t *testing.T) {
	t.Parallel()
	w := newWorld("a")
	w.see(active("a", backend(true, time.Time{}), term(3, began)))
	since := began.Add(time.Second)
	for _, e := range w.see(active("a", backend(false, since), term(4, since))) {
		if !e.Told || !e.At.Equal(since) {
			t.Errorf("%+v is not told to be of %v", e, since)
		}
	}
	for _, e := range w.see(active("a", backend(true, time.Time{}))) {
		if e.Told || !e.At.Equal(w.now) {
			t.Errorf("%+v is not of the reading at %v", e, w.now)
		}
	}
}

func TestABalancersNodesDoNotChangeInTurn(t *testing.T) {
	t.Parallel()
	w := newWorld("lb")
	at := func(id string, code int) reading {
		return func(now time.Time) *vault.Node {
			n := node("lb", code)(now)
			n.RaftID = id
			return n
		}
	}
	for range 3 {
		w.see(at("a", vault.CodeActive))
		w.see(at("b", vault.CodeSealed))
	}
	if got := w.see(at("a", vault.CodeActive)); len(got) > 0 {
		t.Errorf("got %s", lines(got))
	}
}
