package conformance

import (
	"testing"

	"warder/keys"
	"warder/vault"
)

// generates makes a root token with the shares in force, and gives the last answer.
func (c *cluster) generates(t *testing.T, node *vault.Client, nonce string) vault.RootAttempt {
	t.Helper()
	var last vault.RootAttempt
	for i, share := range c.shares[:c.threshold] {
		a, err := node.GiveRootShare(t.Context(), c.doors(), share, nonce)
		works(t, "a share for generate-root", err)
		if a.Progress != i+1 || a.Complete != (i+1 == c.threshold) || a.EncodedToken.Empty() == a.Complete {
			t.Errorf("after %d shares: progress %d, complete %t, token %t", i+1, a.Progress, a.Complete, !a.EncodedToken.Empty())
		}
		last = a
	}
	state, err := node.RootAttempt(t.Context(), c.doors())
	if works(t, "state of generate-root", err); state.Started || !state.EncodedToken.Empty() {
		t.Error("generate-root goes on after its end")
	}
	return last
}

// isRoot proves that a token is a root token of its own, and gives the active node's client with it.
func (c *cluster) isRoot(t *testing.T, token keys.Secret) *vault.Client {
	t.Helper()
	node := c.clients(t, c.nodes, token).Client(c.nodes[c.active(t)], false)
	self, err := node.LookupSelf(t.Context())
	if works(t, "lookup of the new token", err); !self.Root() {
		t.Errorf("the new token: %+v", self)
	}
	ours, err := c.lead(t).LookupSelf(t.Context())
	if works(t, "lookup", err); ours.Accessor == self.Accessor {
		t.Error("it is the token that there was")
	}
	return node
}

// rules proves that a token is a root token, and revokes it.
func (c *cluster) rules(t *testing.T, token keys.Secret) {
	t.Helper()
	node := c.isRoot(t, token)
	c.does(t, c.active(t), "auth/token/revoke-self", token, map[string]any{})
	_, err := node.LookupSelf(t.Context())
	ends(t, "lookup of a revoked token", err, denied)
}

func rootByOTP(t *testing.T, c *cluster) {
	node := c.lead(t)
	begun, err := node.StartRootAttempt(t.Context(), c.doors(), "")
	works(t, "generate-root", err)
	if !begun.Started || begun.Nonce == "" || begun.Required != c.threshold || begun.OTP.Empty() || begun.OTP.Len() != begun.OTPLength {
		t.Errorf("begun: started %t, required %d, OTP of %d, length %d", begun.Started, begun.Required, begun.OTP.Len(), begun.OTPLength)
	}
	state, err := node.RootAttempt(t.Context(), c.doors())
	if works(t, "state", err); state.Nonce != begun.Nonce || !state.OTP.Empty() {
		t.Errorf("state: %q of %q, OTP shown again %t", state.Nonce, begun.Nonce, !state.OTP.Empty())
	}
	done := c.generates(t, node, begun.Nonce)
	var encoded string
	done.EncodedToken.Use(func(b []byte) { encoded = string(b) })
	token, err := keys.DecodeToken(encoded, begun.OTP)
	works(t, "decode", err)
	c.rules(t, token)
}

func rootByPGP(t *testing.T, c *cluster) {
	node, owner := c.lead(t), newOwner(t)
	begun, err := node.StartRootAttempt(t.Context(), c.doors(), owner.ServerForm())
	works(t, "generate-root", err)
	if begun.PGPFingerprint != owner.Fingerprint || !begun.OTP.Empty() {
		t.Errorf("begun for %s, want %s; OTP %t", begun.PGPFingerprint, owner.Fingerprint, !begun.OTP.Empty())
	}
	done := c.generates(t, node, begun.Nonce)
	c.rules(t, owner.decryptText(t, done.EncodedToken))
}

func rootRefusals(t *testing.T, c *cluster) {
	node := c.lead(t)
	ends(t, "cancel of nothing", node.CancelRootAttempt(t.Context(), c.doors(), ""), accepted)
	_, err := node.StartRootAttempt(t.Context(), c.doors(), "AAAA")
	ends(t, "what is no PGP key", err, refused)
	begun, err := node.StartRootAttempt(t.Context(), c.doors(), "")
	works(t, "generate-root", err)
	_, err = node.StartRootAttempt(t.Context(), c.doors(), "")
	ends(t, "generate-root twice", err, refused)

	give := func(share keys.Secret, nonce string) error {
		_, err := node.GiveRootShare(t.Context(), c.doors(), share, nonce)
		return err
	}
	c.differs(t, "another nonce for generate-root", give(c.shares[0], otherNonce))
	works(t, "first share", give(c.shares[0], begun.Nonce))
	c.differs(t, "a share given twice to generate-root", give(c.shares[0], begun.Nonce))
	works(t, "second share", give(c.shares[1], begun.Nonce))
	c.differs(t, "a wrong share completes generate-root", give(mistyped(c.shares[2]), begun.Nonce))
	state, err := node.RootAttempt(t.Context(), c.doors())
	if works(t, "state", err); !state.Started || state.Nonce != begun.Nonce || state.Progress != 0 {
		t.Errorf("after a wrong share: started %t, same nonce %t, progress %d", state.Started, state.Nonce == begun.Nonce, state.Progress)
	}
	works(t, "cancel", node.CancelRootAttempt(t.Context(), c.doors(), begun.Nonce))
	state, err = node.RootAttempt(t.Context(), c.doors())
	if works(t, "state", err); state.Started {
		t.Error("it goes on after its cancel")
	}
}

const otherNonce = "00000000-0000-0000-0000-000000000000"
