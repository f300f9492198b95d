package ceremony_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"warder/demo"
	"warder/vault"
	"warder/vault/ceremony"
)

func TestInitialiseFromTheFirstShareToTheLastVoter(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "uninitialised", Product: era}, func(r *rig) {
				c := r.making("4", "2")
				if got := c.machine.(ceremony.Keeper).Keeps(); got != "4 shares that nobody has yet and the root token" {
					t.Errorf("keeps %q", got)
				}
				p := c.handOut()
				c.wantAccount("any 2 of 4 unseal shares open it")
				c.do(ceremony.Confirmed{})
				if got := c.machine.(ceremony.Keeper).Keeps(); got != "the root token" {
					t.Errorf("keeps %q", got)
				}
				token := c.takesToken()
				if got := c.machine.(ceremony.Keeper).Keeps(); got != "" {
					t.Errorf("keeps %q", got)
				}
				c.pick("unseal")
				c.through()
				c.give(p.share(t, 3))
				c.give(p.share(t, 1))
				c.through()
				for c.offers("join") { // the others look for the cluster by themselves
					c.wait(time.Second)
				}
				c.until("unseal")
				c.wait(5 * time.Second)
				c.pick("unseal")
				c.through()
				c.give(p.share(t, 0))
				c.give(p.share(t, 2))
				c.through()
				c.whole()
				r.wantOpen()
				if err := r.lookUp(text(token)); err != nil {
					t.Errorf("the token that was shown: %v", err)
				}
				if accessor, gone := c.machine.(ceremony.Initialise).Accessor(); accessor == "" || gone {
					t.Errorf("accessor %q, gone %v", accessor, gone)
				}
				c.pick("revoke")
				if err := r.lookUp(text(token)); !vault.Is(err, vault.Denied) {
					t.Errorf("the revoked token: %v", err)
				}
				c.pick("done")
				if e := prompt[ceremony.End](c); !e.Good || e.Title != "The cluster is initialised" {
					t.Errorf("ended %+v", e)
				}
				c.wantNoSecret()
			})
		})
	}
}

func TestInitialiseBehindAnAutomaticSeal(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "uninitialised-auto", Product: era}, func(r *rig) {
				c := r.sizing()
				if p := prompt[ceremony.Fill](c); p.Title != "How many recovery shares" || !strings.Contains(strings.Join(p.Text, " "), "stored_shares") {
					t.Errorf("asked %+v", p)
				}
				c.fill("3", "2")
				c.do(ceremony.Continue{})
				c.pick("open")
				c.pick("open")
				c.do(ceremony.Continue{})
				c.do(ceremony.Confirmed{})
				p := c.handOut()
				c.do(ceremony.Confirmed{})
				c.pick("later")
				if c.offers("unseal") {
					t.Error("recovery shares are offered to unseal with")
				}
				c.until("token")
				c.until("join")
				c.pick("token")
				c.pick("wrap")
				c.fill("30m")
				if p := prompt[ceremony.Reveal](c); p.Title != "The wrapping token" {
					t.Errorf("shown %q", p.Title)
				}
				c.do(ceremony.Shown{})
				c.pick("join")
				c.fill(r.cluster.Addresses()[0])
				if p := prompt[ceremony.TypeOut](c); len(p.Nodes) != 2 {
					t.Errorf("joins %+v", p.Nodes)
				}
				c.through()
				c.wantHeard("has joined; its seal unseals it")
				c.wait(5 * time.Second)
				c.whole()
				r.wantOpen()
				c.pick("done")
				if e := prompt[ceremony.End](c); !e.Good {
					t.Errorf("ended %+v", e)
				}
				c.wantNoSecret()
				if got := r.cluster.Shares(); len(got) != 3 || text(got[1]) != string(p.shares[1]) {
					t.Error("the server has other recovery shares in force")
				}
				if era != demo.Vault {
					return // whose endpoints are closed to who has no token
				}
				root := r.rooting()
				root.pick("otp")
				root.give(p.share(t, 2))
				root.give(p.share(t, 0))
				prompt[ceremony.Pick](root)
				root.wantNoSecret()
			})
		})
	}
}

func TestOpenBaoIsInitialisedWithoutRecoveryShares(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "uninitialised-auto", Product: demo.OpenBao}, func(r *rig) {
		c := r.inReach("0", "0")
		c.do(ceremony.Continue{})
		c.do(ceremony.Confirmed{})
		c.takesToken()
		c.wantAccount("without recovery shares")
		c.wantNoSecret()
	})
	scene(t, demo.Options{Scenario: "uninitialised-auto"}, func(r *rig) {
		c := r.sizing()
		c.fill("0", "0")
		if p := prompt[ceremony.Fill](c); !strings.Contains(p.Problem, "1 to 255") {
			t.Errorf("Vault: %q", p.Problem)
		}
		c.wantNoSecret()
	})
}

func TestInitialiseForOwnersOfPGPKeys(t *testing.T) {
	t.Parallel()
	for _, scenario := range []string{"uninitialised", "uninitialised-auto"} {
		for _, era := range eras {
			t.Run(scenario+" "+era.String(), func(t *testing.T) {
				dir := t.TempDir()
				file, tokenFile := filepath.Join(dir, "shares"), filepath.Join(dir, "token")
				scene(t, demo.Options{Scenario: scenario, Product: era}, func(r *rig) {
					to := owners(t, 0, "Anna", "Ben", "Cleo")
					c := r.sizing()
					c.fill("2", "2")
					c.do(ceremony.Continue{})
					c.pick("pgp")
					c.fill("Anna", to[0].file, "")
					c.fill("Ben", to[1].file, "ben@example.org")
					c.do(ceremony.Continue{})
					c.decrypts(to[:2]...)
					c.fill(file)
					c.pick("pgp")
					c.fill(to[2].file)
					c.do(ceremony.Continue{})
					c.do(ceremony.Continue{}) // what is encrypted needs no sentence typed
					written, err := os.ReadFile(file)
					if err != nil {
						t.Fatal(err)
					}
					shares := decrypted(t, sharesIn(written), to[:2])
					for _, name := range []string{"Anna", "Ben"} {
						if p := prompt[ceremony.Reveal](c); p.Holder != name {
							t.Errorf("shown to %q", p.Holder)
						}
						c.do(ceremony.Shown{})
					}
					c.do(ceremony.Confirmed{})
					c.pick("file")
					c.fill(tokenFile)
					c.wantAccount("It is in " + tokenFile)
					if scenario == "uninitialised" {
						c.pick("unseal")
						c.through()
						c.give(shares[0])
						c.give(shares[1])
						c.through()
					}
					for range 5 {
						c.wait(time.Second)
					}
					if s := r.sealStatus(0); s.Sealed {
						t.Error("the first node is sealed")
					}
					sealed, err := os.ReadFile(tokenFile)
					if err != nil {
						t.Fatal(err)
					}
					if err := r.lookUp(string(to[2].reads(t, strings.TrimSpace(string(sealed))))); err != nil {
						t.Errorf("the token: %v", err)
					}
					if c.offers("check") {
						t.Error("a check with a token that nobody can read here")
					}
					c.pick("done")
					c.wantNoSecret()
				})
			})
		}
	}
}
