package ceremony_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"warder/demo"
	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// unowned is a cluster that was initialised behind an automatic seal, without recovery shares.
func (r *rig) unowned() {
	r.t.Helper()
	c := r.inReach("0", "0")
	c.do(ceremony.Continue{})
	c.do(ceremony.Confirmed{})
	token := c.takesToken()
	c.wait(10 * time.Second)
	settings, err := vault.SimulatedSettings(r.cluster.Addresses(), token, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	settings.Dial = r.cluster.Dial
	c.machine.Wipe()
	r.clients.Close()
	r.clients = vault.NewClients(settings)
	r.t.Cleanup(r.clients.Close)
}

// firstSized is a console that goes to the first recovery shares.
func (r *rig) firstSized(shares, threshold string) *console {
	r.t.Helper()
	c := r.console(ceremony.NewRekey(r.look(), false, &r.prints, rand.NewChaCha8([32]byte{3})))
	if p := prompt[ceremony.Tell](c); !strings.Contains(strings.Join(p.Text, " "), "There are no recovery shares") {
		r.t.Errorf("told %q", p.Text)
	}
	c.do(ceremony.Continue{})
	if c.offers("barrier") {
		r.t.Error("the barrier's key is offered, which takes recovery shares")
	}
	c.pick("recovery")
	c.through()
	c.fill(shares, threshold)
	c.do(ceremony.Continue{})
	return c
}

// TestTheFirstRecoverySharesAreNotLost: the answer to the start holds them, and nothing was read in it but the state.
func TestTheFirstRecoverySharesAreNotLost(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "uninitialised-auto", Product: demo.OpenBao}, func(r *rig) {
		r.unowned()
		c := r.firstSized("3", "2")
		c.pick("open")
		c.wantAccount("No recovery shares are in force")
		c.do(ceremony.Continue{})
		p := c.handOut()
		if len(p.shares) != 3 {
			t.Fatalf("%d shares were handed out", len(p.shares))
		}
		c.wait(20 * time.Second) // the read that says the nonce, which the start did not
		c.do(ceremony.Confirmed{})
		c.give(p.share(t, 0))
		c.wantAccount("No recovery shares are in force", "1 of the 2 that have to be given back were")
		c.give(p.share(t, 2))
		c.wantAccount("The new shares (any 2 of 3) are in force. There were none before.")
		c.give(p.share(t, 1))
		if e := prompt[ceremony.End](c); !e.Good || !strings.Contains(strings.Join(e.Text, " "), "any 2 of 3 shares") || strings.Contains(strings.Join(e.Text, " "), "old") {
			t.Errorf("ended %+v", e)
		}
		if got := r.cluster.Shares(); len(got) != 3 || !got[0].Equal(keys.NewSecret(p.shares[0])) {
			t.Error("the server has other recovery shares in force")
		}
		c.wantNoSecret()
	})
}
