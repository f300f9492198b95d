package views_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"warder/theme"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
)

var now = time.Date(2026, 11, 22, 2, 26, 0, 0, time.UTC)

// section is an answer had a while ago.
func section[T any](v T, ago time.Duration) vault.Section[T] {
	return vault.Section[T]{Value: v, At: now.Add(-ago), Tried: now.Add(-ago)}
}

// refused is a try without an answer ever.
func refused[T any](kind vault.Kind) vault.Section[T] {
	return vault.Section[T]{Tried: now, Err: &vault.Error{Op: "sys/x", Address: "a", Kind: kind, Status: 400, Messages: []string{"as the server words it"}}}
}

// later is an old value after a failed try.
func later[T any](s vault.Section[T], ago time.Duration, kind vault.Kind) vault.Section[T] {
	f := refused[T](kind)
	return vault.Section[T]{Value: s.Value, At: now.Add(-ago), Tried: now, Err: f.Err}
}

func node(i int, code int) *vault.Node {
	address := fmt.Sprintf("https://vault-%d.example:8200", i)
	n := &vault.Node{
		Address: address, ClusterAddress: fmt.Sprintf("https://vault-%d.example:8201", i), RTT: 2 * time.Millisecond,
		Health: section(vault.Health{
			Code: code, Initialised: code != vault.CodeUninit, Sealed: code == vault.CodeSealed, Standby: code != vault.CodeActive,
			Version: "1.21.0", ClusterName: "prod", Enterprise: true, FromVault: true,
		}, time.Second),
		Seal: section(vault.SealStatus{
			Type: "shamir", Initialised: true, Sealed: code == vault.CodeSealed, Threshold: 3, Shares: 5, Progress: 1,
			Version: "1.21.0", StorageType: "raft",
		}, time.Second),
		Backends: section(vault.SealBackendStatus{
			Healthy: true, Backends: []vault.SealBackend{{Name: "shamir", Healthy: true}}, FullyWrapped: true,
		}, 10*time.Second),
		Certificate: &vault.Certificate{NotAfter: now.Add(41 * 24 * time.Hour), Names: "vault.example", Issuer: "prod CA", Fingerprint: "ab12"},
	}
	return n
}

// healthy is a cluster in which nothing is wrong; the second node leads.
func healthy() vault.Snapshot {
	s := vault.Snapshot{Nodes: []*vault.Node{node(1, vault.CodeStandby), node(2, vault.CodeActive), node(3, vault.CodeStandby)}}
	lead := s.Nodes[1]
	var servers []vault.RaftServer
	var judged []vault.AutopilotServer
	var ha []vault.HANode
	for i := 1; i <= 3; i++ {
		id, cluster := fmt.Sprintf("vault-%d", i), fmt.Sprintf("vault-%d.example:8201", i)
		servers = append(servers, vault.RaftServer{ID: id, Address: cluster, Leader: i == 2, Voter: true})
		judged = append(judged, vault.AutopilotServer{
			ID: id, Name: id, Address: cluster, NodeStatus: "alive", Status: "voter", Healthy: true,
			LastContact: time.Duration(i) * 700 * time.Millisecond, LastTerm: 4, LastIndex: 1000 - uint64(i%2),
			StableSince: now.Add(-72 * time.Hour), Version: "1.21.0",
		})
		ha = append(ha, vault.HANode{
			Hostname: "host", Address: s.Nodes[i-1].Address, ClusterAddress: "https://" + cluster, Active: i == 2,
			LastEcho: now.Add(-2 * time.Second), Version: "1.21.0",
		})
	}
	lead.Leader = section(vault.Leader{HAEnabled: true, IsSelf: true, Address: lead.Address}, time.Second)
	lead.Raft = section(servers, 4*time.Second)
	lead.Autopilot = section(vault.Autopilot{
		Healthy: true, Tolerance: 1, Leader: "vault-2", Voters: []string{"vault-1", "vault-2", "vault-3"}, Servers: judged,
	}, 4*time.Second)
	lead.AutopilotConfig = section(vault.AutopilotConfig{ContactThreshold: 10 * time.Second, MaxTrailing: 1000}, 4*time.Second)
	lead.HA = section(ha, 4*time.Second)
	lead.Rewrap = section(vault.Rewrap{Processed: 12410, Succeeded: 12402, Failed: 8}, time.Second)
	lead.Token = section(vault.TokenInfo{Policies: []string{"ops"}, TTL: 47 * time.Minute, Expires: true}, time.Second)
	return s
}

// states are the situations that every pane has to draw.
var states = []struct {
	name  string
	apply func(*vault.Snapshot)
}{
	{"healthy", func(*vault.Snapshot) {}},
	{"loading", func(s *vault.Snapshot) {
		*s = vault.NewSnapshot("https://vault-1.example:8200", "https://vault-2.example:8200")
	}},
	{"no token", func(s *vault.Snapshot) { without(s.Nodes[1], vault.NoToken) }},
	{"denied", func(s *vault.Snapshot) { without(s.Nodes[1], vault.Denied) }},
	{"unsupported here", func(s *vault.Snapshot) {
		without(s.Nodes[1], vault.Unsupported)
		for _, n := range s.Nodes {
			n.Health.Value.FromVault, n.Health.Value.Enterprise, n.Seal.Value.FromOpenBao = false, false, true
			n.Backends = refused[vault.SealBackendStatus](vault.Unsupported)
		}
	}},
	{"one sealed", func(s *vault.Snapshot) {
		keep := node(3, vault.CodeSealed)
		keep.Since, keep.Witnessed = now.Add(-4*time.Minute), true
		s.Nodes[2] = keep
		lose(s.Nodes[1])
	}},
	{"all sealed", func(s *vault.Snapshot) {
		for i := range s.Nodes {
			s.Nodes[i] = node(i+1, vault.CodeSealed)
		}
	}},
	{"unreachable", func(s *vault.Snapshot) {
		down(s.Nodes[2], vault.ConnRefused)
		down(s.Nodes[0], vault.Timeout)
		s.Nodes[0].Learnt = true
	}},
	{"no answer of a Vault", func(s *vault.Snapshot) {
		s.Nodes[0].Health = vault.Section[vault.Health]{
			Tried: now, Err: &vault.Error{Kind: vault.Malformed, Cause: errors.New("it is HTML or XML (a proxy's page?)")},
		}
	}},
	{"stale", func(s *vault.Snapshot) {
		for _, n := range s.Nodes {
			n.Health.At, n.Health.Tried = now.Add(-40*time.Second), now.Add(-40*time.Second)
			n.Backends.At = now.Add(-3 * time.Minute)
		}
		lead := s.Nodes[1]
		lead.Raft = later(lead.Raft, 2*time.Minute, vault.NoActive)
		lead.Rewrap = later(lead.Rewrap, 2*time.Minute, vault.Failed)
	}},
	{"seal backend unhealthy, rewrap running", func(s *vault.Snapshot) {
		for i, n := range s.Nodes {
			n.Seal.Value.RecoverySeal, n.Seal.Value.Type = true, "awskms"
			eu := vault.SealBackend{Name: "awskms-eu", Healthy: true}
			us := vault.SealBackend{Name: "awskms-us", Healthy: i == 0, UnhealthySince: now.Add(-12 * time.Minute)}
			n.Backends.Value = vault.SealBackendStatus{Healthy: i == 0, Backends: []vault.SealBackend{eu, us}}
		}
		s.Nodes[1].Rewrap.Value.Running = true
	}},
	{"certificate expiring, clocks apart, versions mixed, a peer of unknown address", func(s *vault.Snapshot) {
		s.Nodes[0].Certificate.NotAfter = now.Add(6 * 24 * time.Hour)
		s.Nodes[0].Skew = -14 * time.Second
		s.Nodes[2].Health.Value.Version = "1.20.4"
		lead := s.Nodes[1]
		lead.Raft.Value = append(lead.Raft.Value, vault.RaftServer{ID: "vault-4", Address: "10.0.0.4:8201"})
	}},
	{"no active node", func(s *vault.Snapshot) {
		s.Nodes[1].Health.Value.Code = vault.CodeStandby
		s.Nodes[1].Leader = section(vault.Leader{HAEnabled: true}, time.Second)
		down(s.Nodes[2], vault.ConnRefused)
		down(s.Nodes[0], vault.ConnRefused)
	}},
}

func without(n *vault.Node, kind vault.Kind) {
	n.Raft, n.Autopilot, n.HA = refused[[]vault.RaftServer](kind), refused[vault.Autopilot](kind), refused[[]vault.HANode](kind)
	n.Rewrap, n.Token = refused[vault.Rewrap](kind), refused[vault.TokenInfo](kind)
}

func lose(lead *vault.Node) {
	lead.Autopilot.Value.Healthy, lead.Autopilot.Value.Tolerance = false, 0
	gone := &lead.Autopilot.Value.Servers[2]
	gone.Healthy, gone.LastContact, gone.LastIndex, gone.StableSince = false, 4*time.Minute, 678, now.Add(-4*time.Minute)
}

func down(n *vault.Node, why vault.Why) {
	n.Health = vault.Section[vault.Health]{
		Value: n.Health.Value, At: now.Add(-time.Minute), Tried: now, Err: &vault.Error{Kind: vault.Unreachable, Why: why},
	}
}

func panes() map[string]views.Pane {
	start := key.NewBinding(key.WithKeys("w"), key.WithHelp("w", "start rewrap"))
	return map[string]views.Pane{
		"health": views.NewHealth(), "raft": views.NewRaft(), "seal": views.NewSeal(), "rewrap": views.NewRewrap(start),
		"findings": views.NewFindings(),
	}
}

// TestPanesInEachState draws each pane in each state as wide as in a window of 80 and of 120 columns.
func TestPanesInEachState(t *testing.T) {
	t.Parallel()
	for name := range panes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			for _, state := range states {
				s := healthy()
				state.apply(&s)
				for _, w := range []int{78, 58} {
					pane := panes()[name]
					pane.SetPicture(views.NewPicture(rules.NewScene(s, now, rules.Past{}), theme.New(theme.Mono, true, false)))
					pane.SetSize(w, 12)
					pane.SetSize(w, min(12, pane.Need()))
					fmt.Fprintf(&b, "== %s, %d columns\nnote: %s\nfolded: %s\n", state.name, w, pane.Note().Text, pane.Line())
					b.WriteString(trimmed(pane.View(true)) + "\n")
				}
			}
			golden.RequireEqual(t, []byte(b.String()))
		})
	}
}

// TestDetails draws what enter opens.
func TestDetails(t *testing.T) {
	t.Parallel()
	for name := range panes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			for _, state := range states {
				s := healthy()
				state.apply(&s)
				pane := panes()[name]
				pane.SetPicture(views.NewPicture(rules.NewScene(s, now, rules.Past{}), theme.New(theme.Mono, true, false)))
				pane.SetSize(78, 20)
				sheet := views.NewDetail(pane)
				sheet.SetSize(76, 40)
				fmt.Fprintf(&b, "== %s: %s\n%s\n", state.name, sheet.Title(), trimmed(sheet.View(theme.New(theme.Mono, true, false))))
			}
			golden.RequireEqual(t, []byte(b.String()))
		})
	}
}

func trimmed(s string) string {
	lines := strings.Split(ansi.Strip(s), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n")
}
