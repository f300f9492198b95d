package ui

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/vault"
)

// BenchmarkKeyEcho is a key's way through the model to the drawing, with 1,000 nodes on show.
func BenchmarkKeyEcho(b *testing.B) {
	a := consoleOf(1000)
	keys := []tea.KeyPressMsg{{Code: tea.KeyDown}, {Code: tea.KeyTab}, {Code: 'z', Text: "z"}, {Code: tea.KeyPgDown}}
	var took []float64
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		a.Update(keys[i%len(keys)])
		_ = a.View()
		took = append(took, ms(time.Since(began)))
	}
	reportTimes(b, took)
}

// BenchmarkFold is what a key may have to wait for: the answers that come within one fold when 1,000 nodes are asked every
// other second.
func BenchmarkFold(b *testing.B) {
	a := consoleOf(1000)
	a.paused = true // what would be asked next is not measured
	burst := int(1000 * foldEvery / round)
	var took []float64
	for i := 0; b.Loop(); i += burst {
		for j := range burst {
			n := *a.snap.Nodes[(i+j)%1000]
			a.poll.inbox = append(a.poll.inbox, &n)
		}
		began := time.Now()
		a.Update(foldMsg{a.poll.gen})
		_ = a.View()
		took = append(took, ms(time.Since(began)))
	}
	reportTimes(b, took)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func reportTimes(b *testing.B, took []float64) {
	slices.Sort(took)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(took[len(took)/2], "median-ms")
	b.ReportMetric(took[len(took)*99/100], "p99-ms")
}

// consoleOf is a console of 120×36 to which every one of n nodes has just told all.
func consoleOf(n int) *App {
	a := New(context.Background(), Options{Session: Session{Cluster: vault.NewClients(vault.Settings{})}, Mode: theme.Dark})
	a.snap = healthy(n, time.Now())
	a.Update(tea.WindowSizeMsg{Width: 120, Height: 36})
	a.repicture()
	return a
}

// healthy is a cluster of n nodes of which the first leads.
func healthy(n int, now time.Time) vault.Snapshot {
	var s vault.Snapshot
	var ha []vault.HANode
	var raft []vault.RaftServer
	auto := vault.Autopilot{Healthy: true, Tolerance: (n - 1) / 2, Leader: "vault-1"}
	for i := range n {
		id, api, cluster := fmt.Sprintf("vault-%d", i+1), fmt.Sprintf("https://10.0.%d.%d:8200", i/250, i%250+1), fmt.Sprintf("10.0.%d.%d:8201", i/250, i%250+1)
		code, role := vault.CodeStandby, "voter"
		if i == 0 {
			code, role = vault.CodeActive, "leader"
		}
		s.Nodes = append(s.Nodes, &vault.Node{
			Address: api, ClusterAddress: cluster, RTT: 3 * time.Millisecond,
			Health: told(now, vault.Health{Code: code, Initialised: true, Standby: i > 0, Version: "1.21.0", ClusterName: "prod", FromVault: true}),
			Seal:   told(now, vault.SealStatus{Type: "shamir", Initialised: true, Threshold: 3, Shares: 5, Version: "1.21.0", FromVault: true}),
			Leader: told(now, vault.Leader{HAEnabled: true, IsSelf: i == 0, Address: "https://10.0.0.1:8200", ClusterAddress: "10.0.0.1:8201"}),
			Backends: told(now, vault.SealBackendStatus{
				Healthy: true, Backends: []vault.SealBackend{{Name: "shamir", Healthy: true}},
			}),
		})
		ha = append(ha, vault.HANode{Hostname: id, Address: api, ClusterAddress: cluster, Active: i == 0, LastEcho: now})
		raft = append(raft, vault.RaftServer{ID: id, Address: cluster, Leader: i == 0, Voter: true})
		auto.Servers = append(auto.Servers, vault.AutopilotServer{
			ID: id, Name: id, Address: cluster, NodeStatus: "alive", Status: role, Healthy: true, LastIndex: 1000, Version: "1.21.0",
		})
	}
	s.Nodes[0].HA, s.Nodes[0].Raft, s.Nodes[0].Autopilot = told(now, ha), told(now, raft), told(now, auto)
	return s
}

func told[T any](at time.Time, v T) vault.Section[T] {
	return vault.Section[T]{Value: v, At: at, Tried: at}
}

// Settled says that no answer is awaited, and that what came in is in the picture.
func (a *App) Settled() bool { return len(a.poll.pending) == 0 && len(a.poll.inbox) == 0 }
