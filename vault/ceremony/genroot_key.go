package ceremony

import (
	"strings"
	"time"

	"warder/keys"
)

func (g *GenerateRoot) keyFound(key keys.PublicKey) { g.pgp, g.stage = key, rootKeyShown }

// describeKey is what a person compares a public key by.
func describeKey(k keys.PublicKey) []string {
	text := []string{"Fingerprint " + strings.ToUpper(k.Fingerprint), "Of " + list(k.UserIDs)}
	if k.Expires.IsZero() {
		return append(text, "It does not expire.")
	}
	return append(text, "It expires on "+k.Expires.UTC().Format(time.DateOnly)+".")
}
