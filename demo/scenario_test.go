package demo

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"
)

// TestEachScenarioShowsWhatItSays reads each scenario's own signs.
func TestEachScenarioShowsWhatItSays(t *testing.T) {
	t.Parallel()
	signs := map[string]func(*asker) any{
		"seal-ha": func(a *asker) any {
			return []any{a.wants(0, "sys/seal-backend-status", 200)["healthy"], a.wants(1, "sys/sealwrap/rewrap", 200)["is_running"]}
		},
		"healthy":       func(a *asker) any { return a.wants(1, autopilotPath, 200)["healthy"] },
		"busy":          func(a *asker) any { return len(a.cluster.Addresses()) },
		"sealed":        func(a *asker) any { return a.codes() },
		"one-sealed":    func(a *asker) any { return a.codes() },
		"uninitialised": func(a *asker) any { return a.codes() },
		"seal-backend-down": func(a *asker) any {
			return fmt.Sprint(a.backends(0), a.backends(1), a.backends(2))
		},
		"all-backends-down": func(a *asker) any { return fmt.Sprint(a.backends(0), a.codes()) },
		"rewrap":            func(a *asker) any { return a.wants(0, "sys/sealwrap/rewrap", 200)["is_running"] },
		"quorum-lost":       func(a *asker) any { return a.codes() },
		"tolerance-zero":    func(a *asker) any { return a.wants(1, autopilotPath, 200)["failure_tolerance"] },
		"leader-flapping": func(a *asker) any {
			a.pass(time.Second)
			first := a.leader()
			a.pass(31 * time.Second)
			return first >= 0 && a.leader() >= 0 && first != a.leader()
		},
		"slow-node":    func(a *asker) any { return a.cluster.nodes[2].slow.String() },
		"hung-node":    func(a *asker) any { return a.wants(1, autopilotPath, 200)["failure_tolerance"] },
		"removed-peer": func(a *asker) any { return a.codes() },
		"clock-skew": func(a *asker) any {
			return a.wants(2, "sys/health", 429)["server_time_utc"].(float64) - a.wants(1, "sys/health", 200)["server_time_utc"].(float64)
		},
		"version-mix":       func(a *asker) any { return a.wants(2, "sys/seal-status", 200)["version"] },
		"auto-unseal":       func(a *asker) any { return a.wants(0, "sys/seal-status", 200)["recovery_seal"] },
		"rekey-in-progress": func(a *asker) any { return a.wants(0, "sys/rekey/init", 200)["progress"] },
		"no-token":          func(a *asker) any { return a.wants(0, "sys/ha-status", 403)["errors"] },
	}
	want := map[string]any{
		"seal-ha": []any{false, true}, "healthy": true, "busy": 5,
		"sealed": []int{503, 503, 503}, "one-sealed": []int{429, 200, 503}, "uninitialised": []int{501, 501, 501},
		"seal-backend-down": "[true false] [true false] [true false]", "all-backends-down": "[false false] [429 200 429]",
		"rewrap": true, "quorum-lost": []int{0, 429, 0}, "tolerance-zero": 0, "leader-flapping": true,
		"slow-node": "1.5s", "hung-node": 0, "removed-peer": []int{429, 200, 530}, "clock-skew": 240,
		"version-mix": "1.20.4", "auto-unseal": true, "rekey-in-progress": 1, "no-token": "[permission denied]",
	}
	for name, sign := range signs {
		if got := fmt.Sprint(sign(ask(t, Options{Scenario: name}))); got != fmt.Sprint(want[name]) {
			t.Errorf("%s: %s, want %v", name, got, want[name])
		}
	}
}

// codes are the nodes' health codes, 0 for one that refuses.
func (a *asker) codes() []int {
	var out []int
	for i := range a.cluster.Addresses() {
		status, _ := a.get(i, "sys/health")
		out = append(out, status)
	}
	return out
}

func (a *asker) backends(node int) []any {
	var out []any
	for _, b := range a.wants(node, "sys/seal-backend-status", 200)["backends"].([]any) {
		out = append(out, b.(map[string]any)["healthy"])
	}
	return out
}

func TestEveryScenarioRunsOnEveryProductAndSize(t *testing.T) {
	t.Parallel()
	for _, s := range Scenarios() {
		for product := range products {
			for _, nodes := range []int{0, 1, 7} {
				a := &asker{t: t, now: time.Date(2026, 11, 21, 23, 0, 0, 0, time.UTC)}
				c, err := New(Options{Scenario: s.Name, Product: product, Nodes: nodes, Now: func() time.Time { return a.now }})
				if err != nil {
					t.Fatalf("%s on %v with %d nodes: %v", s.Name, product, nodes, err)
				}
				a.pass(time.Hour)
				if err := c.Apply(StepDown{}); err != nil {
					t.Errorf("%s on %v: %v", s.Name, product, err)
				}
				c.Close()
			}
		}
	}
}

func TestOneSeedAndClockMakeOneRun(t *testing.T) {
	t.Parallel()
	run := func(scenario string) string {
		a := ask(t, Options{Scenario: scenario})
		var all bytes.Buffer
		for range 30 {
			a.pass(7 * time.Second)
			for node := range 3 {
				for _, path := range []string{"sys/health", "sys/leader", autopilotPath, "sys/ha-status", "sys/seal-backend-status"} {
					status, answer := a.get(node, path)
					fmt.Fprintln(&all, node, path, status, answer)
				}
			}
		}
		return all.String()
	}
	for _, scenario := range []string{"seal-ha", "leader-flapping"} {
		first, second := run(scenario), run(scenario)
		if first != second {
			t.Errorf("%s: two runs of one seed and clock differ", scenario)
		}
	}
}

func TestConcurrentRequestsAndFaultsAreSafe(t *testing.T) {
	t.Parallel()
	c, err := New(Options{Scenario: "seal-ha"})
	if err != nil {
		t.Fatal(err)
	}
	c.ListenPipe()
	defer c.Close()
	token := text(c.Token())
	client := &http.Client{Transport: &http.Transport{DialContext: c.Dial}}
	var readers sync.WaitGroup
	for node := range 3 {
		for _, path := range []string{"sys/health", autopilotPath, "sys/seal-backend-status", "sys/sealwrap/rewrap", "sys/mounts"} {
			readers.Go(func() {
				for range 30 {
					q, _ := http.NewRequest(http.MethodGet, c.Addresses()[node]+"/v1/"+path, nil)
					q.Header.Set("X-Vault-Token", token)
					if a, err := client.Do(q); err == nil {
						io.Copy(io.Discard, a.Body)
						a.Body.Close()
					}
				}
			})
		}
	}
	for range 10 {
		for _, f := range []Fault{Stop{"vault-3"}, Start{"vault-3"}, StepDown{}, Hang{"vault-1"}, Unhang{"vault-1"}} {
			if err := c.Apply(f); err != nil {
				t.Error(err)
			}
		}
	}
	readers.Wait()
}
