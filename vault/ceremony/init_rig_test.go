package ceremony_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"warder/keys"
	"warder/vault/ceremony"
)

// initialising is a console that was told what will happen.
func (r *rig) initialising() *console {
	r.t.Helper()
	return r.console(ceremony.NewInitialise(r.look(), false, &r.prints, rand.NewChaCha8([32]byte{3})))
}

// sizing is a console that chose the first node and is asked how many shares.
func (r *rig) sizing() *console {
	r.t.Helper()
	c := r.initialising()
	c.through()
	c.pick(r.cluster.Addresses()[0])
	c.through()
	prompt[ceremony.Fill](c)
	return c
}

// inReach is a console that goes to those sizes, with all in the open.
func (r *rig) inReach(shares, threshold string) *console {
	r.t.Helper()
	c := r.sizing()
	c.fill(shares, threshold)
	c.do(ceremony.Continue{})
	if shares != "0" {
		c.pick("open")
	}
	c.pick("open")
	if p := prompt[ceremony.Tell](c); p.Title != "Ready to begin" {
		r.t.Fatalf("asked %q", p.Title)
	}
	return c
}

// making is a console that made the keys.
func (r *rig) making(shares, threshold string) *console {
	r.t.Helper()
	c := r.inReach(shares, threshold)
	c.do(ceremony.Continue{})
	if want := prompt[ceremony.TypeOut](c).Want; want != "a dropped line loses the keys" {
		r.t.Errorf("the risk is taken by %q", want)
	}
	c.do(ceremony.Confirmed{})
	return c
}

// takesToken shows the root token, and gives it.
func (c *console) takesToken() keys.Secret {
	c.t.Helper()
	c.pick("show")
	var b []byte
	prompt[ceremony.Reveal](c).Secret.Use(func(raw []byte) { b = slices.Clone(raw) })
	c.do(ceremony.Shown{})
	return keys.NewSecret(b)
}

// offers says whether the nodes' list offers that now.
func (c *console) offers(key string) bool {
	p, ok := c.machine.Prompt().(ceremony.Pick)
	return ok && slices.ContainsFunc(p.Options, func(o ceremony.Option) bool { return o.Key == key })
}

// until lets time pass until the nodes' list offers that.
func (c *console) until(key string) {
	c.t.Helper()
	for range 60 {
		if c.offers(key) {
			return
		}
		c.wait(1e9)
	}
	c.t.Fatalf("%q was never offered; asked %#v", key, c.machine.Prompt())
}

// whole checks until all nodes are in as voters.
func (c *console) whole() {
	c.t.Helper()
	for range 60 {
		c.until("check")
		c.pick("check")
		if strings.Contains(strings.Join(prompt[ceremony.Pick](c).Text, " "), "All 3 nodes are in, and all vote.") {
			return
		}
		c.wait(1e9)
	}
	c.t.Fatalf("not all came in: %#v", c.machine.Prompt())
}

func (r *rig) wantOpen() {
	r.t.Helper()
	for i := range r.cluster.Addresses() {
		if s := r.sealStatus(i); s.Sealed || !s.Initialised {
			r.t.Errorf("node %d: %+v", i, s)
		}
	}
}

func (r *rig) wantBlank(node int) {
	r.t.Helper()
	if s := r.sealStatus(node); s.Initialised {
		r.t.Errorf("node %d has keys", node)
	}
}

// ciphertexts are the lines of a file, decrypted by their owners.
func decrypted(t *testing.T, lines []string, to []owner) (out []keys.Share) {
	t.Helper()
	if len(lines) != len(to) {
		t.Fatalf("%d lines for %d owners", len(lines), len(to))
	}
	for i, o := range to {
		s, err := keys.ParseShare(o.reads(t, lines[i]))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}
