package conformance

import (
	"fmt"
	"testing"

	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// leaderChanges has the leader step down in the middle of each ceremony: the one that follows knows of none, and the machines
// say so.
func leaderChanges(t *testing.T, c *cluster) {
	var p, root *console
	before := c.handsOver(t, func() { p, root = c.midwayInRekey(t), c.midwayInRoot(t) })
	p.gives(c.shares[1])
	p.alarmed("is not the active node any more. The share was not sent.")
	root.gives(c.shares[1])
	root.alarmed("is not the active node any more. The share was not sent.")
	c.discarded(t, p, root)
	c.leadsAgain(t, before)
	c.remembers(t, "a rekey", c.rekeying(t).Started)
	c.remembers(t, "generate-root", c.rootAttempt(t).Started)
	c.clears(t)
}

// formerLeaderAsked asks the one that led, a standby now, what it has, and ends it there: it does not come back then.
func formerLeaderAsked(t *testing.T, c *cluster) {
	var p *console
	before := c.handsOver(t, func() { p = c.midwayInRekey(t) })
	p.gives(c.shares[1])
	p.through()
	p.alarmed("Another node is active now and knows of no rekey")
	r := rekeying{c, c.at(before), vault.BarrierKey}
	if s := r.state(t); c.remembers(t, "a rekey", s.Started) {
		p.accounts("has it in its memory and goes on with it when it leads again")
		p.picks("forget")
		p.accounts("It is cancelled at ")
		if r.state(t).Started {
			t.Error("it goes on after its cancel")
		}
	}
	c.leadsAgain(t, before)
	if c.rekeying(t).Started {
		t.Error("it is there again after its cancel")
	}
}

// leaderChangesLate has new shares handed out when the leader steps down, and what became of them when it leads again.
func leaderChangesLate(t *testing.T, c *cluster) {
	var p *console
	var fresh []keys.Secret
	before := c.handsOver(t, func() {
		p = c.midwayInRekey(t)
		p.gives(c.shares[1:3]...)
		fresh = p.handsOut(5)
		p.gives(fresh[0])
	})
	p.gives(fresh[1])
	p.alarmed("is not the active node any more. The share was not sent.")
	p.through()
	p.alarmed("Another node is active now and knows of no rekey")
	c.says(t, c.active(t), 3, 5)
	c.leadsAgain(t, before)
	if r := (rekeying{c, c.lead(t), vault.BarrierKey}); c.remembers(t, "a verification", r.state(t).VerificationNonce != "") {
		p.accounts("are not void")
		r.takesForce(t, fresh)
		p.learns("has the rekey no more, and this console did not end it")
	}
	c.clears(t)
	c.machineRoots(t, nil)
}

// takesForce goes on with a verification that outlived the change of the leader, with one share given before: new shares that
// nobody would count on any more replace the old ones.
func (r rekeying) takesForce(t *testing.T, fresh []keys.Secret) {
	t.Helper()
	v := r.verification(t)
	if v.Progress != 1 {
		t.Errorf("verification: %+v", v)
	}
	r.proves(t, fresh[1], v.Nonce)
	done, err := r.verify(t, fresh[2], v.Nonce)
	if works(t, "the last new share", err); !done.Complete {
		t.Errorf("at the end: %+v", done)
	}
	r.c.shares = fresh
}

// remembered is what a node that leads again still has of what was begun when it led before. Vault is as the demo has it.
var remembered = map[string][kinds]bool{
	"a rekey":                             {openBao: true},
	"a verification":                      {openBao: true},
	"generate-root":                       {openBao: true, reopened: true},
	"a rekey, though it was sealed":       {},
	"generate-root, though it was sealed": {openBao: true, reopened: true},
}

// remembers compares with what is known of the kind of server.
func (c *cluster) remembers(t *testing.T, what string, there bool) bool {
	t.Helper()
	want, known := remembered[what]
	if !known {
		t.Fatalf("%q is not in the table", what)
	}
	if there != want[c.kind] {
		t.Errorf("%s: there again %t", what, there)
	}
	return there
}

// handsOver begins something and has the leader step down, again where the others elect it at once.
func (c *cluster) handsOver(t *testing.T, begin func()) (before int) {
	t.Helper()
	eventually(t, "another leads", func() error {
		begin()
		was, is := c.stepsDown(t)
		if was == is {
			c.clears(t)
			return fmt.Errorf("node %d was elected again", is)
		}
		before = was
		return nil
	})
	return before
}

// clears ends what is under way.
func (c *cluster) clears(t *testing.T) {
	t.Helper()
	if s := c.rekeying(t); s.Started {
		works(t, "cancel", c.lead(t).CancelRekey(t.Context(), c.doors(), vault.BarrierKey, s.Nonce))
	}
	if a := c.rootAttempt(t); a.Started {
		works(t, "cancel", c.lead(t).CancelRootAttempt(t.Context(), c.doors(), a.Nonce))
	}
}

// discarded has a rekey and a generate-root find out that their leader took them along.
func (c *cluster) discarded(t *testing.T, p, root *console) {
	t.Helper()
	p.through()
	prompt[ceremony.End](p)
	p.alarmed("Another node is active now and knows of no rekey")
	root.through()
	root.alarmed("Another node is active now and knows of no attempt")
	root.picks("nothing")
	root.accounts("the one-time password is wiped")
	if s, a := c.rekeying(t), c.rootAttempt(t); s.Started || a.Started {
		t.Errorf("rekey %t, generate-root %t at the new leader", s.Started, a.Started)
	}
}

// leadsAgain has leaders step down until a node leads.
func (c *cluster) leadsAgain(t *testing.T, node int) {
	t.Helper()
	eventually(t, "it leads again", func() error {
		if now := c.active(t); now != node {
			c.stepsDown(t)
			return fmt.Errorf("node %d led", now)
		}
		return nil
	})
}

// leaderSealed has the active node sealed in the middle of each ceremony, and unsealed again.
func leaderSealed(t *testing.T, c *cluster) {
	p, root := c.midwayInRekey(t), c.midwayInRoot(t)
	before := c.active(t)
	c.does(t, before, "sys/seal", c.token, map[string]any{})
	c.becomes(t, before, vault.CodeSealed)
	p.gives(c.shares[1])
	if !p.heard("Nothing was sent") {
		t.Errorf("said %+v", p.said)
	}
	root.gives(c.shares[1])
	if !root.heard("Nothing was sent") {
		t.Errorf("said %+v", root.said)
	}
	c.active(t)
	c.discarded(t, p, root)
	if s, err := c.bare(before).SealStatus(t.Context()); err != nil || s.Progress != 0 {
		t.Errorf("the sealed node has %d shares: %v", s.Progress, err)
	}
	c.unseal(t, before)
	c.leadsAgain(t, before)
	c.remembers(t, "a rekey, though it was sealed", c.rekeying(t).Started)
	c.remembers(t, "generate-root, though it was sealed", c.rootAttempt(t).Started)
	c.clears(t)
	c.machineRoots(t, nil)
}
