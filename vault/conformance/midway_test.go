package conformance

import (
	"fmt"
	"testing"

	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// midwayInRekey is a rekey of which one share was given.
func (c *cluster) midwayInRekey(t *testing.T) *console {
	t.Helper()
	p := c.replacing(t)
	p.proposes(3, 5)
	p.gives(c.shares[0])
	return p
}

// midwayInRoot is the same of generate-root.
func (c *cluster) midwayInRoot(t *testing.T) *console {
	t.Helper()
	p := c.rooting(t)
	p.picks("otp")
	p.gives(c.shares[0])
	return p
}

// certificateChanges has the active node show another certificate: nothing is sent to it before somebody confirms that.
func certificateChanges(t *testing.T, c *cluster) {
	renewing, can := c.machine.(*processes)
	if !can {
		t.Skip("SKIPPED: THE DEMO'S NODES KEEP THEIR CERTIFICATES")
	}
	p := c.midwayInRekey(t)
	active := c.active(t)
	before := p.seen.Node(c.nodes[active]).Certificate.Fingerprint
	fresh := renewing.renews(t, active)
	eventually(t, "the new certificate is shown", func() error {
		again := reads(t, c.clients(t, c.nodes, keys.Secret{}), vault.NewSnapshot(c.nodes[active]), 1).Node(c.nodes[active])
		if again.Certificate == nil || again.Certificate.Fingerprint != fresh {
			return fmt.Errorf("shown %+v, want %s", again.Certificate, fresh)
		}
		return nil
	})
	p.by.Close() // connections that are open go on with the certificate that they began with
	p.gives(c.shares[1])
	if s := c.rekeying(t); !p.heard("Nothing was sent") || s.Progress != 1 {
		t.Errorf("%d shares were counted; said %+v", s.Progress, p.said)
	}
	asks := awaits[ceremony.TypeOut](p)
	if len(asks.Nodes) != 1 || asks.Nodes[0].Certificate != fresh || before == fresh {
		t.Errorf("to be confirmed are %+v, the certificate is %s, it was %s", asks.Nodes, fresh, before)
	}
	p.through()
	p.accounts("under way with 1 of 3 old shares")
	p.gives(c.shares[1:3]...)
	c.shares = p.handsOut(5)
	p.gives(c.shares...)
	p.endsWell()
	c.says(t, active, 3, 5)
}

// tokenRevoked takes a console's token away. Where none is asked for it goes on; elsewhere it says what lets it in.
func tokenRevoked(t *testing.T, c *cluster) {
	for _, begin := range []func(*cluster, *testing.T) *console{(*cluster).midwayInRekey, (*cluster).midwayInRoot} {
		own := *c
		auth := c.does(t, c.active(t), "auth/token/create", c.token, map[string]any{"policies": []string{"root"}})["auth"].(map[string]any)
		own.holds(t, keys.NewSecret([]byte(auth["client_token"].(string))))
		p := begin(&own, t)
		c.does(t, c.active(t), "auth/token/revoke-self", own.token, map[string]any{})
		p.gives(c.shares[1])
		rekey, root := c.rekeying(t), c.rootAttempt(t)
		at, nonce := rekey.Progress+root.Progress, rekey.Nonce+root.Nonce
		if c.doors() == vault.DoorsOpen {
			if at != 2 {
				t.Errorf("at %d without a token, which is not asked for; said %+v", at, p.said)
			}
		} else {
			if tells := awaits[ceremony.Tell](p); at != 1 || tells.Title != "The endpoints are closed" {
				t.Errorf("at %d; told %+v", at, tells)
			}
		}
		p.accounts(fmt.Sprintf("%d of 3", at))
		p.accounts(nonce)
		if rekey.Started {
			works(t, "cancel", c.lead(t).CancelRekey(t.Context(), c.doors(), vault.BarrierKey, nonce))
		} else {
			works(t, "cancel", c.lead(t).CancelRootAttempt(t.Context(), c.doors(), nonce))
		}
	}
}
