package rules

import (
	"slices"
	"strings"
	"testing"
	"time"

	"warder/vault"
)

// now is the moment at which all these tests play.
var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// day is as long as days mostly are.
const day = 24 * time.Hour

func had[T any](v T) vault.Section[T] { return vault.Section[T]{Value: v, At: now, Tried: now} }

// hadBefore is an answer so old that nothing newer was asked for since.
func hadBefore[T any](v T, age time.Duration) vault.Section[T] {
	return vault.Section[T]{Value: v, At: now.Add(-age), Tried: now.Add(-age)}
}

func missed[T any](kind vault.Kind) vault.Section[T] {
	return vault.Section[T]{Tried: now, Err: &vault.Error{Op: "sys/x", Address: "https://x:8200", Kind: kind}}
}

// with changes a node.
type with func(*vault.Node)

// node is one at https://NAME:8200 that answers sys/health with the code.
func node(name string, code int, changes ...with) *vault.Node {
	n := &vault.Node{Address: "https://" + name + ":8200", ClusterAddress: "https://" + name + ":8201"}
	n.Health = had(vault.Health{
		Code: code, Version: "1.21.0", ClusterID: "one", Initialised: code != vault.CodeUninit,
		Sealed: code == vault.CodeSealed || code == vault.CodeUninit, FromVault: true,
	})
	if code == vault.CodeActive {
		n.Leader = had(vault.Leader{HAEnabled: true, IsSelf: true, Address: n.Address, ClusterAddress: n.ClusterAddress})
	}
	n.Seal = had(vault.SealStatus{Type: "shamir", Threshold: 3, Shares: 5, StorageType: "raft"})
	for _, change := range changes {
		change(n)
	}
	return n
}

// down is a node that refuses connections; before holds what it said while it lived.
func down(name string, changes ...with) *vault.Node {
	n := node(name, vault.CodeStandby, changes...)
	n.Health.Err = &vault.Error{Op: "sys/health", Address: n.Address, Kind: vault.Unreachable, Why: vault.ConnRefused}
	return n
}

func learnt(n *vault.Node) { n.Learnt = true }

// raft makes the node tell a configuration of so many voters.
func raft(names ...string) with {
	return func(n *vault.Node) {
		var servers []vault.RaftServer
		for _, name := range names {
			servers = append(servers, vault.RaftServer{ID: name, Address: name + ":8201", Voter: true})
		}
		n.Raft = had(servers)
	}
}

// autopilot makes the node tell autopilot's state. The names of failing voters begin with an exclamation mark, those of
// non-voters end with a question mark.
func autopilot(tolerance int, names ...string) with {
	return func(n *vault.Node) {
		a := vault.Autopilot{Tolerance: tolerance, Healthy: true, Leader: "a"}
		for _, name := range names {
			id := strings.Trim(name, "!?")
			p := vault.AutopilotServer{ID: id, Name: id, Healthy: !strings.HasPrefix(name, "!"), LastContact: 4 * time.Minute, LastIndex: 10}
			if id == a.Leader {
				p.LastIndex = 5000
			}
			a.Healthy = a.Healthy && p.Healthy
			if !strings.HasSuffix(name, "?") {
				a.Voters = append(a.Voters, id)
			}
			a.Servers = append(a.Servers, p)
		}
		n.Autopilot = had(a)
		n.AutopilotConfig = had(vault.AutopilotConfig{MaxTrailing: 1000})
	}
}

// aged makes everything of the cluster that the node told older.
func aged(age time.Duration) with {
	return func(n *vault.Node) {
		n.Raft.At, n.Autopilot.At, n.Rewrap.At = n.Raft.At.Add(-age), n.Autopilot.At.Add(-age), n.Rewrap.At.Add(-age)
	}
}

// follows makes a standby name the address as the active node's.
func follows(address string) with {
	return func(n *vault.Node) { n.Leader = had(vault.Leader{HAEnabled: true, Address: address}) }
}

// scenario is a snapshot and what must be said of it: "critical|degraded|notice RULE NODE", a dash for the cluster.
type scenario struct {
	nodes []*vault.Node
	want  []string
	// says are texts that must stand in the findings, and not those that must not.
	says, not []string
	cites     []string // evidence that must be there: "NODE SOURCE", or "NODE SOURCE: what it says"
}

func judge(nodes ...*vault.Node) []Finding {
	return NewScene(vault.Snapshot{Nodes: nodes}, now, Past{}).Judge()
}

func check(t *testing.T, scenarios map[string]scenario) {
	t.Helper()
	for name, c := range scenarios {
		findings := judge(c.nodes...)
		var got []string
		for _, f := range findings {
			got = append(got, summary(f))
			wellFormed(t, f)
		}
		all, cited := sentences(findings)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q\n%s", name, got, c.want, all)
		}
		for _, text := range c.cites {
			if !slices.ContainsFunc(cited, func(e string) bool { return e == text || strings.HasPrefix(e, text+": ") }) {
				t.Errorf("%s: nowhere %q in\n%s", name, text, strings.Join(cited, "\n"))
			}
		}
		for _, text := range c.says {
			if !strings.Contains(all, text) {
				t.Errorf("%s: nowhere %q in\n%s", name, text, all)
			}
		}
		for _, text := range c.not {
			if strings.Contains(all, text) {
				t.Errorf("%s: %q stands in\n%s", name, text, all)
			}
		}
	}
}

// sentences are the findings as people read them, and what they cite.
func sentences(findings []Finding) (all string, cited []string) {
	for _, f := range findings {
		all += strings.Join([]string{f.Rule, f.What, f.Follows, f.Do, f.Remedy, f.Command}, " | ") + "\n"
		for _, e := range f.Evidence {
			cited = append(cited, e.Node+" "+e.Source+": "+e.Says)
		}
	}
	return all, cited
}

func summary(f Finding) string {
	who := f.Node
	if who == "" {
		who = "-"
	}
	return []string{"notice", "degraded", "critical"}[f.Severity] + " " + f.Rule + " " + who
}
