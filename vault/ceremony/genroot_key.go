package ceremony

import (
	"strings"
	"time"

	"warder/keys"
)

// keyNamed takes a public key as text, or the name of the file that holds it.
func (g *GenerateRoot) keyNamed(text string) []Effect {
	text = strings.TrimSpace(text)
	if text == "" {
		g.problem = "a file, or the key in base64, has to be given"
		return nil
	}
	if key, err := keys.ParsePublicKey([]byte(text)); err == nil {
		g.keyFound(key)
		return nil
	}
	return g.do(rootReadsKey, ReadPublicKey{Path: text})
}

func (g *GenerateRoot) keyRead(e PublicKeyRead) []Effect {
	if g.awaits != rootReadsKey {
		return nil
	}
	g.awaits = rootIdle
	if e.Err != nil {
		g.problem = e.Err.Error()
		return nil
	}
	g.keyFound(e.Key)
	return nil
}

func (g *GenerateRoot) keyFound(key keys.PublicKey) {
	if err := key.Problem(g.seat.snapshot.At()); err != nil {
		g.problem = err.Error()
		return
	}
	g.pgp, g.problem, g.stage = key, "", rootKeyShown
}

// describeKey is what a person compares a public key by.
func describeKey(k keys.PublicKey) []string {
	text := []string{"Fingerprint " + strings.ToUpper(k.Fingerprint), "Of " + list(k.UserIDs)}
	if k.Expires.IsZero() {
		return append(text, "It does not expire.")
	}
	return append(text, "It expires on "+k.Expires.UTC().Format(time.DateOnly)+".")
}
