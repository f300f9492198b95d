package conformance

import (
	"testing"

	"warder/keys"
	"warder/vault"
)

// mistyped is a share with a mistake in it that only its use brings out.
func mistyped(share keys.Secret) keys.Secret {
	var b []byte
	share.Use(func(s []byte) { b = append(b, s...) })
	b[0] ^= 1
	return keys.NewSecret(b)
}

func sealedReads(t *testing.T, c *cluster) {
	if code := c.code(t, 0); code != vault.CodeSealed {
		t.Errorf("health is %d", code)
	}
	s, err := c.bare(0).SealStatus(t.Context())
	works(t, "seal status", err)
	if !s.Initialised || !s.Sealed || s.Threshold != 3 || s.Shares != 5 || s.Progress != 0 || s.Type != "shamir" || s.RecoverySeal {
		t.Errorf("seal status: %+v", s)
	}
	_, err = c.bare(0).SealBackendStatus(t.Context())
	c.differs(t, "seal backends of a sealed node", err)
	_, err = c.bare(0).Leader(t.Context())
	ends(t, "leader", err, sealed)
	_, err = c.bare(0).Doors(t.Context())
	ends(t, "doors", err, sealed)
	for what, err := range guarded(t, c.at(0)) {
		ends(t, what, err, sealed)
	}
}

// unsealed opens the first node, and goes wrong on the way in every manner.
func unsealed(t *testing.T, c *cluster) {
	node := c.bare(0)
	c.progresses(t, c.shares[4], 1)
	c.progresses(t, c.shares[4], 1) // the same share counts once
	c.progresses(t, c.shares[2], 2)
	s, err := node.ResetUnseal(t.Context())
	if works(t, "reset", err); s.Progress != 0 || s.Nonce != "" {
		t.Errorf("after a reset: progress %d, nonce %q", s.Progress, s.Nonce)
	}
	_, err = node.Unseal(t.Context(), keys.NewSecret([]byte("short")), false)
	ends(t, "what is too short for a share", err, refused)

	c.progresses(t, c.shares[0], 1)
	c.progresses(t, c.shares[1], 2)
	_, err = node.Unseal(t.Context(), mistyped(c.shares[2]), false)
	ends(t, "a wrong third share", err, refused)
	s, err = node.SealStatus(t.Context())
	if works(t, "seal status", err); !s.Sealed || s.Progress != 0 {
		t.Errorf("after a wrong share: sealed %t, progress %d", s.Sealed, s.Progress)
	}

	c.unseal(t, 0)
	if active := c.active(t); active != 0 {
		t.Errorf("node %d leads", active)
	}
	s, err = node.Unseal(t.Context(), c.shares[0], false)
	if works(t, "a share for an open node", err); s.Sealed || s.Progress != 0 {
		t.Errorf("a share for an open node: sealed %t, progress %d", s.Sealed, s.Progress)
	}
	_, err = node.ResetUnseal(t.Context())
	ends(t, "reset of an open node", err, refused)
}

// progresses gives the first node a share that does not open it yet.
func (c *cluster) progresses(t *testing.T, share keys.Secret, want int) {
	t.Helper()
	s, err := c.bare(0).Unseal(t.Context(), share, false)
	works(t, "unseal", err)
	if !s.Sealed || s.Progress != want || s.Nonce == "" {
		t.Errorf("sealed %t, progress %d, want %d; nonce %q", s.Sealed, s.Progress, want, s.Nonce)
	}
}
