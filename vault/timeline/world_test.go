package timeline_test

import (
	"fmt"
	"strings"
	"time"

	"warder/vault"
	"warder/vault/timeline"
)

var began = time.Date(2026, 11, 25, 2, 0, 0, 0, time.UTC)

// world feeds a history with readings, two seconds apart.
type world struct {
	h    timeline.History
	snap vault.Snapshot
	now  time.Time
}

func newWorld(names ...string) *world {
	var given []string
	for _, n := range names {
		given = append(given, address(n))
	}
	return &world{snap: vault.NewSnapshot(given...), now: began}
}

func address(name string) string { return "https://" + name + ":8200" }

// reading is the answer of one node; f alters it.
type reading func(at time.Time) *vault.Node

// see lets two seconds pass and merges readings, one look for all.
func (w *world) see(readings ...reading) []timeline.Event {
	w.now = w.now.Add(2 * time.Second)
	was := w.snap
	for _, r := range readings {
		w.snap = w.snap.Merge(r(w.now))
	}
	return w.h.Observe(was, w.snap, w.now)
}

// node is a node's answer of a health code, its seal status and its word on the leader.
func node(name string, code int, alter ...func(*vault.Node)) reading {
	return func(at time.Time) *vault.Node {
		n := &vault.Node{Address: address(name), RaftID: name, RTT: 3 * time.Millisecond}
		n.Health = vault.Section[vault.Health]{At: at, Tried: at, Value: vault.Health{
			Code: code, Initialised: code != vault.CodeUninit, Sealed: code == vault.CodeSealed, Version: "1.21.0", ClusterID: "c-1",
		}}
		n.Seal = vault.Section[vault.SealStatus]{At: at, Tried: at, Value: vault.SealStatus{
			Sealed: code == vault.CodeSealed, Shares: 5, Threshold: 3,
		}}
		if n.State().Serving() {
			n.Leader = vault.Section[vault.Leader]{At: at, Tried: at, Value: vault.Leader{HAEnabled: true, IsSelf: code == vault.CodeActive}}
		}
		for _, f := range alter {
			f(n)
		}
		return n
	}
}

func active(name string, alter ...func(*vault.Node)) reading {
	return node(name, vault.CodeActive, alter...)
}

func standby(name string, alter ...func(*vault.Node)) reading {
	return node(name, vault.CodeStandby, alter...)
}

func sealed(name string, alter ...func(*vault.Node)) reading {
	return node(name, vault.CodeSealed, alter...)
}

// silent is a round without an answer.
func silent(name string) reading {
	return func(at time.Time) *vault.Node {
		n := &vault.Node{Address: address(name)}
		n.Health = vault.Section[vault.Health]{Tried: at, Err: &vault.Error{Op: "sys/health", Kind: vault.Unreachable, Why: vault.ConnRefused}}
		return n
	}
}

// recovering is a round in which a node says that it is in recovery mode.
func recovering(name string) reading {
	return func(at time.Time) *vault.Node {
		n := &vault.Node{Address: address(name)}
		n.Health = vault.Section[vault.Health]{Tried: at, Err: &vault.Error{Op: "sys/health", Kind: vault.Malformed, Status: 404}}
		n.Recovery = vault.Section[vault.RecoveryMode]{At: at, Tried: at}
		return n
	}
}

// follows lets a standby name the active node.
func follows(name string) func(*vault.Node) {
	return func(n *vault.Node) { n.Leader.Value.Address = address(name) }
}

// led says since when the node leads.
func led(at time.Time) func(*vault.Node) {
	return func(n *vault.Node) { n.Leader.Value.ActiveSince = at }
}

// told lays a section over the reading's time.
func told[T any](pick func(*vault.Node) *vault.Section[T], v T) func(*vault.Node) {
	return func(n *vault.Node) {
		at := n.Health.At
		*pick(n) = vault.Section[T]{Value: v, At: at, Tried: at}
	}
}

// lines are events as a test writes them: kind, node, text.
func lines(events []timeline.Event) string {
	var out []string
	for _, e := range events {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s: %s", e.Kind, e.Node, e.Text)))
	}
	return strings.Join(out, "\n")
}
