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

// rooting is a console that knows whether an attempt is under way.
func (r *rig) rooting() *console {
	r.t.Helper()
	c := r.console(ceremony.NewGenerateRoot(r.look(), false, &r.prints))
	c.through()
	return c
}

// begun is a console that began an attempt with a one-time password.
func (r *rig) begun() *console {
	r.t.Helper()
	c := r.rooting()
	c.pick("otp")
	prompt[ceremony.EnterShare](c)
	return c
}

// lookUp asks for a token past the ceremony.
func (r *rig) lookUp(token string) error {
	_, err := r.clients.Client(r.cluster.Addresses()[0], false).LookupToken(r.t.Context(), keys.NewSecret([]byte(token)))
	return err
}

func TestGenerateRootShowsTheTokenOnceAndRevokesIt(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "healthy", Product: era}, func(r *rig) {
				c := r.begun()
				for i := range 3 {
					if p := prompt[ceremony.EnterShare](c); p.Number != i+1 || p.Needed != 3 || (p.After != "") != (i == 2) {
						t.Errorf("share %d: asked for number %d of %d, after: %q", i+1, p.Number, p.Needed, p.After)
					}
					c.give(r.share(i))
				}
				if p := prompt[ceremony.Pick](c); !strings.Contains(p.Text[0], "Accessor: ") {
					t.Errorf("what the token is: %q", p.Text)
				}
				c.pick("show")
				shown := prompt[ceremony.Reveal](c).Secret
				token := text(shown)
				if err := r.lookUp(token); err != nil {
					t.Errorf("the token shown: %v", err)
				}
				c.do(ceremony.Shown{})
				c.pick("revoke")
				if err := r.lookUp(token); !vault.Is(err, vault.Denied) {
					t.Errorf("after the revocation: %v", err)
				}
				if e := prompt[ceremony.End](c); !e.Good || e.Title != "The root token is revoked" || !shown.Empty() {
					t.Errorf("ended %+v, the token wiped: %v", e, shown.Empty())
				}
				accessor, gone := c.machine.(ceremony.GenerateRoot).Accessor()
				if _, there, err := r.clients.Client(r.cluster.Addresses()[0], false).LookupAccessor(r.t.Context(), accessor); there || err != nil || !gone {
					t.Errorf("accessor %q: there %v, gone %v, %v", accessor, there, gone, err)
				}
				c.wantNoSecret()
			})
		})
	}
}

func TestTheTokenGoesToANewFileOnly(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		dir := t.TempDir()
		taken, link, fresh := filepath.Join(dir, "taken"), filepath.Join(dir, "link"), filepath.Join(dir, "fresh")
		if err := os.WriteFile(taken, []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Join(dir, "elsewhere"), link); err != nil {
			t.Fatal(err)
		}
		c := r.begun()
		for i := range 3 {
			c.give(r.share(i))
		}
		c.pick("file")
		for _, path := range []string{"", taken, link} {
			c.fill(path)
			if p := prompt[ceremony.Fill](c); p.Problem == "" {
				t.Errorf("%q was taken", path)
			}
		}
		c.fill(fresh)
		b, err := os.ReadFile(fresh)
		info, statErr := os.Stat(fresh)
		if err != nil || statErr != nil || info.Mode().Perm() != 0o600 || r.lookUp(strings.TrimSpace(string(b))) != nil {
			t.Errorf("the file: %v, %v, mode %v", err, statErr, info.Mode())
		}
		c.pick("close")
		c.wantAccount("was not shown")
		c.wantNoSecret()
	})
}

func TestTheTokenIsHandedOnWrapped(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy", Product: demo.OpenBao}, func(r *rig) {
		c := r.begun()
		for i := range 3 {
			c.give(r.share(i))
		}
		c.pick("wrap")
		c.fill("soon")
		if p := prompt[ceremony.Fill](c); p.Problem == "" {
			t.Error("no life was taken")
		}
		c.fill("30m")
		wrapping := prompt[ceremony.Reveal](c).Secret
		if wrapping.Empty() {
			t.Error("an empty wrapping token is shown")
		}
		c.do(ceremony.Shown{})
		if !wrapping.Empty() {
			t.Error("the wrapping token is alive after it was shown")
		}
		c.wantNoSecret()
	})
}

func TestAJoinedConsoleCarriesTheEncodedToken(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "healthy", Product: era}, func(r *rig) {
				first, second := r.begun(), r.rooting()
				first.give(r.share(0))
				second.wait(12 * time.Second)
				if p := prompt[ceremony.Pick](second); p.Title != "Somebody began an attempt" {
					t.Errorf("asked %+v", p)
				}
				second.pick("join")
				second.give(r.share(1))
				second.give(r.share(2))
				encoded := text(prompt[ceremony.Reveal](second).Secret)
				first.wait(12 * time.Second)
				first.wantAlarm("completed or cancelled, the server does not say which")
				prompt[ceremony.EnterSecret](first)
				first.do(ceremony.GaveSecret{Secret: keys.NewSecret([]byte("AAAA"))})
				first.wantHeard("Not decoded")
				first.do(ceremony.GaveSecret{Secret: keys.NewSecret([]byte(encoded))})
				first.pick("show")
				if err := r.lookUp(text(prompt[ceremony.Reveal](first).Secret)); err != nil {
					t.Errorf("the token: %v", err)
				}
				second.do(ceremony.Shown{})
				if e := prompt[ceremony.End](second); !e.Good {
					t.Errorf("the joined console ended %+v", e)
				}
				first.wantNoSecret()
				second.wantNoSecret()
			})
		})
	}
}

func TestAWrongSetLeavesTheAttemptWithNothing(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "healthy", Product: era}, func(r *rig) {
				c := r.begun()
				c.give(r.share(0))
				c.give(r.share(0))
				c.wantHeard("the same share was given before")
				c.give(r.share(1))
				c.give(wrongShare(t, 77))
				c.wantAlarm("With this share there were 3, and together they are wrong")
				if p := prompt[ceremony.EnterShare](c); p.Number != 1 {
					t.Errorf("asked for number %d", p.Number)
				}
				for i := range 3 {
					c.give(r.share(i))
				}
				prompt[ceremony.Pick](c)
				c.wantNoSecret()
			})
		})
	}
}

func TestALostAnswerOfGenerateRootIsRead(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		c := r.begun()
		r.lose(1)
		c.give(r.share(0))
		c.wantHeard("the share counted")
		c.give(r.share(1))
		r.lose(1)
		c.give(r.share(2))
		c.wantAlarm("completed or cancelled")
		if p := prompt[ceremony.EnterSecret](c); !strings.Contains(strings.Join(p.Text, " "), "a root token exists that nobody can read") {
			t.Errorf("told %q", p.Text)
		}
		c.pick("nothing")
		if e := prompt[ceremony.End](c); e.Good {
			t.Error("ended well without a token")
		}
		c.wantNoSecret()
	})
}

// lose has the active node break the connection instead of answering so many writes.
func (r *rig) lose(count int) {
	r.t.Helper()
	for _, m := range r.look().Members() {
		if m.Node != nil && m.Node.State() == vault.Active {
			r.happens(demo.LoseReplies{Node: strings.TrimSuffix(m.Name, ".demo:8200"), Count: count})
			return
		}
	}
	r.t.Fatal("nobody leads")
}

func TestALeaderChangeEndsAnAttempt(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "healthy", Product: era}, func(r *rig) {
				c := r.begun()
				c.give(r.share(0))
				r.happens(demo.StepDown{})
				c.give(r.share(1))
				c.wantHeard("not the active node any more")
				c.through()
				prompt[ceremony.EnterSecret](c)
				c.wantAlarm("Another node is active now and knows of no attempt")
				c.wantNoSecret()
			})
		})
	}
}

func TestSomebodyElseCancelsAndBeginsAnother(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "someone-else-cancels"}, func(r *rig) {
		c := r.begun()
		c.give(r.share(0))
		time.Sleep(25 * time.Second)
		c.observe()
		c.wantAlarm("began another")
		c.wantAlarm("The one-time password held here belonged to the attempt before")
		if p := prompt[ceremony.Pick](c); p.Title != "Somebody began an attempt" {
			t.Errorf("asked %+v", p)
		}
		c.pick("end")
		c.do(ceremony.Confirmed{})
		if e := prompt[ceremony.End](c); !e.Good {
			t.Errorf("ended %+v", e)
		}
		c.wantNoSecret()
	})
}

func TestClosedDoorsSayWhatOpensThem(t *testing.T) {
	t.Parallel()
	for era, setting := range map[demo.Product]string{
		demo.Vault2: `enable_unauthenticated_access = ["generate-root"]`, demo.OpenBao: "disable_unauthed_generate_root_endpoints = false",
	} {
		scene(t, demo.Options{Scenario: "no-token", Product: era}, func(r *rig) {
			c := r.console(ceremony.NewGenerateRoot(r.look(), false, &r.prints))
			c.do(ceremony.Continue{})
			c.do(ceremony.Confirmed{})
			c.do(ceremony.Confirmed{})
			p := prompt[ceremony.Tell](c)
			if !strings.Contains(strings.Join(p.Text, " "), setting) {
				t.Errorf("%v: told %q", era, p.Text)
			}
			c.do(ceremony.Continue{})
			prompt[ceremony.Tell](c)
			c.wantNoSecret()
		})
	}
}
