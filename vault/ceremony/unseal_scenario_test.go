package ceremony_test

import (
	"slices"
	"testing"
	"time"

	"warder/demo"
	"warder/vault"
	"warder/vault/ceremony"
)

var eras = []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao}

// unsealing is a console at the first share of all sealed nodes.
func (r *rig) unsealing() *console {
	r.t.Helper()
	s := r.look()
	c := r.console(ceremony.NewUnseal(ceremony.Sealed(s, false), s, &r.prints))
	c.through()
	return c
}

func TestUnsealOpensAllNodesWithEachShareTypedOnce(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "sealed", Product: era}, func(r *rig) {
				c := r.unsealing()
				for i := range 3 {
					if p := prompt[ceremony.EnterShare](c); p.Number != i+1 || p.Needed != 3 || (p.After != "") != (i == 2) {
						t.Errorf("share %d: asked for number %d of %d, after: %q", i+1, p.Number, p.Needed, p.After)
					}
					c.give(r.share(i))
					if !c.given[i].Empty() {
						t.Error("the share is alive after its last answer")
					}
				}
				c.through()
				if e := prompt[ceremony.End](c); !e.Good || len(e.Grid.Rows) != 3 {
					t.Errorf("ended %+v", e)
				}
				for i := range 3 {
					if s := r.sealStatus(i); s.Sealed {
						t.Errorf("node %d is sealed", i)
					}
				}
				c.wantNoSecret()
			})
		})
	}
}

func TestAWrongShareEmptiesOneNodeOnly(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
		c := r.unsealing()
		c.give(r.share(0))
		c.give(r.share(1))
		c.give(wrongShare(t, 77))
		c.wantAlarm("All shares it was given are gone")
		c.wantHeard("The share was not sent to")
		if a, b := r.sealStatus(0).Progress, r.sealStatus(1).Progress; a != 0 || b != 2 {
			t.Errorf("progress %d and %d, want the first emptied and the second kept", a, b)
		}
		rows := prompt[ceremony.EnterShare](c).Grid.Rows
		if first := rows[0].Cells; !slices.Equal(first, []ceremony.Cell{ceremony.Dropped, ceremony.Dropped, ceremony.Refused}) {
			t.Errorf("the first row: %v", first)
		}
		if second := rows[1].Cells; !slices.Equal(second, []ceremony.Cell{ceremony.Taken, ceremony.Taken, ceremony.Unsent}) {
			t.Errorf("the second row: %v", second)
		}
		c.give(r.share(2))
		if r.sealStatus(1).Sealed || r.sealStatus(2).Sealed || !r.sealStatus(0).Sealed {
			t.Error("the right share should have opened the two that kept their set")
		}
		c.give(r.share(0))
		c.give(r.share(1))
		c.through()
		if e := prompt[ceremony.End](c); !e.Good {
			t.Errorf("ended %+v\n%s", e, texts(c.said))
		}
		c.wantNoSecret()
	})
}

func TestAShareIsExaminedBeforeItIsSent(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
		c := r.unsealing()
		c.give(r.share(0))
		c.give(r.share(0))
		c.wantHeard("has this one already")
		c.give(wrongShare(t, r.share(0).X()))
		c.wantHeard("another share has this x-coordinate")
		if p := r.sealStatus(0).Progress; p != 1 {
			t.Errorf("progress %d after one good share", p)
		}
		c.wantNoSecret()
	})
}

func TestSharesOfOthersCountAndTheirResetIsAnAlarm(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
		c := r.unsealing()
		cli := r.clients.Client(r.cluster.Addresses()[1], false)
		c.give(r.share(0))
		if _, err := cli.Unseal(r.t.Context(), r.share(1).Secret(), false); err != nil {
			t.Fatal(err)
		}
		c.wait(2 * time.Second)
		c.wantHeard("somebody else gives shares too")
		if _, err := cli.ResetUnseal(r.t.Context()); err != nil {
			t.Fatal(err)
		}
		c.wait(2 * time.Second)
		c.wantAlarm("has dropped the 2 shares")
		c.give(r.share(0))
		if a, b := r.sealStatus(0).Progress, r.sealStatus(1).Progress; a != 1 || b != 1 {
			t.Errorf("progress %d and %d: the share goes again to the node that dropped it, and to no other", a, b)
		}
		c.wantNoSecret()
	})
}

func TestALostAnswerIsReadAndNotRepeated(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "one-sealed"}, func(r *rig) {
		c := r.unsealing()
		c.give(r.share(0))
		r.happens(demo.LoseReplies{Node: "vault-3", Count: 1})
		c.give(r.share(1))
		c.wantHeard("one more than before: the share counted")
		r.happens(demo.LoseReplies{Node: "vault-3", Count: 1})
		c.give(r.share(2))
		c.through()
		c.wantHeard("it is unsealed")
		if e := prompt[ceremony.End](c); !e.Good {
			t.Errorf("ended %+v", e)
		}
		c.wantNoSecret()
	})
}

func TestANodeThatWasLostIsAskedAgainWhenItAnswers(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
		c := r.unsealing()
		c.give(r.share(0))
		r.happens(demo.Stop{Node: "vault-2"})
		c.give(r.share(1))
		c.wantHeard("vault-2.demo:8200 could not be reached")
		c.give(r.share(2))
		c.through()
		if e := prompt[ceremony.End](c); e.Good {
			t.Error("ended well without vault-2")
		}
		r.happens(demo.Start{Node: "vault-2"})
		c.wait(2 * time.Second)
		c.wantAlarm("has dropped the 1 share")
		for i := range 3 {
			prompt[ceremony.EnterShare](c)
			c.give(r.share(i))
		}
		c.through()
		if e := prompt[ceremony.End](c); !e.Good {
			t.Errorf("ended %+v", e)
		}
		r.happens(demo.Seal{Node: "vault-1"})
		c.wait(2 * time.Second)
		c.wantAlarm("is sealed again")
		prompt[ceremony.EnterShare](c)
		c.wantNoSecret()
	})
}

func TestResetDropsWhatWasGiven(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
		c := r.unsealing()
		c.give(r.share(0))
		if _, ok := c.machine.(ceremony.Canceller).Cancel(); !ok {
			t.Error("a reset is not offered")
		}
		c.do(ceremony.Cancelled{})
		for i := range 3 {
			if p := r.sealStatus(i).Progress; p != 0 {
				t.Errorf("node %d is at %d", i, p)
			}
		}
		c.wantAccount("sealed with 0 of 3")
	})
}

func TestRecoveryKeysAreNotAskedFor(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "auto-unseal"}, func(r *rig) {
		r.happens(demo.Seal{Node: "vault-3"})
		s := r.look()
		c := r.console(ceremony.NewUnseal(ceremony.Sealed(s, false), s, &r.prints))
		if p := prompt[ceremony.Tell](c); p.Title != "Nothing to unseal" {
			t.Errorf("told %+v", p)
		}
		c.through()
		c.wantAccount("Recovery keys do not unseal")
		c.give(r.share(0))
		c.wantNoSecret()
	})
}

func TestAnotherCertificateGetsNoShare(t *testing.T) {
	t.Parallel()
	live(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
		s := r.look()
		nodes := ceremony.Sealed(s, false)
		nodes[0].Certificate, nodes[1].Certificate = nodes[1].Certificate, nodes[0].Certificate
		c := r.console(ceremony.NewUnseal(nodes, vault.Snapshot{}, &r.prints))
		c.do(ceremony.Continue{})
		if p := prompt[ceremony.TypeOut](c); p.Want != "yes" || len(p.Nodes) != 3 {
			t.Errorf("asked %+v", p)
		}
		c.do(ceremony.Confirmed{})
		c.wantAlarm("shows another certificate than the one confirmed")
		c.give(r.share(0))
		for i, n := range nodes {
			status, err := r.clients.Client(n.Address, false).SealStatus(r.t.Context())
			if want := i / 2; err != nil || status.Progress != want {
				t.Errorf("%s is at %d, want %d (%v)", n.Name, status.Progress, want, err)
			}
		}
		c.wantNoSecret()
	})
}
