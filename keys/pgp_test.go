package keys

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

func newEntity(t *testing.T, config *packet.Config, name string) *openpgp.Entity {
	t.Helper()
	entity, err := openpgp.NewEntity(name, "", "someone@example.org", config)
	if err != nil {
		t.Fatal(err)
	}
	return entity
}

// onCurve makes keys quickly.
func onCurve() *packet.Config { return &packet.Config{Algorithm: packet.PubKeyAlgoEdDSA} }

func serialised(t *testing.T, write func(io.Writer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func secretForm(t *testing.T, entity *openpgp.Entity) []byte {
	t.Helper()
	return serialised(t, func(w io.Writer) error { return entity.SerializePrivateWithoutSigning(w, nil) })
}

func armoured(t *testing.T, kind string, body []byte) []byte {
	t.Helper()
	return serialised(t, func(out io.Writer) error {
		w, err := armor.Encode(out, kind, nil)
		if err != nil {
			return err
		}
		if _, err := w.Write(body); err != nil {
			return err
		}
		return w.Close()
	})
}

func mustParseKey(t *testing.T, data []byte) PublicKey {
	t.Helper()
	key, err := ParsePublicKey(data)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestPublicKeyIsReadInEveryForm(t *testing.T) {
	t.Parallel()
	entity := newEntity(t, onCurve(), "One")
	binary := serialised(t, entity.Serialize)
	text := base64.StdEncoding.EncodeToString(binary)
	armour := armoured(t, openpgp.PublicKeyType, binary)
	for name, data := range map[string][]byte{
		"binary": binary, "base64": []byte(text), "unpadded base64": []byte(strings.TrimRight(text, "=")),
		"base64 over lines": []byte("\n" + text[:60] + "\r\n" + text[60:] + "\n"),
		"armour":            armour, "armour below a mail": append([]byte("Here is my key:\n\n"), armour...),
		"armour with a byte order mark": append([]byte("\ufeff"), armour...),
	} {
		key, err := ParsePublicKey(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if key.ServerForm() != text || !slices.Equal(key.UserIDs, []string{"One <someone@example.org>"}) {
			t.Errorf("%s: user IDs %q, server form %q", name, key.UserIDs, key.ServerForm())
		}
		if !key.Created.Equal(entity.PrimaryKey.CreationTime) || !key.Expires.IsZero() {
			t.Errorf("%s: created %s, expires %s", name, key.Created, key.Expires)
		}
	}
}

func TestKeysMadeByGnuPG(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]struct{ fingerprint, id, problem string }{
		"gpg-ed25519.asc": {"c48aee4fb2b5f57c55e023f9be89fe1799630e75", "Custodian One <one@example.org>", ""},
		"gpg-rsa3072.asc": {"3b557cfc7d6eb40861e9eab68d662e609034f702", "Custodian Two <two@example.org>", ""},
		"gpg-sign-only.asc": {
			"3b557cfc7d6eb40861e9eab68d662e609034f702", "Custodian Two <two@example.org>", "no subkey to encrypt to",
		},
	} {
		data, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		key := mustParseKey(t, data)
		if key.Fingerprint != want.fingerprint || !slices.Equal(key.UserIDs, []string{want.id}) {
			t.Errorf("%s: %s of %q", file, key.Fingerprint, key.UserIDs)
		}
		problem := key.Problem(key.Created.Add(time.Hour))
		if (problem == nil) != (want.problem == "") || problem != nil && !strings.Contains(problem.Error(), want.problem) {
			t.Errorf("%s: %v, want %q", file, problem, want.problem)
		}
		again := mustParseKey(t, []byte(key.ServerForm()))
		if again.Fingerprint != key.Fingerprint {
			t.Errorf("%s: the server form is another key", file)
		}
	}
}

func TestParsePublicKeyRefuses(t *testing.T) {
	t.Parallel()
	one, two := newEntity(t, onCurve(), "One"), newEntity(t, onCurve(), "Two")
	public, secret := serialised(t, one.Serialize), secretForm(t, one)
	second := serialised(t, two.Serialize)
	publicArmour := append(armoured(t, openpgp.PublicKeyType, public), '\n')
	onlySubkey := secret[len(serialised(t, one.PrivateKey.Serialize)):]
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":                     {nil, "empty"},
		"blanks":                      {[]byte(" \n\t"), "empty"},
		"prose":                       {[]byte("my key is under the mat."), "neither armoured"},
		"other base64":                {[]byte("AAAA"), "neither armoured"},
		"a keybase name":              {[]byte("keybase:someone"), "not supported"},
		"a private key":               {secret, "private key"},
		"a private key in base64":     {[]byte(base64.StdEncoding.EncodeToString(secret)), "private key"},
		"a private key in armour":     {armoured(t, openpgp.PrivateKeyType, secret), "private key"},
		"a private key as public":     {armoured(t, openpgp.PublicKeyType, secret), "private key"},
		"public, then private armour": {slices.Concat(publicArmour, armoured(t, openpgp.PrivateKeyType, secret)), "private key"},
		"a public and a private key":  {slices.Concat(public, secret), "private key"},
		"secret subkeys alone":        {onlySubkey, "private key"},
		"two keys":                    {slices.Concat(public, second), "2 public keys"},
		"two armoured keys":           {slices.Concat(publicArmour, armoured(t, openpgp.PublicKeyType, second)), "2 armoured blocks"},
		"a message":                   {armoured(t, "PGP MESSAGE", public), "holds something else"},
		"a message in binary":         {slices.Concat(public, []byte{0xcb, 3, 'b', 0, 0}), "packet of type 11"},
		"a key cut off":               {public[:len(public)-5], "cut off"},
		"a key without user ID":       {serialised(t, one.PrimaryKey.Serialize), "not a valid OpenPGP key"},
		"a user ID alone":             {[]byte{0xcd, 1, 'u'}, "no OpenPGP public key"},
		"damaged armour":              {bytes.Replace(publicArmour, []byte("\n\n"), []byte("\n\n*"), 1), "damaged"},
		"too much":                    {make([]byte, maxKeySize+1), "too many"},
	} {
		key, err := ParsePublicKey(c.data)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if key.ServerForm() != "" {
			t.Errorf("%s: a key in spite of the error", name)
		}
	}
}

func TestUserIDsCannotSteerATerminal(t *testing.T) {
	t.Parallel()
	entity := newEntity(t, onCurve(), "Mallory\x1b[2J\u202e\u009b1m\u2028\x07")
	key := mustParseKey(t, serialised(t, entity.Serialize))
	if want := []string{"Mallory[2J1m <someone@example.org>"}; !slices.Equal(key.UserIDs, want) {
		t.Errorf("%q, want %q", key.UserIDs, want)
	}
	if got := withoutControls("a\xffb\x80"); got != "a\ufffdb\ufffd" {
		t.Errorf("bytes that are no UTF-8: %q", got)
	}
}

func TestOwnerReadsWhatWasEncrypted(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]*packet.Config{"curve": onCurve(), "RSA": {RSABits: 2048}} {
		entity := newEntity(t, config, name)
		message, err := mustParseKey(t, serialised(t, entity.Serialize)).Encrypt([]byte(told), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(message, []byte(told)) {
			t.Fatalf("%s: not encrypted at all", name)
		}
		details, err := openpgp.ReadMessage(bytes.NewReader(message), openpgp.EntityList{entity}, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(details.UnverifiedBody); err != nil || string(got) != told {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		stranger := newEntity(t, onCurve(), "Stranger")
		if _, err := openpgp.ReadMessage(bytes.NewReader(message), openpgp.EntityList{stranger}, nil, nil); err == nil {
			t.Errorf("%s: a stranger reads it", name)
		}
	}
}

func TestEncryptRefuses(t *testing.T) {
	t.Parallel()
	if _, err := (PublicKey{}).Encrypt([]byte(told), rand.Reader); err == nil {
		t.Error("encrypted to no key")
	}
	entity := newEntity(t, onCurve(), "One")
	entity.Subkeys = nil
	if _, err := mustParseKey(t, serialised(t, entity.Serialize)).Encrypt([]byte(told), rand.Reader); err == nil {
		t.Error("encrypted to a key that cannot be encrypted to")
	}
	key := mustParseKey(t, serialised(t, newEntity(t, onCurve(), "One").Serialize))
	if _, err := key.Encrypt([]byte(told), strings.NewReader("too short")); err == nil {
		t.Error("encrypted with too little randomness")
	}
}

// TestGnuPGReadsWhatWasEncrypted asks another implementation, where it is installed.
func TestGnuPGReadsWhatWasEncrypted(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("gpg"); err != nil {
		t.Skip("gpg is not installed")
	}
	home, err := os.MkdirTemp("", "gpg") // Shorter than t.TempDir: the agent's socket has to fit into 107 characters.
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(home)
	entity := newEntity(t, onCurve(), "Custodian")
	run := func(input []byte, name string, args ...string) []byte {
		command := exec.Command(name, append([]string{"--homedir", home}, args...)...)
		command.Stdin = bytes.NewReader(input)
		var complaint bytes.Buffer
		command.Stderr = &complaint
		out, err := command.Output()
		if err != nil {
			t.Fatalf("%s %q: %v: %s", name, args, err, &complaint)
		}
		return out
	}
	defer run(nil, "gpgconf", "--kill", "all")
	run(secretForm(t, entity), "gpg", "--batch", "--import")
	exported := run(nil, "gpg", "--batch", "--export")
	message, err := mustParseKey(t, exported).Encrypt([]byte(told), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if got := run(message, "gpg", "--batch", "--decrypt"); string(got) != told {
		t.Errorf("gpg reads %q", got)
	}
}

func FuzzParsePublicKey(f *testing.F) {
	for _, file := range []string{"gpg-ed25519.asc", "gpg-rsa3072.asc"} {
		data, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		key, err := ParsePublicKey(data)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(key.binary)
		f.Add([]byte(key.ServerForm()))
	}
	f.Add([]byte("keybase:someone"))
	f.Add([]byte("-----BEGIN PGP MESSAGE-----\n\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		key, err := ParsePublicKey(data)
		if err != nil {
			return
		}
		again, err := ParsePublicKey([]byte(key.ServerForm()))
		if err != nil || again.Fingerprint != key.Fingerprint {
			t.Errorf("the server form of %s reads as %s, %v", key.Fingerprint, again.Fingerprint, err)
		}
		for _, id := range key.UserIDs {
			if strings.ContainsAny(id, "\x00\x07\x1b\n\r\u009b\u202e") {
				t.Errorf("a control character in %q", id)
			}
		}
		_ = key.Problem(time.Unix(1<<31, 0))
	})
}
