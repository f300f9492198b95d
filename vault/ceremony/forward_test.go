package ceremony_test

import (
	"context"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"warder/demo"
	"warder/vault"
	"warder/vault/ceremony"
)

// behindAStandby leaves only one standby to be reached, as behind a load balancer.
func behindAStandby(r *rig) {
	r.t.Helper()
	active := r.look().Active()[0].Address
	standby := r.cluster.Addresses()[0]
	if standby == active {
		standby = r.cluster.Addresses()[1]
	}
	s, err := vault.SimulatedSettings([]string{standby}, r.cluster.Token(), nil)
	if err != nil {
		r.t.Fatal(err)
	}
	s.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
		if "http://"+addr != standby {
			return nil, &net.OpError{Op: "dial", Net: network, Err: syscall.ECONNREFUSED}
		}
		return r.cluster.Dial(ctx, network, addr)
	}
	r.clients.Close()
	r.clients, r.seen = vault.NewClients(s), vault.NewSnapshot(standby)
}

// glance reads what the snapshot knows of by now, as the console does.
func (r *rig) glance() vault.Snapshot {
	for range 2 {
		for _, n := range r.seen.Nodes {
			r.seen = r.seen.Merge(r.clients.Fetch(r.t.Context(), vault.Ask{Address: n.Address, Learnt: n.Learnt, Lane: vault.Vital}))
		}
	}
	return r.seen
}

func TestAStandbyOfVaultHandsRequestsOn(t *testing.T) {
	t.Parallel()
	for _, era := range []demo.Product{demo.Vault, demo.Vault2} {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "healthy", Product: era}, func(r *rig) {
				behindAStandby(r)
				c := r.console(ceremony.NewGenerateRoot(r.glance(), false, &r.prints))
				c.do(ceremony.Continue{})
				c.do(ceremony.Confirmed{})
				if p := prompt[ceremony.TypeOut](c); len(p.Nodes) != 1 || !p.Nodes[0].Forwards || !strings.Contains(strings.Join(p.Text, " "), "hands requests on") {
					t.Errorf("asked %+v", p)
				}
				c.do(ceremony.Confirmed{})
				c.pick("otp")
				for i := range 3 {
					c.give(r.share(i))
				}
				prompt[ceremony.Pick](c)
				c.wantNoSecret()
			})
		})
	}
}

func TestAStandbyOfOpenBaoIsAskedNothing(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy", Product: demo.OpenBao}, func(r *rig) {
		behindAStandby(r)
		c := r.console(ceremony.NewGenerateRoot(r.glance(), false, &r.prints))
		c.do(ceremony.Continue{})
		time.Sleep(3 * time.Second)
		c.do(ceremony.Observed{Snapshot: r.glance()})
		if p := prompt[ceremony.Wait](c); !strings.Contains(strings.Join(p.Text, " "), "OpenBao's standbys keep such requests to themselves") {
			t.Errorf("told %q", p.Text)
		}
	})
}

func TestNodesThatAskForDifferentSetsAreTold(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
		s := r.look()
		other := *s.Nodes[2]
		other.Seal.Value.Threshold, other.Seal.Value.Shares = 2, 4
		s.Nodes[2] = &other
		c := r.console(ceremony.NewUnseal(ceremony.Sealed(s, false), s, &r.prints))
		if told := strings.Join(prompt[ceremony.Tell](c).Text, " "); !strings.Contains(told, "any 2 of 4 shares") || !strings.Contains(told, "do not ask for the same set") {
			t.Errorf("told %q", told)
		}
	})
}

func TestPreflightTellsHowTheClusterIs(t *testing.T) {
	t.Parallel()
	for scenario, words := range map[string][]string{
		"healthy":           {"All 3 nodes answer.", "No node is sealed.", "1 voter can be lost"},
		"tolerance-zero":    {"not to be reached: ", "No voter can be lost"},
		"one-sealed":        {"sealed: vault-3. What is sealed"},
		"seal-backend-down": {"an unhealthy seal backend is seen by"},
	} {
		scene(t, demo.Options{Scenario: scenario}, func(r *rig) {
			c := r.console(ceremony.NewRekey(r.look(), false, &r.prints, nil))
			told := strings.Join(prompt[ceremony.Tell](c).Text, " ")
			for _, w := range words {
				if !strings.Contains(told, w) {
					t.Errorf("%s: %q is not told:\n%s", scenario, w, told)
				}
			}
		})
	}
}
