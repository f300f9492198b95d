package demo

import (
	"testing"
	"time"
)

// unsealWith gives a node shares as a custodian would. Each is to be answered by the status.
func (a *asker) unsealWith(node, shares int, migrate bool, status int) {
	for i, share := range a.shares()[:shares] {
		if i == 2 && migrate && a.cluster.product.bao() {
			status = 500 // it took the share all the same
		}
		if got, said := a.put(node, "sys/unseal", fields{"key": share, "migrate": migrate}); got != status {
			a.t.Fatalf("unseal: %d, want %d: %v", got, status, said)
		}
	}
}

func TestSealMigratesNodeByNodeWithTheLeaderLast(t *testing.T) {
	t.Parallel()
	for _, p := range []Product{Vault, Vault2, OpenBao} {
		for scenario, want := range map[string]struct {
			before, after string
			auto          bool
		}{
			"migrate-to-auto":   {"shamir", "awskms", true},
			"migrate-to-shamir": {"awskms", "shamir", false},
		} {
			t.Run(p.String()+" "+scenario, func(t *testing.T) {
				t.Parallel()
				a := ask(t, Options{Scenario: scenario, Product: p})
				status := func(n int) (kind string, sealed, migration bool) {
					s := a.wants(n, "sys/seal-status", 200)
					return s["type"].(string), s["sealed"].(bool), s["migration"].(bool)
				}
				says := func(n int, kind string, sealed, migration bool) {
					t.Helper()
					if p.bao() && migration && !sealed { // OpenBao does not say it in so many words
						a.wants(n, "sys/seal-status", 500)
						a.wants(n, "sys/health", 500)
						return
					}
					if k, s, m := status(n); k != kind || s != sealed || m != migration {
						t.Errorf("node %d: %s, sealed %t, migration %t", n, k, s, m)
					}
				}
				says(0, want.after, true, true)
				says(1, want.before, false, false)
				says(2, want.before, false, false)
				a.unsealWith(0, 1, false, 500)
				a.unsealWith(0, 3, true, 200)
				says(0, want.after, false, true)
				a.pass(2 * rollPause)
				says(2, want.after, true, true)
				a.unsealWith(2, 3, true, 200)
				a.pass(2 * rollPause)
				says(1, want.before, false, false) // the leader goes on
				if a.leader() != 1 {
					t.Fatalf("node %d leads", a.leader())
				}
				if got, _ := a.put(1, "sys/step-down", nil); got != 204 {
					t.Fatalf("step-down: %d", got)
				}
				a.pass(2 * rollPause)
				says(0, want.after, false, false)
				says(2, want.after, false, false)
				if want.auto {
					says(1, want.after, false, false) // it opened itself
					return
				}
				says(1, want.after, true, false)
				a.unsealWith(1, 3, false, 200)
				says(1, want.after, false, false)
			})
		}
	}
}

func TestNothingMigratesWhereNobodyWasRestarted(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "sealed"})
	a.unsealWith(0, 1, true, 500)
	if s := a.wants(0, "sys/seal-status", 200); s["progress"] != float64(0) {
		t.Errorf("%v", s)
	}
	if err := a.cluster.Apply(Restart{"vault-9", "awskms"}); err == nil {
		t.Error("a node that there is not was restarted")
	}
	a = ask(t, Options{Scenario: "seal-ha"})
	if err := a.cluster.Apply(Restart{"vault-1", "shamir"}); err == nil {
		t.Error("one of several seals was migrated")
	}
	a.pass(time.Second)
}
