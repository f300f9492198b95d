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

// signs are what each scenario shows of what it says.
var signs = []struct {
	scenario string
	want     string
	sign     func(*asker) any
}{
	{"seal-ha", "[true false]", func(a *asker) any { return a.backends(0) }},
	{"seal-ha", "true", func(a *asker) any { return a.wants(1, "sys/sealwrap/rewrap", 200)["is_running"] }},
	{"healthy", "true", func(a *asker) any { return a.wants(1, autopilotPath, 200)["healthy"] }},
	{"busy", "[473 200 473 473 473]", func(a *asker) any { return a.codes() }},
	{"sealed", "[503 503 503]", func(a *asker) any { return a.codes() }},
	{"one-sealed", "[429 200 503]", func(a *asker) any { return a.codes() }},
	{"uninitialised", "[501 501 501]", func(a *asker) any { return a.codes() }},
	{"uninitialised-auto", "[501 501 501]", func(a *asker) any { return a.codes() }},
	{"uninitialised-auto", "true", func(a *asker) any { return a.wants(0, "sys/seal-status", 200)["recovery_seal"] }},
	{"seal-backend-down", "[true false]", func(a *asker) any { return a.backends(1) }},
	{"all-backends-down", "[false false]", func(a *asker) any { return a.backends(2) }},
	{"all-backends-down", "[429 200 429]", func(a *asker) any { return a.codes() }},
	{"rewrap", "true", func(a *asker) any { return a.wants(0, "sys/sealwrap/rewrap", 200)["is_running"] }},
	{"quorum-lost", "[0 429 0]", func(a *asker) any { return a.codes() }},
	{"recovery-mode", "[404 0 0]", func(a *asker) any { return a.codes() }},
	{"tolerance-zero", "0", func(a *asker) any { return a.wants(1, autopilotPath, 200)["failure_tolerance"] }},
	{"leader-flapping", "true", func(a *asker) any { return a.flaps() }},
	{"slow-node", "1.5s", func(a *asker) any { return a.cluster.nodes[2].slow }},
	{"hung-node", "0", func(a *asker) any { return a.wants(1, autopilotPath, 200)["failure_tolerance"] }},
	{"removed-peer", "[429 200 530]", func(a *asker) any { return a.codes() }},
	{"clock-skew", "240", func(a *asker) any { return a.serverTime(2) - a.serverTime(0) }},
	{"wrong-name", "[old-vault-3.example]", func(a *asker) any { return a.cluster.bearerOf(a.cluster.nodes[2]).names }},
	{"dead-voter", "left", func(a *asker) any { return a.judged("vault-5")["node_status"] }},
	{"even-voters", "1", func(a *asker) any { return a.wants(1, autopilotPath, 200)["failure_tolerance"] }},
	{"rewrap-stuck", "0", func(a *asker) any {
		processed := func() float64 {
			return a.wants(1, "sys/sealwrap/rewrap", 200)["entries"].(map[string]any)["processed"].(float64)
		}
		before := processed()
		a.pass(time.Minute)
		return processed() - before
	}},
	{"key-rotation-overdue", "720h0m0s", func(a *asker) any { return a.wants(1, "sys/rotate/config", 200)["interval"] }},
	{"version-mix", "1.20.4", func(a *asker) any { return a.wants(2, "sys/seal-status", 200)["version"] }},
	{"auto-unseal", "true", func(a *asker) any { return a.wants(0, "sys/seal-status", 200)["recovery_seal"] }},
	{"migrate-to-auto", "awskms true", func(a *asker) any {
		s := a.wants(0, "sys/seal-status", 200)
		return fmt.Sprint(s["type"], " ", s["migration"])
	}},
	{"migrate-to-shamir", "shamir true", func(a *asker) any {
		s := a.wants(0, "sys/seal-status", 200)
		return fmt.Sprint(s["type"], " ", s["migration"])
	}},
	{"rekey-in-progress", "1", func(a *asker) any { return a.wants(0, "sys/rekey/init", 200)["progress"] }},
	{"key-store-down", "200 Cannot connect to KMS server.", func(a *asker) any { return a.storeSays() }},
	{"no-token", "[permission denied]", func(a *asker) any { return a.wants(0, "sys/ha-status", 403)["errors"] }},
}

func TestEachScenarioShowsWhatItSays(t *testing.T) {
	t.Parallel()
	for _, s := range signs {
		t.Run(s.scenario, func(t *testing.T) {
			t.Parallel()
			if got := fmt.Sprint(s.sign(ask(t, Options{Scenario: s.scenario}))); got != s.want {
				t.Errorf("%s, want %s", got, s.want)
			}
		})
	}
}

// flaps says whether the active node is another half a minute later.
func (a *asker) flaps() bool {
	a.pass(time.Second)
	first := a.leader()
	a.pass(31 * time.Second)
	second := a.leader()
	return first >= 0 && second >= 0 && first != second
}

// judged is what autopilot says of one server.
func (a *asker) judged(id string) map[string]any {
	return a.wants(1, autopilotPath, 200)["servers"].(map[string]any)[id].(map[string]any)
}

func (a *asker) serverTime(node int) float64 {
	_, answer := a.get(node, "sys/health")
	return answer["server_time_utc"].(float64)
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
