package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
	"warder/report"
	"warder/vault"
	"warder/vault/rules"
)

var update = flag.Bool("update", false, "write docs/scenarios.md anew")

// overSockets are the scenarios that pipes cannot show: over one, a handshake that fails waits for ever for a reader of its
// alert; and key stores are reached by the network.
var overSockets = []string{"wrong-name", "key-store-down"}

// simulated is a reading of a simulated cluster over pipes, which has to be made in a synctest bubble, or over sockets.
func simulated(t *testing.T, scenario string) (reading, *demo.Cluster) {
	t.Helper()
	if slices.Contains(overSockets, scenario) {
		s, stores, _, err := simulatedSettings(scenario)
		if err != nil {
			t.Fatal(err)
		}
		return reading{vault.NewClients(s), vault.NewSnapshot(s.Addresses...), stores}, nil
	}
	c, err := demo.New(demo.Options{Scenario: scenario, Random: rand.NewChaCha8([32]byte{})})
	if err != nil {
		t.Fatal(err)
	}
	c.ListenPipe()
	s, err := vault.SimulatedSettings(c.Addresses(), c.Token(), c.CACert())
	if err != nil {
		t.Fatal(err)
	}
	s.Dial = c.Dial
	clients := vault.NewClients(s)
	t.Cleanup(func() {
		clients.Close()
		c.Close()
		time.Sleep(time.Minute) // what was given up runs out
	})
	return reading{cluster: clients, start: vault.NewSnapshot(s.Addresses...)}, c
}

func exitOf(err error) int {
	var c coded
	switch {
	case err == nil:
		return 0
	case errors.As(err, &c):
		return c.code
	}
	return codeUntold
}

const scenariosFile = "../../docs/scenarios.md"

func TestScenariosAreToldAsTheDocsSay(t *testing.T) {
	var b strings.Builder
	b.WriteString("# What each scenario is told as\n\nOne reading of `warder status --demo=SCENARIO`. A test makes this table.\n\n" +
		"| scenario | what it simulates | verdict | exit code | first finding |\n| --- | --- | --- | --- | --- |\n")
	for _, s := range demo.Scenarios() {
		tell := func(t *testing.T) {
			r, _ := simulated(t, s.Name)
			scene := r.once(t.Context(), readingTakes)
			told := report.New(scene, scene.Judge(), "")
			first := "–"
			if len(told.Findings) > 0 {
				f := told.Findings[0]
				first = fmt.Sprintf("%s: %s (%s)", f.Severity, f.What, f.Rule)
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %d | %s |\n", s.Name, s.Sentence, told.Verdict, exitOf(outcome(told.Verdict)), first)
			for line := range strings.SplitSeq(told.Table(), "\n") {
				if len([]rune(line)) > report.Columns && !strings.HasPrefix(strings.TrimSpace(line), "$ ") {
					t.Errorf("%s: wider than %d: %q", s.Name, report.Columns, line)
				}
			}
		}
		if slices.Contains(overSockets, s.Name) {
			t.Run(s.Name, tell)
		} else {
			synctest.Test(t, tell)
		}
	}
	if *update {
		if err := os.WriteFile(scenariosFile, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(scenariosFile)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("docs/scenarios.md is not as it was (-update writes it anew):\n%s", b.String())
	}
}

func TestVerdictsHaveTheirExitCodes(t *testing.T) {
	t.Parallel()
	for health, want := range map[rules.Health]int{rules.Well: 0, rules.Untold: 1, rules.Dire: 2, rules.Weak: 3} {
		if got := exitOf(outcome(report.VerdictOf(health))); got != want {
			t.Errorf("%s ends with %d, want %d", health, got, want)
		}
	}
}

func TestAHungNodeCostsAStatusNoMoreThanItsPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := simulated(t, "hung-node")
		began := time.Now()
		scene := r.once(t.Context(), 3*time.Second)
		if took := time.Since(began); took > 3*time.Second+100*time.Millisecond {
			t.Errorf("took %s", took)
		}
		if raft, _ := scene.Raft(); !raft.Fresh() {
			t.Error("what the others know is not told")
		}
	})
}

func TestWaitingEndsWhenItIsSoAndRunsOutOfTime(t *testing.T) {
	for _, what := range []string{"unsealed", "leader", "healthy"} {
		synctest.Test(t, func(t *testing.T) {
			r, c := simulated(t, "sealed")
			if _, met := r.until(t.Context(), 10*time.Second, conditions[what]); met {
				t.Errorf("%s: a sealed cluster is", what)
			}
			go func() {
				time.Sleep(20 * time.Second)
				for _, n := range c.Nodes() {
					if err := c.Apply(demo.Unseal{Node: n}); err != nil {
						t.Error(err)
					}
				}
			}()
			began := time.Now()
			_, met := r.until(context.Background(), 5*time.Minute, conditions[what])
			if took := time.Since(began); !met || took < 20*time.Second || took > 3*time.Minute {
				t.Errorf("%s: %v after %s", what, met, took)
			}
		})
	}
}

func TestStatusRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	good := statusFlags{output: "table", patience: time.Second, timeout: time.Second}
	for name, change := range map[string]func(*statusFlags){
		"output":   func(f *statusFlags) { f.output = "yaml" },
		"wait-for": func(f *statusFlags) { f.waitFor = "sunday" },
		"patience": func(f *statusFlags) { f.patience = 0 },
	} {
		f := good
		change(&f)
		if err := status(t.Context(), &strings.Builder{}, f); err == nil || exitOf(err) != codeUntold || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
