package conformance

import (
	"testing"

	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

func (c *cluster) rooting(t *testing.T) *console {
	t.Helper()
	return c.sits(t, func(s vault.Snapshot, prints *keys.Fingerprinter) ceremony.Machine {
		return ceremony.NewGenerateRoot(s, false, prints)
	})
}

// machineRoots makes a root token. Shares that were replaced, if any are given first, make none.
func (c *cluster) machineRoots(t *testing.T, void []keys.Secret) {
	t.Helper()
	p := c.rooting(t)
	p.picks("otp")
	if void != nil {
		p.gives(void[:c.threshold]...)
		p.alarmed("together they are wrong")
	}
	p.gives(c.shares[:c.threshold]...)
	p.spends()
}

// machinesCarry completes an attempt at another console than the one that began it, which decodes what is carried to it.
func machinesCarry(t *testing.T, c *cluster) {
	begins := c.rooting(t)
	begins.picks("otp")
	joins := c.rooting(t)
	joins.picks("join")
	joins.gives(c.shares[:c.threshold]...)
	encoded := text(prompt[ceremony.Reveal](joins).Secret)
	begins.gives(c.shares[0]) // in vain, and learns so that it is over
	begins.alarmed("completed or cancelled, the server does not say which")
	begins.does(ceremony.GaveSecret{Secret: keys.NewSecret([]byte(encoded))})
	begins.spends()
	joins.does(ceremony.Shown{})
	joins.endsWell()
}

// spends has the token shown, proves what it is, and revokes it by the machine.
func (p *console) spends() {
	t, c := p.t, p.c
	t.Helper()
	p.picks("show")
	node := c.isRoot(t, keys.NewSecret([]byte(text(prompt[ceremony.Reveal](p).Secret))))
	p.does(ceremony.Shown{})
	p.picks("revoke")
	p.endsWell()
	_, err := node.LookupSelf(t.Context())
	ends(t, "lookup of a revoked token", err, denied)
	accessor, gone := p.machine.(ceremony.GenerateRoot).Accessor()
	_, there, err := c.lead(t).LookupAccessor(t.Context(), accessor)
	if works(t, "lookup of its accessor", err); there || !gone || accessor == "" {
		t.Errorf("its accessor %q: there %t; the machine says gone %t", accessor, there, gone)
	}
}
