package ceremony_test

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"warder/keys"
	"warder/vault/ceremony"
)

// rekeying is a console that knows whether a rekey is under way.
func (r *rig) rekeying() *console {
	r.t.Helper()
	c := r.console(ceremony.NewRekey(r.look(), false, &r.prints, rand.NewChaCha8([32]byte{3})))
	c.through()
	return c
}

// replacing is a console that began a rekey with shares shown at the screen.
func (r *rig) replacing(shares, threshold int) *console {
	r.t.Helper()
	c := r.rekeying()
	c.fill(fmt.Sprint(shares), fmt.Sprint(threshold))
	c.through()
	c.pick("open")
	c.through()
	prompt[ceremony.EnterShare](c)
	return c
}

// paper is what custodians wrote down.
type paper struct {
	names  []string
	shares [][]byte
}

func (p paper) share(t *testing.T, i int) keys.Share {
	t.Helper()
	s, err := keys.NewShare(slices.Clone(p.shares[i]))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// handOut has every custodian write the share down and prove it, up to the acknowledgement.
func (c *console) handOut() paper {
	c.t.Helper()
	var p paper
	for {
		if _, ok := c.machine.Prompt().(ceremony.Fill); !ok {
			return p
		}
		name := fmt.Sprintf("custodian %d", len(p.names)+1)
		c.fill(name)
		shown := prompt[ceremony.Reveal](c)
		if shown.Holder != name || !shown.Binary {
			c.t.Errorf("shown %q to %q", shown.Title, shown.Holder)
		}
		var written []byte
		shown.Secret.Use(func(b []byte) { written = slices.Clone(b) })
		c.do(ceremony.Shown{})
		c.do(ceremony.GaveSecret{Secret: c.characters(written)})
		if !shown.Secret.Empty() {
			c.t.Errorf("the share of %s is alive after it was proved", name)
		}
		p.names, p.shares = append(p.names, name), append(p.shares, written)
	}
}

// characters are those that the machine asks for, of what was written down.
func (c *console) characters(written []byte) keys.Secret {
	c.t.Helper()
	text := base64.StdEncoding.EncodeToString(written)
	var out []byte
	for _, at := range prompt[ceremony.TypeBack](c).Positions {
		out = append(out, text[at-1])
	}
	return keys.NewSecret(out)
}
