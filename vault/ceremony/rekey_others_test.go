package ceremony_test

import (
	"strings"
	"testing"
	"time"

	"warder/demo"
	"warder/vault/ceremony"
)

func TestARekeyOfOthersIsJoined(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "rekey-in-progress"}, func(r *rig) {
		c := r.rekeying()
		if p := prompt[ceremony.Pick](c); !strings.Contains(p.Text[0], "to any 2 of 3 is under way with 1 of 3") {
			t.Errorf("told %q", p.Text)
		}
		c.pick("join")
		for i := 4; i > 2; i-- {
			c.give(r.share(i))
		}
		p := c.handOut()
		if len(p.names) != 3 {
			t.Fatalf("handed out to %v", p.names)
		}
		other := r.rekeying()
		other.pick("join")
		other.give(p.share(t, 0))
		c.do(ceremony.Confirmed{})
		c.wait(3 * time.Second)
		c.wantHeard("somebody else gives shares too")
		other.give(p.share(t, 1))
		other.wantAccount("The new shares (any 2 of 3) are in force", "2 of the new shares were proved, 1 not")
		c.wait(3 * time.Second)
		c.wantAccount("The new shares (any 2 of 3) are in force")
		c.wantNoSecret()
		other.wantNoSecret()
	})
}

// TestSharesProvedElsewhereWereCalledSomebodyElses: this console handed them out, and the server took a threshold of them.
func TestSharesProvedElsewhereWereCalledSomebodyElses(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		c := r.replacing(3, 2)
		for i := range 3 {
			c.give(r.share(i))
		}
		p := c.handOut()
		c.do(ceremony.Confirmed{})
		other := r.rekeying()
		other.pick("join")
		other.give(p.share(t, 0))
		other.give(p.share(t, 1))
		c.wait(3 * time.Second)
		c.wantAccount("The new shares (any 2 of 3) are in force", "The new shares are those that came to this console",
			"The verification took 2 of the 3 new shares, and the server does not say whose. Not proved at this console: custodian 1, custodian 2 and custodian 3.")
		for i := range 3 {
			prompt[ceremony.EnterShare](c)
			c.give(p.share(t, i))
		}
		c.wantAccount("All 3 new shares were proved")
		if e := prompt[ceremony.End](c); !e.Good {
			t.Errorf("ended %+v", e)
		}
		c.wantNoSecret()
	})
}

func TestAWrongShareInAJoinedVerificationBeginsItAnew(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "healthy", Product: era}, func(r *rig) {
				c := r.replacing(3, 2)
				for i := range 3 {
					c.give(r.share(i))
				}
				p := c.handOut()
				c.do(ceremony.Confirmed{})
				other := r.rekeying()
				other.pick("join")
				other.give(p.share(t, 0))
				other.give(wrongShare(t, 77))
				other.wantAlarm("The verification has begun anew")
				c.wait(12 * time.Second)
				c.wantAlarm("The verification has begun anew")
				c.give(p.share(t, 0))
				c.give(p.share(t, 1))
				c.wantAccount("The new shares (any 2 of 3) are in force")
			})
		})
	}
}

func TestSomebodyElseEndsTheRekey(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "someone-else-cancels"}, func(r *rig) {
		c := r.replacing(3, 2)
		c.give(r.share(0))
		time.Sleep(21 * time.Second)
		c.observe()
		c.wantAlarm("completed or cancelled, the server does not say which")
		c.wantAccount("In force are the old shares (any 3 of 5)", "the rekey was not completed")
		c.wantNoSecret()
	})
}

func TestRecoverySharesAreReplaced(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		for _, key := range []string{"recovery", "barrier"} {
			t.Run(era.String()+", "+key, func(t *testing.T) {
				scene(t, demo.Options{Scenario: "auto-unseal", Product: era}, func(r *rig) {
					c := r.rekeying()
					c.pick(key)
					c.through()
					if key == "recovery" {
						c.fill("3", "2")
						c.through()
						c.pick("open")
						c.through()
					}
					for i := range 3 {
						c.give(r.share(i))
					}
					if key == "recovery" {
						p := c.handOut()
						c.do(ceremony.Confirmed{})
						for i := range 3 {
							c.give(p.share(t, i))
						}
					}
					if key == "barrier" {
						c.wantAccount("The root key behind the seal is a new one. The recovery shares (any 3 of 5) are in force as before.")
					}
					if e := prompt[ceremony.End](c); !e.Good || len(c.machine.Notices()) > 0 && c.machine.Notices()[0].Alarm {
						t.Errorf("ended %+v\n%s", e, texts(c.said))
					}
					c.wantNoSecret()
				})
			})
		}
	}
}
