package ceremony_test

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"

	"warder/demo"
	"warder/keys"
	"warder/vault/ceremony"
	"warder/vault/roster"
)

// decrypts has every custodian decrypt his message and type the code.
func (c *console) decrypts(to ...owner) {
	c.t.Helper()
	c.fill(c.t.TempDir())
	for _, o := range to {
		code := o.code(c.t, prompt[ceremony.Tell](c).Copy)
		c.do(ceremony.Continue{})
		c.types(code)
	}
}

func (c *console) types(code string) {
	prompt[ceremony.EnterSecret](c)
	c.do(ceremony.GaveSecret{Secret: keys.NewSecret([]byte(code))})
}

var codeIn = regexp.MustCompile(`^warder asks \w+ for this code: ([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})\n$`)

// code is what the message for an owner says.
func (o owner) code(t *testing.T, message string) string {
	t.Helper()
	block, err := armor.Decode(strings.NewReader(message))
	if err != nil {
		t.Fatal(err)
	}
	m, err := openpgp.ReadMessage(block.Body, openpgp.EntityList{o.entity}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(m.UnverifiedBody)
	found := codeIn.FindSubmatch(plain)
	if err != nil || found == nil {
		t.Fatalf("the message says %q, %v", plain, err)
	}
	return string(found[1])
}

// sharesIn are the lines of a file of encrypted shares that are no notes.
func sharesIn(file []byte) (out []string) {
	for line := range strings.Lines(string(file)) {
		if !strings.HasPrefix(line, "#") {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}

// keyed is a rekey whose custodians have given their keys and compared them.
func (r *rig) keyed(state string, to []owner, names ...string) *console {
	r.t.Helper()
	c := r.rekeying()
	c.runner.State = state
	c.fill("2", "2")
	c.do(ceremony.Continue{})
	c.pick("pgp")
	for i, o := range to {
		c.fill(names[i], o.file, names[i]+"@example.org")
	}
	if p := prompt[ceremony.Tell](c); p.Title != "Are these the keys?" {
		r.t.Fatalf("asked %q", p.Title)
	}
	c.do(ceremony.Continue{})
	return c
}

func TestChallengeIsPassedByWhoDecrypts(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		dir, to := t.TempDir(), owners(t, 0, "Anna", "Ben")
		c := r.keyed("", to, "Anna", "Ben")
		c.fill(dir)
		shown := prompt[ceremony.Tell](c)
		files, err := filepath.Glob(filepath.Join(dir, "challenge-1-anna-*.asc"))
		if err != nil || len(files) != 1 {
			t.Fatalf("%v, %v", files, err)
		}
		info, err := os.Stat(files[0])
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
		written, err := os.ReadFile(files[0])
		if err != nil || strings.TrimSpace(string(written)) != strings.TrimSpace(shown.Copy) || shown.Lines[0] != "gpg --decrypt "+files[0] {
			t.Errorf("written %q and shown %q, %v", written, shown.Lines, err)
		}
		code := to[0].code(t, shown.Copy)
		c.do(ceremony.Continue{})
		for _, wrong := range []string{"", "x", code[:13], code + "a", "aaaa-aaaa-aaaa"} {
			c.types(wrong)
			if p := prompt[ceremony.EnterSecret](c); !strings.HasPrefix(p.Title, "Anna") {
				t.Fatalf("%q was taken: %q", wrong, p.Title)
			}
		}
		c.wantHeard("not the code in the message for Anna")
		c.pick("again")
		if prompt[ceremony.Tell](c).Copy != shown.Copy {
			t.Error("another message the second time")
		}
		c.do(ceremony.Continue{})
		c.types(strings.ToUpper(strings.ReplaceAll(code, "-", " ")))
		shown = prompt[ceremony.Tell](c)
		c.do(ceremony.Continue{})
		c.types(code)
		c.wantHeard("not the code in the message for Ben")
		c.types(to[1].code(t, shown.Copy))
		if p := prompt[ceremony.Pick](c); p.Title != "A backup on the server?" {
			t.Errorf("goes on with %q", p.Title)
		}
		c.wantNoSecret()
	})
}

func TestWhoCannotDecryptIsAnException(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		to := owners(t, 0, "Anna", "Ben")
		c := r.keyed("", to, "Anna", "Ben")
		c.fill("/nowhere/at/all")
		c.wantHeard("on the screen only")
		code := to[0].code(t, prompt[ceremony.Tell](c).Copy)
		c.do(ceremony.Continue{})
		c.types(code)
		c.do(ceremony.Continue{})
		c.pick("cannot")
		c.do(ceremony.Back{})
		prompt[ceremony.EnterSecret](c)
		c.pick("cannot")
		if p := prompt[ceremony.TypeOut](c); p.Want != "Ben may not be able to read the share" || !strings.Contains(strings.Join(p.Text, " "), "in nobody's hands") {
			t.Errorf("%+v", p)
		}
		c.do(ceremony.Confirmed{})
		c.pick("backup")
		if p := prompt[ceremony.Pick](c); len(p.Options) != 1 || !strings.Contains(strings.Join(p.Text, " "), "Ben did not prove") {
			t.Errorf("verification can be left out: %+v", p)
		}
		c.do(ceremony.Picked{Key: "trust"})
		c.pick("verify")
		c.fill(filepath.Join(t.TempDir(), "shares"))
		if told := strings.Join(prompt[ceremony.Tell](c).Text, " "); !strings.Contains(told, "Ben did not decrypt") {
			t.Errorf("%q", told)
		}
	})
}

func TestRosterTellsWhatChangedSinceLastTime(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		state := t.TempDir()
		to := owners(t, 0, "Anna", "Ben", "Mallory")
		finish := func(c *console, to ...owner) {
			t.Helper()
			c.decrypts(to...)
			path := filepath.Join(t.TempDir(), "shares")
			c.pick("none")
			c.fill(path)
			c.do(ceremony.Continue{})
			for i := 0; ; i++ {
				if _, more := c.machine.Prompt().(ceremony.EnterShare); !more {
					break
				}
				c.give(r.share(i))
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				c.do(ceremony.Shown{})
			}
			c.do(ceremony.Confirmed{})
			for i, line := range sharesIn(b) {
				s, err := keys.ParseShare(to[i].reads(t, line))
				if err != nil {
					t.Fatal(err)
				}
				c.give(s)
			}
			prompt[ceremony.End](c)
		}
		path := roster.Path(state, r.look().ID())
		c := r.keyed(state, to[:2], "Anna", "Ben")
		if kept, _ := roster.Load(path); !kept.Empty() {
			t.Error("kept before the new shares are in force")
		}
		finish(c, to[:2]...)
		kept, err := roster.Load(path)
		if err != nil || len(kept.Custodians) != 2 || kept.Custodians[1] != (roster.Custodian{Name: "Ben", Fingerprint: fingerprintOf(to[1]), Contact: "Ben@example.org"}) {
			t.Fatalf("%+v, %v", kept, err)
		}
		c = r.keyed(state, to[:2], "Anna", "Ben")
		c.wantHeard("are those of " + kept.Saved.Format("2006-01-02"))

		c = r.keyed(state, []owner{to[0], to[2]}, "Anna", "Ben")
		p := prompt[ceremony.TypeOut](c)
		if told := strings.Join(p.Text, " "); !strings.Contains(told, "The key of Ben is another than last time") || p.Want != "the owners confirmed their keys" {
			t.Errorf("%+v", p)
		}
		c.do(ceremony.Confirmed{})
		prompt[ceremony.Fill](c)

		c = r.keyed(state, []owner{to[0], to[2]}, "Anna", "Cleo")
		if told := strings.Join(prompt[ceremony.Tell](c).Text, " "); !strings.Contains(told, "Cleo is new") || !strings.Contains(told, "Ben gets no share any more") {
			t.Errorf("%q", told)
		}
		if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
		c = r.keyed(state, to[:2], "Anna", "Ben")
		c.wantAlarm("not a roster")
	})
}

func TestKeysOfADirectoryAreChosenOneByOne(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		dir, to := t.TempDir(), owners(t, 0, "Anna", "Ben")
		for i, name := range []string{"anna.asc", "ben.gpg"} {
			b, err := os.ReadFile(to[i].file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		c := r.rekeying()
		c.fill("2", "2")
		c.do(ceremony.Continue{})
		c.pick("pgp")
		c.fill("Anna", "keybase:anna")
		if p := prompt[ceremony.Fill](c); !strings.Contains(p.Problem, "keybase names are not supported") {
			t.Errorf("%q", p.Problem)
		}
		c.fill("Anna", dir)
		p := prompt[ceremony.Pick](c)
		if len(p.Options) != 3 || !strings.Contains(strings.Join(p.Text, " "), "Not offered: notes.txt: its name does not end in") {
			t.Errorf("%+v", p)
		}
		c.pick(fingerprintOf(to[0]))
		if p := prompt[ceremony.Fill](c); p.Fields[1].Default != dir {
			t.Errorf("the place is %q", p.Fields[1].Default)
		}
		c.fill("Ben", dir)
		if p := prompt[ceremony.Pick](c); len(p.Options) != 2 || p.Options[0].Key != fingerprintOf(to[1]) {
			t.Errorf("Anna's key is offered again, or Ben's not: %+v", p.Options)
		}
		c.pick("elsewhere")
		c.fill("Ben", dir)
		c.pick(fingerprintOf(to[1]))
		if told := strings.Join(prompt[ceremony.Tell](c).Text, " "); !strings.Contains(told, "Ben: "+strings.ToUpper(fingerprintOf(to[1]))) {
			t.Errorf("%q", told)
		}
	})
}
