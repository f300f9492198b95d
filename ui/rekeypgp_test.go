package ui_test

import (
	"bytes"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"warder/demo"
	"warder/ui"
	"warder/vault"
	"warder/vault/ceremony"
)

// keyPair is a key pair of a custodian, whose public half is in a file of the directory.
func keyPair(t *testing.T, dir, name string) *openpgp.Entity {
	t.Helper()
	config := &packet.Config{Algorithm: packet.PubKeyAlgoEdDSA, Time: func() time.Time { return time.Now().Add(-24 * time.Hour) }}
	entity, err := openpgp.NewEntity(name, "", name+"@example.org", config)
	if err != nil {
		t.Fatal(err)
	}
	var public bytes.Buffer
	if err := entity.Serialize(&public); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".gpg"), public.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return entity
}

func decrypted(t *testing.T, entity *openpgp.Entity, message io.Reader) string {
	t.Helper()
	m, err := openpgp.ReadMessage(message, openpgp.EntityList{entity}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(m.UnverifiedBody)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

// code is what the newest message for a custodian says, taken from its file as he would.
func code(t *testing.T, entity *openpgp.Entity, dir, pattern string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(files) != 1 {
		t.Fatalf("%s: %v, %v", pattern, files, err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	block, err := armor.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	_, said, _ := strings.Cut(decrypted(t, entity, block.Body), "code: ")
	return strings.TrimSpace(said)
}

var anyCode = regexp.MustCompile(`[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}`)

// TestRekeyForOwnersOfPGPKeys is the ceremony with keys from a directory, from the challenge to the roster.
func TestRekeyForOwnersOfPGPKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir, state, short := t.TempDir(), t.TempDir(), shortDir(t)
		keys := map[string]*openpgp.Entity{"ann": keyPair(t, dir, "ann"), "bob": keyPair(t, dir, "bob")}
		c := openChanged(t, demo.Options{Scenario: "healthy", Product: demo.OpenBao, TLS: true}, 80, 24, func(o *ui.Options) {
			clients := o.Cluster.(*vault.Clients)
			o.Ceremonies = ceremony.Runner{Clients: clients, State: state}.Do
		})
		c.wait(3 * time.Second)
		c.press("R", "enter", "yes", "enter")
		c.wait(2 * time.Second)
		c.press("backspace", "2", "enter", "backspace", "2", "enter")
		c.see("Any 2 of 2")
		c.press("enter", "down", "enter")
		c.see("PGP key 1 of 2")
		c.press("ann", "enter", dir, "enter", "room 1", "enter")
		c.fits(80, 24)
		c.see("Which is the key of ann?")
		c.press("enter")
		c.press("bob", "enter", "enter", "enter")
		c.see("Which is the key of bob?")
		c.press("enter")
		c.see("Are these the keys?")
		c.press("enter")
		c.fits(80, 24)
		c.see("Can every custodian decrypt?")
		c.press("backspace", short, "enter")
		for i, name := range []string{"ann", "bob"} {
			c.fits(80, 24)
			c.see(name+" decrypts this", "gpg --decrypt "+short, "y copy")
			said := code(t, keys[name], short, "challenge-"+string(rune('1'+i))+"-*")
			if !anyCode.MatchString(said) {
				t.Fatalf("the message says %q", said)
			}
			c.miss(said)
			c.press("enter")
			c.fits(80, 24)
			c.see(name + ": what is the code?")
			c.press(said)
			c.miss(said)
			c.press("enter")
		}
		c.see("A backup on the server?")
		c.press("enter")
		file := filepath.Join(short, "s.txt")
		for range len("new-shares.txt") {
			c.press("backspace")
		}
		c.press(file, "enter")
		c.see("Ready to begin")
		c.press("enter")
		c.wait(2 * time.Second)
		for _, i := range []int{4, 0, 2} {
			c.give(c.share(i, base))
		}
		for i, name := range []string{"ann", "bob"} {
			c.fits(80, 24)
			c.see("Hidden. When nobody but "+name, "sed -n "+string(rune('2'+2*i))+"p "+file+" | base64 -d | gpg --decrypt")
			c.press(" ", "enter")
		}
		c.press("all shares are handed out", "enter")
		c.wait(2 * time.Second)
		for i, line := range ciphertexts(t, file) {
			b, err := base64.StdEncoding.DecodeString(line)
			if err != nil {
				t.Fatal(err)
			}
			c.give(decrypted(t, keys[[]string{"ann", "bob"}[i]], bytes.NewReader(b)))
		}
		c.see("The rekey is complete", "any 2 of 2")
		kept, err := filepath.Glob(filepath.Join(state, "warder", "rosters", "*.json"))
		if err != nil || len(kept) != 1 {
			t.Fatalf("%v, %v", kept, err)
		}
		if b, err := os.ReadFile(kept[0]); err != nil || !strings.Contains(string(b), `"contact": "room 1"`) {
			t.Errorf("%s, %v", b, err)
		}
	})
}

// shortDir is a directory whose name leaves room on a line of 80.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "w")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// ciphertexts are the lines of a file of shares that are no notes.
func ciphertexts(t *testing.T, file string) (out []string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if !strings.HasPrefix(line, "#") {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}
