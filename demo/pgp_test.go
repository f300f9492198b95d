package demo

import (
	"os"
	"testing"

	"warder/keys"
)

// pgpKey is a custodian's public key, as GnuPG exports it.
func pgpKey(t *testing.T) keys.PublicKey {
	t.Helper()
	armoured, err := os.ReadFile("../keys/testdata/gpg-ed25519.asc")
	if err != nil {
		t.Fatal(err)
	}
	key, err := keys.ParsePublicKey(armoured)
	if err != nil {
		t.Fatal(err)
	}
	return key
}
