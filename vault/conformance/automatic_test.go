package conformance

import (
	"testing"

	"warder/vault"
)

func openedBySeal(t *testing.T, c *cluster) {
	active := c.active(t)
	s, err := c.bare(active).SealStatus(t.Context())
	works(t, "seal status", err)
	if s.Sealed || !s.RecoverySeal || s.Type == "shamir" || s.RecoverySealType != "shamir" || s.Threshold != 3 || s.Shares != 5 {
		t.Errorf("seal status: %+v", s)
	}
	s, err = c.bare(active).Unseal(t.Context(), c.shares[0], false)
	if works(t, "a recovery share to unseal with", err); s.Sealed || s.Progress != 0 {
		t.Errorf("a recovery share to unseal with: sealed %t, progress %d", s.Sealed, s.Progress)
	}
	if d, err := c.bare(active).Doors(t.Context()); err != nil || d != c.doors() {
		t.Errorf("doors: %s, want %s (%v)", d, c.doors(), err)
	}
	_, err = c.bare(active).SealBackendStatus(t.Context())
	c.differs(t, "seal backends", err)
	_, err = rekeying{c, c.at(active), vault.BarrierKey}.start(t, vault.RekeyConfig{Shares: 1, Threshold: 1, Verification: true})
	ends(t, "verification of a key that the seal keeps", err, refused)
}

// reopenedBySeal kills the active node: it comes back without anybody's shares.
func reopenedBySeal(t *testing.T, c *cluster) {
	active := c.active(t)
	c.machine.kill(t, active)
	c.machine.start(t, active)
	c.serves(t, active)
	c.active(t)
}
