package ceremony_test

import (
	"bytes"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"warder/demo"
	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// owner has a private key, and the file of the public one.
type owner struct {
	entity *openpgp.Entity
	file   string
}

// owners make keys that are a day old and live so long; 0 is for ever.
func owners(t *testing.T, life time.Duration, names ...string) []owner {
	t.Helper()
	dir := t.TempDir()
	var out []owner
	for _, name := range names {
		config := &packet.Config{
			Algorithm: packet.PubKeyAlgoEdDSA, Time: func() time.Time { return time.Now().Add(-24 * time.Hour) },
			KeyLifetimeSecs: uint32(life / time.Second),
		}
		entity, err := openpgp.NewEntity(name, "", "", config)
		if err != nil {
			t.Fatal(err)
		}
		var public bytes.Buffer
		if err := entity.Serialize(&public); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, public.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		out = append(out, owner{entity, file})
	}
	return out
}

// reads decrypts a line of a file.
func (o owner) reads(t *testing.T, line string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(line)
	if err != nil {
		t.Fatal(err)
	}
	m, err := openpgp.ReadMessage(bytes.NewReader(b), openpgp.EntityList{o.entity}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(m.UnverifiedBody)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// encrypting is a rekey for owners of keys, up to the choice of a backup.
func (r *rig) encrypting(to []owner, names ...string) *console {
	r.t.Helper()
	c := r.rekeying()
	c.fill("3", "2")
	c.do(ceremony.Continue{})
	c.pick("pgp")
	for i, o := range to {
		c.fill(names[i], o.file)
		if p, ok := c.machine.Prompt().(ceremony.Fill); ok && p.Problem != "" {
			r.t.Fatalf("%s: %s", o.file, p.Problem)
		}
	}
	told := strings.Join(prompt[ceremony.Tell](c).Text, " ")
	for i, o := range to {
		if want := names[i] + ": " + strings.ToUpper(fingerprintOf(o)); !strings.Contains(told, want) {
			r.t.Errorf("%q is not among %q", want, told)
		}
	}
	c.do(ceremony.Continue{})
	c.decrypts(to...)
	return c
}

func fingerprintOf(o owner) string {
	var b strings.Builder
	for _, c := range o.entity.PrimaryKey.Fingerprint {
		b.WriteString(string("0123456789abcdef"[c>>4]) + string("0123456789abcdef"[c&15]))
	}
	return b.String()
}

func TestRekeyWithPGPWritesTheSharesBeforeItShowsThem(t *testing.T) {
	t.Parallel()
	names := []string{"Anna", "Ben", "Cleo"}
	for _, era := range eras {
		for _, verification := range []string{"verify", "trust"} {
			t.Run(era.String()+", "+verification, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "shares")
				scene(t, demo.Options{Scenario: "healthy", Product: era}, func(r *rig) {
					to := owners(t, 0, names...)
					c := r.encrypting(to, names...)
					c.pick("backup")
					c.pick(verification)
					c.fill(path)
					c.do(ceremony.Continue{})
					for i := range 3 {
						c.give(r.share(i))
					}
					if p := prompt[ceremony.Reveal](c); p.Holder != "Anna" || p.Title != "Encrypted share 1 of 3" {
						t.Errorf("shown %q to %q", p.Title, p.Holder)
					}
					b, err := os.ReadFile(path)
					if err != nil {
						t.Fatal(err)
					}
					for range 3 {
						c.do(ceremony.Shown{})
					}
					c.do(ceremony.Confirmed{})
					lines := sharesIn(b)
					if verification == "verify" {
						for i := range 2 {
							s, err := keys.ParseShare(to[i].reads(t, lines[i]))
							if err != nil {
								t.Fatal(err)
							}
							c.give(s)
						}
						c.wantAccount("2 of the new shares were proved, 1 not")
					} else {
						c.wantAccount("None of the new shares was proved")
					}
					c.wantAccount("The new shares (any 2 of 3) are in force")
					if e := prompt[ceremony.End](c); len(lines) != 3 || len(r.cluster.Shares()) != 3 || !e.Good {
						t.Errorf("%d lines, %d shares in force, ended %+v", len(lines), len(r.cluster.Shares()), e)
					}
					c.wantNoSecret()
				})
			})
		}
	}
}

func TestVerificationIsOfferedToBeLeftOutOnlyWithABackup(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		names := []string{"Anna", "Ben", "Cleo"}
		c := r.encrypting(owners(t, 0, names...), names...)
		c.pick("none")
		c.do(ceremony.Picked{Key: "trust"})
		c.fill(filepath.Join(t.TempDir(), "shares"))
		c.do(ceremony.Continue{})
		state, err := r.clients.Client(r.look().Active()[0].Address, false).Rekey(r.t.Context(), vault.DoorsOpen, vault.BarrierKey)
		if err != nil || !state.VerificationRequired {
			t.Errorf("begun as %+v, %v", state, err)
		}
	})
}

func TestUnfitPGPKeysAreRefused(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		good, expired := owners(t, 0, "Anna")[0], owners(t, time.Hour, "Ben")[0]
		c := r.rekeying()
		c.fill("2", "2")
		c.do(ceremony.Continue{})
		c.pick("pgp")
		c.fill("Anna", good.file)
		for _, wrong := range []struct{ name, file, problem string }{
			{"", good.file, "has to be named"},
			{"Ben", "", "has to be given"},
			{"Ben", "/absent", "no such file"},
			{"Ben", expired.file, "expired"},
			{"Ben", good.file, "that is the key of Anna"},
		} {
			c.fill(wrong.name, wrong.file)
			if p := prompt[ceremony.Fill](c); !strings.Contains(p.Problem, wrong.problem) {
				t.Errorf("%q: %q", wrong.file, p.Problem)
			}
		}
	})
}

func TestARootTokenForAPGPKeyIsWrittenBeforeItIsShown(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "token")
			scene(t, demo.Options{Scenario: "healthy", Product: era}, func(r *rig) {
				o := owners(t, 0, "Anna")[0]
				c := r.rooting()
				c.pick("pgp")
				c.fill(o.file)
				c.do(ceremony.Continue{})
				for i := range 3 {
					c.give(r.share(i))
				}
				c.fill(path)
				b, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if err := r.lookUp(string(o.reads(t, strings.TrimSpace(string(b))))); err != nil {
					t.Errorf("the token: %v", err)
				}
				prompt[ceremony.Reveal](c)
				c.do(ceremony.Shown{})
				if e := prompt[ceremony.End](c); !e.Good || e.Title != "A root token exists" {
					t.Errorf("ended %+v", e)
				}
				c.wantNoSecret()
			})
		})
	}
}
