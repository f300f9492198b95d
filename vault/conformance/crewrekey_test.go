package conformance

import (
	"fmt"
	"testing"

	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// proposes begins a rekey to shares at the screen.
func (p *console) proposes(threshold, shares int) {
	p.t.Helper()
	p.fills(map[string]string{"shares": fmt.Sprint(shares), "threshold": fmt.Sprint(threshold)})
	p.through()
	p.picks("open")
}

// handsOut has every new share written down.
func (p *console) handsOut(n int) (fresh []keys.Secret) {
	p.t.Helper()
	for i := range n {
		fresh = append(fresh, p.writesDown(fmt.Sprintf("custodian %d", i+1)))
	}
	p.through()
	return fresh
}

// rekeying is the server's word on how far a rekey of the barrier key is.
func (c *cluster) rekeying(t *testing.T) vault.Rekey {
	t.Helper()
	return rekeying{c, c.lead(t), vault.BarrierKey}.state(t)
}

// rekeyTogether is a rekey to which two consoles and a hand give shares, old ones and then new ones.
func rekeyTogether(t *testing.T, c *cluster) {
	begins := c.replacing(t)
	begins.proposes(2, 4)
	state := c.rekeying(t)
	joins := c.replacing(t)
	joins.picks("join")
	joins.gives(c.shares[0])
	by := c.rekeyHand(t)
	by.gives(t, c.shares[1], state.Nonce)
	begins.learns("It is at 2 of 3: somebody else gives shares too")
	begins.accounts("A rekey to any 2 of 4 is under way with 2 of 3 old shares; nonce " + state.Nonce)
	begins.gives(c.shares[2])
	fresh := begins.handsOut(4)
	c.says(t, c.active(t), 3, 5)

	joins.learns("Somebody else gave the share that completed the set")
	joins.picks("verify")
	joins.gives(fresh[0])
	by.proves(t, fresh[1], c.rekeying(t).VerificationNonce)
	c.shares, c.threshold = fresh, 2
	c.says(t, c.active(t), 2, 4)
	joins.gives(fresh[2]) // in vain, and learns so that it is over
	joins.alarmed("The rekey has ended elsewhere")
	joins.endsWell()
	joins.accounts("The new shares (any 2 of 4) are in force")
	begins.gives(fresh[3])
	begins.alarmed("The rekey has ended elsewhere")
	begins.through()
	begins.accounts("The new shares (any 2 of 4) are in force")
	begins.accounts("The verification took 2 of the 4 new shares, and the server does not say whose")
	begins.gives(fresh...) // it handed them out, and is the only one that can prove them all
	begins.endsWell()
	begins.accounts("All 4 new shares were proved")
}

// rekeyDisturbed has another console end a rekey, and a hand replace one.
func rekeyDisturbed(t *testing.T, c *cluster) {
	begins := c.replacing(t)
	begins.proposes(3, 5)
	joins := c.replacing(t)
	joins.picks("join")
	joins.gives(c.shares[0])
	joins.does(ceremony.Cancelled{})
	joins.through()
	prompt[ceremony.End](joins)
	joins.accounts("In force are the old shares (any 2 of 4)")
	begins.gives(c.shares[1])
	begins.alarmed("The rekey has ended elsewhere")
	begins.through()
	prompt[ceremony.End](begins)
	begins.accounts("In force are the old shares (any 2 of 4)")
	c.says(t, c.active(t), 2, 4)

	by := c.rekeyHand(t)
	p := c.replacing(t)
	p.proposes(3, 5)
	p.gives(c.shares[0])
	by.cancels(t, c.rekeying(t).Nonce)
	nonce := by.begins(t)
	p.learns("began another: its nonce is now " + nonce)
	p.accounts("under way with 0 of 2 old shares; nonce " + nonce)
	p.picks("end")
	prompt[ceremony.End](p)
	p.accounts("In force are the old shares (any 2 of 4)")
	if s := c.rekeying(t); s.Started {
		t.Errorf("it goes on after its cancel: nonce %s", s.Nonce)
	}
}

// verificationAnew is begun anew by a console, and once more by a wrong share that another gives.
func verificationAnew(t *testing.T, c *cluster) { c.verifiesAnew(t, vault.BarrierKey) }

// recoveryVerifiedAnew is the same of the recovery key.
func recoveryVerifiedAnew(t *testing.T, c *cluster) { c.verifiesAnew(t, vault.RecoveryKey) }

func (c *cluster) verifiesAnew(t *testing.T, key vault.KeyKind) {
	sits := func() *console {
		p := c.replacing(t)
		if key == vault.RecoveryKey {
			p.picks("recovery")
		}
		return p
	}
	server := rekeying{c, c.lead(t), key}
	p := sits()
	p.proposes(3, 5)
	p.gives(c.shares[:c.threshold]...)
	fresh := p.handsOut(5)
	p.gives(fresh[0], fresh[1])
	before := server.verification(t)
	p.picks("restart")
	after := server.verification(t)
	if before.Progress != 2 || after.Progress != 0 || after.Nonce == before.Nonce {
		t.Errorf("before %+v, restarted %+v", before, after)
	}
	p.accounts("0 of the 3 that have to be given back")

	other := sits()
	other.picks("join")
	other.gives(fresh[0], fresh[1], mistyped(fresh[2]))
	other.alarmed("The verification has begun anew, under another nonce")
	if v := server.verification(t); !v.Started || v.Progress != 0 || v.Nonce == after.Nonce {
		t.Errorf("after a wrong share: %+v, before it %q", v, after.Nonce)
	}
	c.says(t, c.active(t), c.threshold, len(c.shares))
	p.gives(fresh[2]) // under a nonce that is none any more
	p.alarmed("The verification has begun anew, under another nonce")
	p.gives(mistyped(fresh[2])) // which is found out before it is sent
	if v := server.verification(t); v.Progress != 0 || !p.heard("it resembles the new share of custodian 3") {
		t.Errorf("a mistyped share: %+v; said %+v", v, p.said)
	}
	p.gives(fresh[4], fresh[3], fresh[2])
	c.shares, c.threshold = fresh, 3
	c.says(t, c.active(t), 3, 5)
	p.gives(fresh[0], fresh[1])
	p.endsWell()
	p.accounts("All 5 new shares were proved")
}
