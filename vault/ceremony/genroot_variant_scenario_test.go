package ceremony_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"warder/demo"
	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// secondary is a scene at a DR secondary, which is one of Vault.
func secondary(t *testing.T, test func(*rig)) {
	t.Helper()
	for _, product := range []demo.Product{demo.Vault, demo.Vault2} {
		t.Run(product.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "healthy", Product: product}, func(r *rig) {
				r.happens(demo.Replicate{DRSecondary: true})
				test(r)
			})
		})
	}
}

// watchesTokens counts what a ceremony asked of a token after it was made.
func (c *console) watchesTokens() *int {
	n := 0
	c.spy = func(e ceremony.Event) {
		switch e.(type) {
		case ceremony.TokenLooked, ceremony.TokenRevoked, ceremony.TokenWrapped:
			n++
		}
	}
	return &n
}

func TestADRSecondaryMakesADROperationTokenAndNothingIsAskedOfIt(t *testing.T) {
	t.Parallel()
	secondary(t, func(r *rig) {
		if text := r.toldOfRoot(); !strings.Contains(text, "Vault Enterprise only") || !strings.Contains(text, "any 3 of the 5 holders of unseal shares") || !strings.Contains(text, "does nothing else") {
			t.Errorf("told %q", text)
		}
		c := r.begun()
		calls := c.watchesTokens()
		for i := range 3 {
			c.give(r.share(i))
		}
		p := prompt[ceremony.Pick](c)
		if len(p.Options) != 2 || !strings.Contains(p.Text[0], "cannot be looked up or revoked") {
			t.Errorf("asked %+v", p)
		}
		c.pick("show")
		shown := prompt[ceremony.Reveal](c)
		if shown.Title != "The DR operation token" || !strings.HasPrefix(text(shown.Secret), "hvs.") {
			t.Errorf("shown as %q", shown.Title)
		}
		c.do(ceremony.Shown{})
		if e := prompt[ceremony.End](c); !e.Good || e.Title != "A DR operation token exists" || len(e.Options) != 1 || !strings.Contains(strings.Join(e.Text, " "), "operation-token/delete") {
			t.Errorf("ended %+v", e)
		}
		c.pick("close")
		if _, gone := c.machine.(ceremony.GenerateRoot).Accessor(); !gone || *calls > 0 || !shown.Secret.Empty() {
			t.Errorf("reminded of: %v; %d calls with the token; wiped: %v", !gone, *calls, shown.Secret.Empty())
		}
		c.wantNoSecret()
	})
}

func TestADROperationTokenGoesToAFileOfItsName(t *testing.T) {
	t.Parallel()
	secondary(t, func(r *rig) {
		c := r.begun()
		for i := range 3 {
			c.give(r.share(i))
		}
		c.pick("file")
		if p := prompt[ceremony.Fill](c); p.Fields[0].Default != "dr-operation-token.txt" {
			t.Errorf("proposed %q", p.Fields[0].Default)
		}
		path := filepath.Join(r.t.TempDir(), "token")
		c.fill(path)
		if b, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(b), "hvs.") {
			t.Errorf("the file: %v", err)
		}
		c.wantNoSecret()
	})
}

// TestAMistypedDROperationTokenCanBeTypedAgain: no server can be asked whether it is the token.
func TestAMistypedDROperationTokenCanBeTypedAgain(t *testing.T) {
	t.Parallel()
	secondary(t, func(r *rig) {
		first, second := r.begun(), r.rooting()
		second.pick("join")
		for i := range 3 {
			second.give(r.share(i))
		}
		encoded := text(prompt[ceremony.Reveal](second).Secret)
		first.wait(12 * time.Second)
		for range 2 {
			first.do(ceremony.GaveSecret{Secret: keys.NewSecret([]byte(encoded))})
			prompt[ceremony.Pick](first)
			first.pick("again")
			prompt[ceremony.EnterSecret](first)
		}
		first.do(ceremony.GaveSecret{Secret: keys.NewSecret([]byte(encoded))})
		first.pick("show")
		first.do(ceremony.Shown{})
		if e := prompt[ceremony.End](first); len(e.Options) != 1 {
			t.Errorf("ended %+v", e)
		}
		first.wantNoSecret()
		second.wantNoSecret()
	})
}

func TestAClosedSecondaryNamesTheSettingOfItsOwn(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy", Product: demo.Vault2}, func(r *rig) {
		r.happens(demo.Replicate{DRSecondary: true})
		s, err := vault.SimulatedSettings(r.cluster.Addresses(), keys.Secret{}, nil)
		if err != nil {
			r.t.Fatal(err)
		}
		s.Dial = r.cluster.Dial
		r.clients.Close()
		r.clients = vault.NewClients(s)
		defer r.clients.Close()
		c := r.console(ceremony.NewGenerateRoot(r.look(), false, &r.prints))
		c.do(ceremony.Continue{})
		c.do(ceremony.Confirmed{}) // the node,
		c.do(ceremony.Confirmed{}) // and that nothing proves it
		p := prompt[ceremony.Tell](c)
		all := strings.Join(p.Text, " ")
		for _, words := range []string{"generate-operation-token/*", `["generate-operation-token"]`, "batch token"} {
			if !strings.Contains(all, words) {
				t.Errorf("does not say %q: %q", words, all)
			}
		}
	})
}

// TestBesideAnActiveNodeARootTokenIsMade: a secondary in the same console needs one of its own.
func TestBesideAnActiveNodeARootTokenIsMade(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		s := r.look()
		r.happens(demo.Replicate{DRSecondary: true})
		for _, a := range r.cluster.Addresses() {
			if s.Node(a).State() != vault.Active {
				s = s.Merge(r.clients.Fetch(r.t.Context(), vault.Ask{Address: a, Lane: vault.Vital}))
			}
		}
		c := r.console(ceremony.NewGenerateRoot(s, false, &r.prints))
		all := strings.Join(prompt[ceremony.Tell](c).Text, " ")
		if !strings.Contains(all, "of a disaster-recovery secondary: vault-") || !strings.Contains(all, "makes a root token at the active node") {
			t.Errorf("told %q", all)
		}
	})
}
