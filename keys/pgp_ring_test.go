package keys

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp"
)

func triedKey(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "tried", name+".gpg"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestKeyringGivesEveryKeyOfIt(t *testing.T) {
	t.Parallel()
	one, bad, two := triedKey(t, "ed25519"), triedKey(t, "v5sub"), triedKey(t, "photo")
	armour := func(b []byte) []byte { return append(armoured(t, openpgp.PublicKeyType, b), '\n') }
	all := slices.Concat(one, bad, two)
	for name, c := range map[string]struct {
		data []byte
		want []string // the beginning of the fingerprint, or of what is wrong
	}{
		"one":                 {one, []string{"4b0e06ca"}},
		"binary":              {all, []string{"4b0e06ca", "a subkey is of version 5", "87df743a"}},
		"one armour":          {armour(all), []string{"4b0e06ca", "a subkey is of version 5", "87df743a"}},
		"three armours":       {slices.Concat([]byte("Hello\n\n"), armour(one), armour(bad), armour(two)), []string{"4b0e06ca", "a subkey is of version 5", "87df743a"}},
		"base64":              {[]byte(mustParseKey(t, one).ServerForm()), []string{"4b0e06ca"}},
		"what is no key amid": {slices.Concat(one, []byte{0xcb, 3, 'b', 0, 0}, two), []string{"no OpenPGP key: a packet of type 11", "87df743a"}},
	} {
		found, err := ParseKeyring(c.data)
		var got []string
		for _, f := range found {
			got = append(got, f.Key.Fingerprint[:min(8, len(f.Key.Fingerprint))])
			if f.Err != nil {
				got[len(got)-1] = f.Err.Error()
			}
		}
		if err != nil || !slices.EqualFunc(got, c.want, strings.HasPrefix) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
		for _, f := range found {
			if f.Err == nil && mustParseKey(t, []byte(f.Key.ServerForm())).Fingerprint != f.Key.Fingerprint {
				t.Errorf("%s: the server form is another key", name)
			}
		}
	}
}

func TestKeyringRefuses(t *testing.T) {
	t.Parallel()
	one := triedKey(t, "ed25519")
	secret := secretForm(t, newEntity(t, onCurve(), "One"))
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":              {nil, "empty"},
		"a keybox":             {append([]byte("\x00\x00\x00\x20\x01\x01\x00\x02KBXf"), make([]byte, 40)...), "gpg --export"},
		"a private key":        {slices.Concat(one, secret), "private key"},
		"its armour":           {slices.Concat(armoured(t, openpgp.PublicKeyType, one), []byte("\n"), armoured(t, openpgp.PrivateKeyType, secret)), "private key"},
		"cut off":              {one[:len(one)-3], "cut off"},
		"a message":            {armoured(t, "PGP MESSAGE", one), "holds something else"},
		"a keybase name":       {[]byte("keybase:someone"), "not supported"},
		"too much":             {make([]byte, maxKeySize+1), "too many"},
		"more than custodians": {bytes.Repeat(triedKey(t, "signonly"), maxRing+1), "more than 1000 keys"},
	} {
		if _, err := ParseKeyring(c.data); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestDirectoryNamesWhatItSkips(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, data := range map[string][]byte{
		"anna.asc": armoured(t, openpgp.PublicKeyType, triedKey(t, "ed25519")), "ben.GPG": triedKey(t, "photo"),
		"both.pub": slices.Concat(triedKey(t, "rsa2048"), triedKey(t, "v5prim")), "cleo.key": secretForm(t, newEntity(t, onCurve(), "Cleo")),
		"notes.txt": []byte("x"), "empty.asc": nil,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "old.gpg"), 0o700); err != nil {
		t.Fatal(err)
	}
	found, err := ReadPublicKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range found {
		if f.Err != nil {
			got = append(got, f.Source+": "+f.Err.Error())
			continue
		}
		got = append(got, f.Source+": "+f.Key.Fingerprint[:8])
	}
	want := []string{
		"anna.asc: 4b0e06ca", "ben.GPG: 87df743a", "both.pub, key 1: d7600ad8", "both.pub, key 2: the key is of version 5",
		"cleo.key: a private key", "empty.asc: no OpenPGP key: the input is empty", "notes.txt: its name does not end in .asc", "old.gpg: a directory",
	}
	if !slices.EqualFunc(got, want, strings.HasPrefix) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPlacesThatHoldNoKeysAreRefused(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"keybase:someone": "not supported", filepath.Join(t.TempDir(), "absent"): "no such file", os.DevNull: "no regular file",
		"pgp_ring.go": "pgp_ring.go: ",
	} {
		if _, err := ReadPublicKeys(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
}

func FuzzParseKeyring(f *testing.F) {
	one, two := triedKey(f, "ed25519"), triedKey(f, "nistp256")
	f.Add(slices.Concat(one, two))
	f.Add([]byte("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n"))
	f.Add(triedKey(f, "photo"))
	f.Fuzz(func(t *testing.T, data []byte) {
		found, err := ParseKeyring(data)
		if err == nil && len(found) == 0 {
			t.Error("nothing was found, and nothing is said")
		}
		for _, c := range found {
			if c.Err != nil {
				continue
			}
			again, err := ParsePublicKey([]byte(c.Key.ServerForm()))
			if err != nil || again.Fingerprint != c.Key.Fingerprint {
				t.Errorf("the server form of %s reads as %s, %v", c.Key.Fingerprint, again.Fingerprint, err)
			}
		}
	})
}
