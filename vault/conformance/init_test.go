package conformance

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// TestRealOpenBaoIsInitialised has warder's own machine make clusters out of nodes that nobody initialised.
func TestRealOpenBaoIsInitialised(t *testing.T) {
	t.Parallel()
	initialisesReal(t, binary(t, "BAO_BIN"), openBao)
}

func TestRealVaultIsInitialised(t *testing.T) {
	t.Parallel()
	bin := binary(t, "VAULT_BIN")
	initialisesReal(t, bin, eraOf(t, bin))
}

func initialisesReal(t *testing.T, bin string, k kind) {
	t.Run("in the open", func(t *testing.T) {
		t.Parallel()
		inTheOpen(t, servers(t, bin, k, newConfigs(t, "fresh", 3)))
	})
	t.Run("for owners of PGP keys, over TLS", func(t *testing.T) {
		t.Parallel()
		configs := newConfigs(t, "owned", 3)
		for i := range configs {
			configs[i].tls = true
		}
		forOwners(t, servers(t, bin, k, configs))
	})
	t.Run("behind an automatic seal", func(t *testing.T) {
		t.Parallel()
		own := newConfigs(t, "behind", 1)
		own[0].seal = transitSeal(t, servers(t, bin, k, newConfigs(t, "keeper", 1)))
		behindSeal(t, servers(t, bin, k, own))
	})
	if k.product() != vault.OpenBao {
		return // which alone makes no recovery key
	}
	t.Run("without recovery shares", func(t *testing.T) {
		t.Parallel()
		own := newConfigs(t, "shareless", 1)
		own[0].seal = transitSeal(t, servers(t, bin, k, newConfigs(t, "holder", 1)))
		withoutShares(t, servers(t, bin, k, own))
	})
}

// founding is a console that chose the first node and is asked how many shares.
func (c *cluster) founding(t *testing.T) *console {
	t.Helper()
	p := c.sitsBy(t, c.clients(t, c.nodes, keys.Secret{}), func(s vault.Snapshot, prints *keys.Fingerprinter) ceremony.Machine {
		return ceremony.NewInitialise(s, false, prints, rand.Reader)
	})
	if _, several := p.machine.Prompt().(ceremony.Pick); several {
		p.picks(c.nodes[0])
	}
	return p
}

// until looks at the cluster until the list of nodes offers something.
func (p *console) until(key string) {
	p.t.Helper()
	eventually(p.t, "it offers "+key, func() error {
		p.observes()
		asks, ok := p.machine.Prompt().(ceremony.Pick)
		if !ok || !slices.ContainsFunc(asks.Options, func(o ceremony.Option) bool { return o.Key == key }) {
			return fmt.Errorf("it asks %+v", p.machine.Prompt())
		}
		return nil
	})
}

// brings unseals the first node, lets the others join, and unseals them.
func (p *console) brings(ca string) {
	t, c := p.t, p.c
	t.Helper()
	p.until("unseal")
	p.picks("unseal")
	p.gives(c.shares[:c.threshold]...)
	p.through()
	p.until("join")
	p.picks("join")
	p.fills(map[string]string{"leader": c.nodes[0], "ca": ca})
	p.through()
	for i := range c.nodes[1:] {
		c.becomes(t, i+1, vault.CodeSealed)
	}
	p.until("unseal")
	p.picks("unseal")
	p.gives(c.shares[len(c.shares)-c.threshold:]...)
	p.through()
}

func inTheOpen(t *testing.T, c *cluster) {
	p := c.founding(t)
	p.fills(map[string]string{"shares": "3", "threshold": "2"})
	p.through()
	p.picks("open")
	p.picks("open")
	for i := range 3 {
		c.shares = append(c.shares, p.writesDown(fmt.Sprintf("custodian %d", i+1)))
	}
	c.threshold = 2
	p.through()
	p.does(ceremony.Picked{Key: "show"})
	token := keys.NewSecret([]byte(text(prompt[ceremony.Reveal](p).Secret)))
	p.does(ceremony.Shown{})
	p.brings("")
	eventually(t, "all are in as voters", func() error {
		p.until("check")
		p.picks("check")
		if said := strings.Join(prompt[ceremony.Pick](p).Text, " "); !strings.Contains(said, "All 3 nodes are in, and all vote.") {
			return errors.New(said)
		}
		return nil
	})
	c.holds(t, token)
	c.whole(t)
	p.picks("revoke")
	if _, err := c.lead(t).LookupToken(t.Context(), token); !vault.Is(err, vault.Denied) {
		t.Errorf("the revoked root token: %v", err)
	}
	p.picks("done")
	p.endsWell()
}

func forOwners(t *testing.T, c *cluster) {
	dir := t.TempDir()
	file, ca := filepath.Join(dir, "shares"), filepath.Join(dir, "ca.pem")
	works(t, "CA", os.WriteFile(ca, c.ca, 0o600))
	owners, rootOwner := []owner{newOwner(t), newOwner(t), newOwner(t)}, newOwner(t)
	p := c.founding(t)
	p.fills(map[string]string{"shares": "3", "threshold": "2"})
	p.through()
	p.picks("pgp")
	for i, name := range []string{"Anna", "Ben", "Cleo"} {
		p.fills(map[string]string{"name": name, "key": owners[i].ServerForm()})
	}
	p.through()
	p.decrypts(func(i int, message []byte) string { return string(owners[i].decrypt(t, message)) }, len(owners))
	p.fills(map[string]string{"path": file})
	p.picks("pgp")
	p.fills(map[string]string{"key": rootOwner.ServerForm()})
	p.through()
	for i := range owners {
		c.shares = append(c.shares, owners[i].decryptShare(t, prompt[ceremony.Reveal](p).Secret))
		p.does(ceremony.Shown{})
	}
	c.threshold = 2
	if s, err := os.Stat(file); err != nil || s.Mode().Perm() != 0o600 {
		t.Errorf("the file of the ciphertexts: %v, %v", s, err)
	}
	p.through()
	p.does(ceremony.Picked{Key: "show"})
	token := rootOwner.decryptText(t, keys.NewSecret([]byte(text(prompt[ceremony.Reveal](p).Secret))))
	p.does(ceremony.Shown{})
	p.brings(ca)
	c.holds(t, token)
	c.whole(t)
	p.picks("done")
	p.endsWell()
}

// behindSeal makes recovery shares, with which a root token is made then.
func behindSeal(t *testing.T, c *cluster) {
	p := c.founding(t)
	p.fills(map[string]string{"shares": "3", "threshold": "2"})
	p.through()
	p.picks("open")
	p.picks("open")
	for i := range 3 {
		c.shares = append(c.shares, p.writesDown(fmt.Sprintf("custodian %d", i+1)))
	}
	c.threshold = 2
	p.through()
	p.does(ceremony.Picked{Key: "later"})
	p.until("token")
	p.picks("token")
	p.does(ceremony.Picked{Key: "show"})
	c.holds(t, keys.NewSecret([]byte(text(prompt[ceremony.Reveal](p).Secret))))
	p.does(ceremony.Shown{})
	p.picks("done")
	p.endsWell()
	c.machineRoots(t, nil)
}

func withoutShares(t *testing.T, c *cluster) {
	p := c.founding(t)
	p.fills(map[string]string{"shares": "0", "threshold": "0"})
	p.through()
	p.picks("open")
	p.does(ceremony.Picked{Key: "show"})
	c.holds(t, keys.NewSecret([]byte(text(prompt[ceremony.Reveal](p).Secret))))
	p.does(ceremony.Shown{})
	p.until("check")
	p.picks("check")
	p.picks("done")
	p.endsWell()
	if s, err := c.bare(0).SealStatus(t.Context()); err != nil || s.Sealed || s.Shares != 0 {
		t.Errorf("%+v, %v", s, err)
	}
}
