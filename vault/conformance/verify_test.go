package conformance

import (
	"testing"

	"warder/vault"
)

func rekeyVerified(t *testing.T, c *cluster) {
	active, standby := c.active(t), c.standby(t)
	r := rekeying{c, c.at(active), vault.BarrierKey}
	new := r.verified(t)
	c.says(t, active, 2, 4)
	c.says(t, standby, c.threshold, len(c.shares)) // until it leads or restarts
	c.shares, c.threshold = new.NewShares, 2
	if s := r.state(t); s.Started || s.Required != 2 {
		t.Errorf("at the end: %+v", s)
	}
}

func recoveryRekeyed(t *testing.T, c *cluster) {
	active := c.active(t)
	new := rekeying{c, c.at(active), vault.RecoveryKey}.verified(t)
	c.says(t, active, 2, 4)
	c.shares, c.threshold = new.NewShares, 2
}

// says compares the threshold and number of shares that a node speaks of.
func (c *cluster) says(t *testing.T, node, threshold, shares int) {
	t.Helper()
	s, err := c.bare(node).SealStatus(t.Context())
	works(t, "seal status", err)
	if s.Threshold != threshold || s.Shares != shares {
		t.Errorf("node %d speaks of %d of %d, want %d of %d", node, s.Threshold, s.Shares, threshold, shares)
	}
}

// verified goes through a whole rekey to 2 of 4, and goes wrong in its verification in every manner.
func (r rekeying) verified(t *testing.T) vault.RekeyUpdate {
	t.Helper()
	new := r.handsOut(t, vault.RekeyConfig{Shares: 4, Threshold: 2, Verification: true})
	r.oldOnesHold(t, new)
	pending := r.verification(t)
	if !pending.Started || pending.Nonce != new.VerificationNonce || pending.Threshold != 2 || pending.Shares != 4 || pending.Progress != 0 {
		t.Errorf("pending: %+v", pending)
	}
	_, err := r.verify(t, new.NewShares[0], otherNonce)
	ends(t, "verification with another nonce", err, refused)
	first, err := r.verify(t, new.NewShares[0], pending.Nonce)
	if works(t, "first new share", err); first.Progress != 1 || first.Complete {
		t.Errorf("after one new share: %+v", first)
	}
	_, err = r.verify(t, new.NewShares[0], pending.Nonce)
	ends(t, "the same new share again", err, refused)

	again, err := r.node.RestartVerification(t.Context(), r.c.doors(), r.key, r.verification(t).Nonce)
	if works(t, "restart", err); again.Progress != 0 || again.Nonce == "" || again.Nonce == pending.Nonce {
		t.Errorf("restarted: %+v, before it %q", again, pending.Nonce)
	}
	_, err = r.verify(t, new.NewShares[1], again.Nonce)
	works(t, "a new share", err)
	_, err = r.verify(t, mistyped(new.NewShares[2]), again.Nonce)
	ends(t, "a wrong new share", err, refused)
	last := r.verification(t)
	if !last.Started || last.Progress != 0 || last.Nonce == again.Nonce {
		t.Errorf("after a wrong share: %+v, before it %q", last, again.Nonce)
	}
	_, err = r.verify(t, new.NewShares[3], last.Nonce)
	works(t, "a new share", err)
	done, err := r.verify(t, new.NewShares[2], last.Nonce)
	if works(t, "the last new share", err); !done.Complete {
		t.Errorf("at the end: %+v", done)
	}
	return new
}

// oldOnesHold proves that new shares which nobody verified are not in force.
func (r rekeying) oldOnesHold(t *testing.T, new vault.RekeyUpdate) {
	t.Helper()
	c := r.c
	c.says(t, c.active(t), c.threshold, len(c.shares))
	if s := r.state(t); !s.Started || s.VerificationNonce != new.VerificationNonce || s.Nonce != new.Nonce {
		t.Errorf("while verification is pending: %+v", s)
	}
	_, err := r.give(t, c.shares[0], new.Nonce)
	ends(t, "an old share while verification is pending", err, refused)
	rootByOTP(t, c)
}

// rekeyDiscarded has new shares handed out and the leader step down: they are void, and the old ones in force.
func rekeyDiscarded(t *testing.T, c *cluster) {
	before := c.active(t)
	new := rekeying{c, c.at(before), vault.BarrierKey}.handsOut(t, vault.RekeyConfig{Shares: 3, Threshold: 2, Verification: true})
	c.stepsDown(t)
	r := rekeying{c, c.lead(t), vault.BarrierKey}
	if s := r.state(t); s.Started {
		t.Errorf("the rekey outlived its leader: %+v", s)
	}
	_, err := r.verify(t, new.NewShares[0], new.VerificationNonce)
	ends(t, "verification of what was discarded", err, refused)
	c.says(t, c.active(t), c.threshold, len(c.shares))
	c.whole(t)
}

// stepsDown has the leader hand over, and gives who led and who leads now.
func (c *cluster) stepsDown(t *testing.T) (before, now int) {
	t.Helper()
	before = c.active(t)
	c.does(t, before, "sys/step-down", c.token, map[string]any{})
	c.becomes(t, before, vault.CodeStandby)
	return before, c.active(t)
}

// rekeyToPGP goes on to shares that only their owners can read, and to nodes that these open from here on.
func rekeyToPGP(t *testing.T, c *cluster) {
	r := rekeying{c, c.lead(t), vault.BarrierKey}
	owners := []owner{newOwner(t), newOwner(t), newOwner(t)}
	cfg := vault.RekeyConfig{Shares: 3, Threshold: 2, Backup: true, Verification: true}
	for _, o := range owners {
		cfg.PGPKeys = append(cfg.PGPKeys, o.ServerForm())
	}
	new := r.handsOut(t, cfg)
	if s := r.state(t); !s.Backup || len(s.PGPFingerprints) != len(owners) {
		t.Errorf("backup %t, fingerprints %v", s.Backup, s.PGPFingerprints)
	}
	c.shares, c.threshold = nil, 2
	for i, o := range owners {
		if new.PGPFingerprints[i] != o.Fingerprint {
			t.Errorf("share %d is for %s, want %s", i, new.PGPFingerprints[i], o.Fingerprint)
		}
		c.shares = append(c.shares, o.decryptShare(t, new.NewShares[i]))
	}
	var done vault.RekeyVerify
	for _, share := range c.shares[1:] {
		var err error
		done, err = r.verify(t, share, new.VerificationNonce)
		works(t, "verification", err)
	}
	if !done.Complete {
		t.Errorf("at the end: %+v", done)
	}
}
