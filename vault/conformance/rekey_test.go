package conformance

import (
	"testing"

	"warder/keys"
	"warder/vault"
)

// rekeying is a rekey of one key at one node.
type rekeying struct {
	c    *cluster
	node *vault.Client
	key  vault.KeyKind
}

func (r rekeying) start(t *testing.T, cfg vault.RekeyConfig) (vault.Rekey, error) {
	begun, err := r.node.StartRekey(t.Context(), r.c.doors(), r.key, cfg)
	return begun.Rekey, err
}

func (r rekeying) give(t *testing.T, share keys.Secret, nonce string) (vault.RekeyUpdate, error) {
	return r.node.GiveRekeyShare(t.Context(), r.c.doors(), r.key, share, nonce)
}

func (r rekeying) verify(t *testing.T, share keys.Secret, nonce string) (vault.RekeyVerify, error) {
	return r.node.GiveVerificationShare(t.Context(), r.c.doors(), r.key, share, nonce)
}

func (r rekeying) cancel(t *testing.T, nonce string) error {
	return r.node.CancelRekey(t.Context(), r.c.doors(), r.key, nonce)
}

func (r rekeying) state(t *testing.T) vault.Rekey {
	t.Helper()
	s, err := r.node.Rekey(t.Context(), r.c.doors(), r.key)
	works(t, "state of the rekey", err)
	return s
}

func (r rekeying) verification(t *testing.T) vault.RekeyVerify {
	t.Helper()
	v, err := r.node.RekeyVerification(t.Context(), r.c.doors(), r.key)
	works(t, "state of the verification", err)
	return v
}

// handsOut begins a rekey and gives it the shares in force, for new ones.
func (r rekeying) handsOut(t *testing.T, cfg vault.RekeyConfig) vault.RekeyUpdate {
	t.Helper()
	begun, err := r.start(t, cfg)
	works(t, "rekey", err)
	var last vault.RekeyUpdate
	for i, share := range r.c.shares[:r.c.threshold] {
		last, err = r.give(t, share, begun.Nonce)
		works(t, "a share for the rekey", err)
		if last.Complete != (i+1 == r.c.threshold) || !last.Complete && last.Progress != i+1 {
			t.Errorf("after %d shares: progress %d, complete %t", i+1, last.Progress, last.Complete)
		}
	}
	if len(last.NewShares) != cfg.Shares || (last.VerificationNonce == "") == cfg.Verification {
		t.Fatalf("handed out %d shares, verification nonce %q", len(last.NewShares), last.VerificationNonce)
	}
	return last
}

func rekeyRefusals(t *testing.T, c *cluster) {
	r := rekeying{c, c.lead(t), vault.BarrierKey}
	_, err := r.node.RekeyVerification(t.Context(), c.doors(), r.key)
	ends(t, "verification before any rekey", err, refused)
	_, err = r.node.Rekey(t.Context(), c.doors(), vault.RecoveryKey)
	ends(t, "a recovery rekey under Shamir", err, refused)
	_, err = r.start(t, vault.RekeyConfig{Shares: 2, Threshold: 3})
	c.differs(t, "a rekey to a threshold above the shares", err)
	_, err = r.start(t, vault.RekeyConfig{Shares: 3, Threshold: 1})
	c.differs(t, "a threshold of one for several shares", err)
	begun, err := r.start(t, vault.RekeyConfig{Shares: 3, Threshold: 2, Backup: true})
	if c.differs(t, "backup without PGP keys", err); err == nil {
		works(t, "cancel", r.cancel(t, begun.Nonce))
	}
	r.refusesShares(t)
}

// refusesShares goes wrong with shares and nonces, and cancels at the end.
func (r rekeying) refusesShares(t *testing.T) {
	t.Helper()
	c := r.c
	begun, err := r.start(t, vault.RekeyConfig{Shares: 4, Threshold: 2, Verification: true})
	works(t, "rekey", err)
	if s := r.state(t); !s.Started || s.Nonce != begun.Nonce || s.Threshold != 2 || s.Shares != 4 || s.Required != c.threshold || !s.VerificationRequired {
		t.Errorf("begun: %+v", s)
	}
	_, err = r.start(t, vault.RekeyConfig{Shares: 4, Threshold: 2})
	ends(t, "a second rekey", err, refused)
	if v := r.verification(t); v.Started || v.Nonce != "" {
		t.Errorf("verification before the threshold: %+v", v)
	}
	_, err = r.give(t, c.shares[0], otherNonce)
	ends(t, "a share with another nonce", err, refused)
	_, err = r.give(t, c.shares[0], begun.Nonce)
	works(t, "first share", err)
	_, err = r.give(t, c.shares[0], begun.Nonce)
	ends(t, "the same share again", err, refused)
	_, err = r.give(t, c.shares[1], begun.Nonce)
	works(t, "second share", err)
	if s := r.state(t); s.Progress != 2 {
		t.Errorf("progress %d after two shares", s.Progress)
	}
	_, err = r.give(t, mistyped(c.shares[2]), begun.Nonce)
	c.differs(t, "a wrong share completes a rekey", err)
	if s := r.state(t); !s.Started || s.Nonce != begun.Nonce || s.Progress != 0 {
		t.Errorf("after a wrong share: %+v", s)
	}
	if err := r.cancel(t, otherNonce); err != nil {
		c.differs(t, "cancel a rekey with another nonce", err)
		works(t, "cancel", r.cancel(t, begun.Nonce))
	}
	if s := r.state(t); s.Started {
		t.Error("it goes on after its cancel")
	}
}

func rekeyAtStandby(t *testing.T, c *cluster) {
	lead := rekeying{c, c.lead(t), vault.BarrierKey}
	aside := rekeying{c, c.at(c.standby(t)), vault.BarrierKey}
	begun, err := lead.start(t, vault.RekeyConfig{Shares: 4, Threshold: 2})
	works(t, "rekey", err)
	_, err = aside.give(t, c.shares[0], begun.Nonce)
	c.differs(t, "a rekey's share at a standby", err)
	if s := lead.state(t); (s.Progress == 1) != (err == nil) {
		t.Errorf("the active node counts %d shares after: %v", s.Progress, err)
	}
	works(t, "cancel", lead.cancel(t, begun.Nonce))
}
