package ceremony_test

import (
	"strings"
	"testing"

	"warder/demo"
	"warder/keys"
	"warder/vault/ceremony"
)

func TestRekeyReplacesTheSharesAndProvesThemAll(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "healthy", Product: era}, func(r *rig) {
				c := r.replacing(5, 2)
				for i := range 3 {
					if p := prompt[ceremony.EnterShare](c); p.Number != i+1 || p.Needed != 3 || (p.After != "") != (i == 2) {
						t.Errorf("share %d: asked for number %d of %d, after: %q", i+1, p.Number, p.Needed, p.After)
					}
					c.give(r.share(i))
				}
				p := c.handOut()
				c.wantAccount("In force are the old shares (any 3 of 5)", "0 of the 2 that have to be given back were")
				if want := prompt[ceremony.TypeOut](c).Want; want != "all shares are written down" {
					t.Errorf("acknowledged by %q", want)
				}
				c.do(ceremony.Confirmed{})
				c.give(p.share(t, 0))
				c.wantAccount("In force are the old shares")
				c.give(p.share(t, 3))
				c.wantAccount("The new shares (any 2 of 5) are in force")
				for _, i := range []int{1, 4, 2} {
					prompt[ceremony.EnterShare](c)
					c.give(p.share(t, i))
				}
				if e := prompt[ceremony.End](c); !e.Good || !strings.Contains(strings.Join(e.Text, " "), "any 2 of 5 shares") {
					t.Errorf("ended %+v", e)
				}
				c.wantAccount("All 5 new shares were proved")
				if got := r.cluster.Shares(); len(got) != 5 || !got[0].Equal(keys.NewSecret(p.shares[0])) {
					t.Error("the server has other shares in force")
				}
				c.wantNoSecret()
			})
		})
	}
}

func TestAShareWrittenDownWronglyIsShownAgain(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		c := r.replacing(3, 2)
		for i := range 3 {
			c.give(r.share(i))
		}
		c.fill("Anna")
		c.do(ceremony.Shown{})
		c.do(ceremony.GaveSecret{Secret: keys.NewSecret([]byte("????"))})
		c.wantHeard("Those are not the characters")
		if p := prompt[ceremony.Reveal](c); p.Holder != "Anna" || p.Secret.Empty() {
			t.Errorf("shown %q to %q", p.Title, p.Holder)
		}
		c.wantAccount("3 new shares are not handed out yet and in this console only")
		c.wantNoSecret()
	})
}

func TestAMistypedNewShareIsFoundBeforeItIsSent(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		c := r.replacing(3, 2)
		for i := range 3 {
			c.give(r.share(i))
		}
		p := c.handOut()
		c.do(ceremony.Confirmed{})
		mistyped := p.shares[1]
		mistyped[5] ^= 1
		c.give(p.share(t, 1))
		c.wantHeard("resembles the new share of custodian 2")
		mistyped[5] ^= 1
		c.give(r.share(0))
		c.wantHeard("none of the new shares handed out here")
		c.give(p.share(t, 0))
		if got := prompt[ceremony.EnterShare](c).Number; got != 2 {
			t.Errorf("asked for number %d", got)
		}
		c.pick("restart")
		if got := prompt[ceremony.EnterShare](c).Number; got != 1 {
			t.Errorf("after the restart asked for number %d", got)
		}
		c.give(p.share(t, 0))
		c.give(p.share(t, 2))
		c.pick("skip")
		c.wantAccount("2 of the new shares were proved. Not proved: custodian 2")
		if e := prompt[ceremony.End](c); e.Good {
			t.Error("ended well with a share unproved")
		}
		c.wantNoSecret()
	})
}

func TestACancelledRekeyLeavesTheOldShares(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "healthy", Product: era}, func(r *rig) {
				c := r.replacing(3, 2)
				for i := range 3 {
					c.give(r.share(i))
				}
				c.handOut()
				c.do(ceremony.Confirmed{})
				if act, ok := c.machine.(ceremony.Canceller).Cancel(); !ok || !strings.Contains(act.Hint, "collect and destroy") {
					t.Errorf("offered %+v, %v", act, ok)
				}
				c.do(ceremony.Cancelled{})
				c.wantAccount("In force are the old shares (any 3 of 5)", "custodian 1, custodian 2 and custodian 3 are void", "any 3 of 5 shares")
				if len(r.cluster.Shares()) != 5 {
					t.Error("the server has other shares in force")
				}
				c.wantNoSecret()
			})
		})
	}
}

func TestALeaderChangeDiscardsPendingShares(t *testing.T) {
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
				r.happens(demo.StepDown{})
				c.give(p.share(t, 0))
				c.wantHeard("not the active node any more")
				c.through()
				if era == demo.OpenBao {
					c.wantAlarm("it stayed behind in the memory of bao-2")
					c.wantAccount("In force are the old shares (any 3 of 5)", "are not void: once bao-2 leads again")
					return
				}
				c.wantAlarm("a change of the active node discards a rekey whose verification is pending")
				c.wantAccount("In force are the old shares (any 3 of 5)", "are void: collect and destroy them")
				c.wantNoSecret()
			})
		})
	}
}

func TestTheLostAnswerWithTheNewSharesLosesNothing(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "healthy", Product: era}, func(r *rig) {
				c := r.replacing(3, 2)
				c.give(r.share(0))
				r.lose(1)
				c.give(r.share(1))
				c.wantHeard("the share counted")
				r.lose(1)
				c.give(r.share(2))
				c.wantAlarm("The old shares are in force")
				c.pick("end")
				c.wantAccount("In force are the old shares (any 3 of 5)")
				if len(r.cluster.Shares()) != 5 {
					t.Error("the server has other shares in force")
				}
				c.wantNoSecret()
			})
		})
	}
}

func TestTheLostAnswerOfTheVerificationIsTold(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		c := r.replacing(4, 2)
		for i := range 3 {
			c.give(r.share(i))
		}
		p := c.handOut()
		c.do(ceremony.Confirmed{})
		c.give(p.share(t, 0))
		r.lose(1)
		c.give(p.share(t, 1))
		c.wantAccount("The new shares (any 2 of 4) are in force", "It says the new sizes")
		c.wantNoSecret()
	})
}

func TestAWrongSetOfOldSharesKeepsTheRekey(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "healthy", Product: era}, func(r *rig) {
				c := r.replacing(3, 2)
				c.give(r.share(0))
				c.give(r.share(1))
				c.give(wrongShare(t, 77))
				c.wantAlarm("With this share there were 3, and together they are wrong")
				for i := range 3 {
					c.give(r.share(i))
				}
				prompt[ceremony.Fill](c)
				c.wantNoSecret()
			})
		})
	}
}
