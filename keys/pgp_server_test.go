package keys

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// triedOn is when the keys below testdata/tried were tried.
var triedOn = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// What OpenBao 2.6.2 did with each key in a rekey that was begun and ended.
const (
	taken     = "encrypted to it; where gpg made the key, gpg read it"
	atStart   = "refused at the start"
	atTheLast = "taken at the start, and the last share refused"
)

// tried is what was seen of every key, and what is said here. to is the subkey that the server encrypted to, where it had a choice.
var tried = map[string]struct{ seen, refused, caution, to string }{
	"rsa2048": {seen: taken}, "rsaone": {seen: taken}, "certonly": {seen: taken}, "sha1": {seen: taken},
	"rsa1024": {seen: taken, refused: "too weak: 1024 bits"},
	"ed25519": {seen: taken}, "photo": {seen: taken}, "signed": {seen: taken}, "manyuid": {seen: taken},
	"nistp256": {seen: taken}, "nistp384": {seen: taken}, "nistp521": {seen: taken}, "secp256k1": {seen: taken},
	"brainpoolP256r1": {seen: taken}, "brainpoolP384r1": {seen: taken}, "brainpoolP512r1": {seen: taken},
	"dsaelg": {seen: taken}, "dsarsa": {seen: taken}, "edelg": {seen: taken}, "rsaelg": {seen: taken},
	"twolive": {seen: taken, caution: "servers use the newest, D75FB0864185048A", to: "D75FB0864185048A"},
	"twosub":  {seen: taken, to: "97D3AB56FAD74B89"},
	"v6":      {seen: taken, caution: "GnuPG cannot read"}, "v6-448": {seen: taken, caution: "GnuPG cannot read"},
	"v4-x25519": {seen: taken, caution: "GnuPG cannot read"}, "v4-x448": {seen: taken, caution: "GnuPG cannot read"},
	"v4-eddsa448": {seen: taken},
	"expired":     {seen: atTheLast, refused: "expired on 2024-06-01"}, "subexpired": {seen: atTheLast, refused: "subkey to encrypt to expired"},
	"future": {seen: atTheLast, refused: "not valid before 2030-01-01"}, "revoked": {seen: atTheLast, refused: "the key is revoked"},
	"signonly": {seen: atTheLast, refused: "no subkey to encrypt to"},
	"v3prim":   {seen: atStart, refused: "of version 3"}, "v5prim": {seen: atStart, refused: "the key is of version 5"},
	"v5sub": {seen: atStart, refused: "a subkey is of version 5"}, "kyber8v5sub": {seen: atStart, refused: "a subkey is of version 5"},
	"kyber8sub": {seen: atStart, refused: "number 8"}, "algo99prim": {seen: atStart, refused: "number 99"},
	"pqsub-false": {seen: atStart, refused: "number 35"}, "pqsub-false-only": {seen: atStart, refused: "number 35"},
	"curve": {seen: atStart, refused: "not a valid OpenPGP key"},
}

func TestServersRuleIsWhatWasSeen(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/tried/*.gpg")
	if err != nil || len(files) != len(tried) {
		t.Fatalf("%d keys for %d rows, %v", len(files), len(tried), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".gpg")
		want := tried[name]
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		key, err := ParsePublicKey(data)
		if (err != nil) != (want.seen == atStart) {
			t.Errorf("%s: %v, and the server %s", name, err, want.seen)
		}
		if err == nil {
			err = key.Problem(triedOn)
		}
		if (err == nil) != (want.refused == "") || err != nil && !strings.Contains(err.Error(), want.refused) {
			t.Errorf("%s: %v, want %q", name, err, want.refused)
		}
		if err == nil && want.seen != taken {
			t.Errorf("%s: nothing is said, and the server: %s", name, want.seen)
		}
		cautions := strings.Join(key.Cautions(triedOn), "; ")
		if err == nil && (cautions == "") != (want.caution == "") || !strings.Contains(cautions, want.caution) {
			t.Errorf("%s: cautions %q, want %q", name, cautions, want.caution)
		}
		if want.to != "" {
			if chosen, _ := key.entity.EncryptionKey(triedOn); fmt.Sprintf("%016X", chosen.PublicKey.KeyId) != want.to {
				t.Errorf("%s: %016X is encrypted to, and the server took %s", name, chosen.PublicKey.KeyId, want.to)
			}
		}
	}
}

func TestAKeyThatEndsSoonIsSaid(t *testing.T) {
	t.Parallel()
	key := mustParseKey(t, serialised(t, newEntity(t, mortal(), "Mortal").Serialize))
	if c := key.Cautions(born.Add(time.Hour)); len(c) != 1 || !strings.Contains(c[0], "expires on 2026-03-31") {
		t.Errorf("%q", c)
	}
	if c := (PublicKey{}).Cautions(born); c != nil {
		t.Errorf("no key: %q", c)
	}
}
