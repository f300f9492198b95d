package ceremony_test

import (
	"strings"
	"testing"
	"time"

	"warder/demo"
	"warder/vault"
	"warder/vault/ceremony"
)

// migrating is a console at the nodes of a migration.
func (r *rig) migrating() *console {
	r.t.Helper()
	s := r.look()
	if !ceremony.Migrating(s) {
		r.t.Fatal("nobody tells of a migration")
	}
	c := r.console(ceremony.NewMigrate(s, false, &r.prints))
	c.do(ceremony.Continue{})
	return c
}

// round gives as many shares as it takes to the nodes that wait.
func (c *console) round(shares int, wants string) {
	c.t.Helper()
	c.do(ceremony.Picked{Key: "shares"})
	for i := range shares {
		c.toShare()
		if p := prompt[ceremony.EnterShare](c); !strings.Contains(strings.Join(p.Text, " "), wants) {
			c.t.Errorf("%q is not in %q", wants, p.Text)
		}
		c.give(c.share(i))
	}
}

// toShare confirms the nodes, and waits for the field.
func (c *console) toShare() {
	c.t.Helper()
	for range 20 {
		switch c.machine.Prompt().(type) {
		case ceremony.EnterShare:
			return
		case ceremony.TypeOut:
			c.do(ceremony.Confirmed{})
		default:
			c.wait(time.Second)
		}
	}
	c.t.Fatalf("no share is asked for: %#v", c.machine.Prompt())
}

// until waits for a prompt of a kind.
func until[P ceremony.Prompt](c *console) P {
	c.t.Helper()
	for range 60 {
		if p, ok := c.machine.Prompt().(P); ok {
			return p
		}
		c.wait(time.Second)
	}
	c.t.Fatalf("it stays at %#v", c.machine.Prompt())
	panic("unreached")
}

// TestSealMigratesAcrossTheCluster is the whole way in both directions, on every product: the nodes but the leader one by one,
// the leader's step-down, and the last node.
func TestSealMigratesAcrossTheCluster(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		for scenario, x := range map[string]struct{ title, wants, after string }{
			"migrate-to-auto":   {"Shamir → awskms", "the unseal shares in force. They become the recovery shares", "awskms"},
			"migrate-to-shamir": {"awskms → Shamir", "the recovery shares in force. They become the unseal shares", "shamir"},
		} {
			t.Run(era.String()+" "+scenario, func(t *testing.T) {
				scene(t, demo.Options{Scenario: scenario, Product: era}, func(r *rig) {
					c := r.migrating()
					nodes := r.nodes()
					p := until[ceremony.Pick](c)
					if text := strings.Join(p.Text, " "); !strings.Contains(text, nodes[0]+" was restarted") || !strings.Contains(text, nodes[1]+" runs with the old seal") {
						t.Errorf("%q", text)
					}
					c.round(3, x.wants)
					if w, ok := c.machine.Prompt().(ceremony.Wait); !ok || !strings.Contains(strings.Join(w.Text, " "), "restart "+nodes[2]) {
						t.Errorf("after the first node: %#v", c.machine.Prompt())
					}
					until[ceremony.Pick](c)
					c.round(3, x.wants)
					c.wait(time.Second)
					if p := until[ceremony.Pick](c); p.Options[0].Key != "down" || len(p.Options) != 1 {
						t.Errorf("then: %#v", p)
					}
					c.do(ceremony.Picked{Key: "down"})
					if p := prompt[ceremony.TypeOut](c); len(p.Nodes) != 1 || p.Nodes[0].Name != nodes[1] {
						t.Errorf("%+v", p)
					}
					c.do(ceremony.Confirmed{})
					c.wantHeard("was told to step down")
					if x.after == "shamir" {
						until[ceremony.Pick](c)
						c.round(3, x.wants)
					}
					end := until[ceremony.End](c)
					if !end.Good || !strings.Contains(end.Title, x.title) {
						t.Errorf("%+v", end)
					}
					for i := range nodes {
						if s := r.sealStatus(i); s.Sealed || s.Migration || s.Type != x.after {
							t.Errorf("node %d: %+v", i, s)
						}
					}
					c.wantNoSecret()
				})
			})
		}
	}
}

func TestStepDownWhoseAnswerIsLostIsReadFromTheNodes(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "migrate-to-auto"}, func(r *rig) {
		c := r.migrating()
		c.round(3, "unseal")
		until[ceremony.Pick](c)
		c.round(3, "unseal")
		c.wait(time.Second)
		until[ceremony.Pick](c)
		c.do(ceremony.Picked{Key: "down"})
		r.happens(demo.LoseReplies{Node: r.nodes()[1], Count: 1})
		c.do(ceremony.Confirmed{})
		c.wantAlarm("The answer to the step-down was lost")
		if e := until[ceremony.End](c); !e.Good {
			t.Errorf("%+v", e)
		}
	})
}

func TestNobodyStepsDownWhereAnotherLeadsMeanwhile(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "migrate-to-auto"}, func(r *rig) {
		c := r.migrating()
		c.round(3, "unseal")
		until[ceremony.Pick](c)
		c.round(3, "unseal")
		c.wait(time.Second)
		until[ceremony.Pick](c)
		c.do(ceremony.Picked{Key: "down"})
		r.happens(demo.StepDown{})
		time.Sleep(2 * time.Second)
		c.apply(ceremony.Confirmed{}) // the screen is older than the election
		for len(c.queue) > 0 {
			c.next()
		}
		c.wantHeard("Nobody was told to step down")
	})
}

func TestAWrongShareOfAMigrationLeavesTheNodeWaiting(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "migrate-to-shamir"}, func(r *rig) {
		c := r.migrating()
		c.do(ceremony.Picked{Key: "shares"})
		c.toShare()
		c.give(r.share(0))
		c.give(r.share(1))
		c.give(wrongShare(t, 77))
		c.wantAlarm("All shares it was given are gone")
		if s := r.sealStatus(0); !s.Sealed || !s.Migration || s.Progress != 0 {
			t.Errorf("%+v", s)
		}
		for i := range 3 {
			c.give(r.share(i))
		}
		c.wait(time.Second)
		if s := r.sealStatus(0); s.Sealed || !s.Migration {
			t.Errorf("%+v", s)
		}
		c.wantNoSecret()
	})
}

func TestWithoutAMigrationNobodyIsLedThroughOne(t *testing.T) {
	t.Parallel()
	for _, scenario := range []string{"healthy", "sealed", "auto-unseal", "seal-ha", "uninitialised"} {
		scene(t, demo.Options{Scenario: scenario}, func(r *rig) {
			if ceremony.Migrating(r.look()) {
				t.Errorf("%s: a migration", scenario)
			}
		})
	}
	if ceremony.Migrating(vault.Snapshot{}) {
		t.Error("nobody at all migrates")
	}
}
