package ceremony

import (
	"crypto/subtle"
	"fmt"
	"io"

	"warder/keys"
)

// A code is of 12 characters of which no two look alike, 60 bits: nobody guesses one.
const (
	codeAlphabet = "abcdefghijkmnpqrstuvwxyz23456789"
	codeLength   = 12
	codeGroup    = 4
)

// challengeFor makes a code, and the message that holds it for one key.
func challengeFor(name string, key keys.PublicKey, random io.Reader) (code keys.Secret, message string, err error) {
	b := make([]byte, codeLength)
	if _, err := io.ReadFull(random, b); err != nil {
		return keys.Secret{}, "", fmt.Errorf("no randomness: %w", err)
	}
	var grouped []byte
	for i := range b {
		b[i] = codeAlphabet[int(b[i])%len(codeAlphabet)]
		if i > 0 && i%codeGroup == 0 {
			grouped = append(grouped, '-')
		}
		grouped = append(grouped, b[i])
	}
	plain := fmt.Appendf(nil, "warder asks %s for this code: %s\n", name, grouped)
	defer clear(plain)
	defer clear(grouped)
	sealed, err := key.Encrypt(plain, random)
	if err == nil {
		message, err = keys.ArmouredMessage(sealed)
	}
	if err != nil {
		clear(b)
		return keys.Secret{}, "", err
	}
	return keys.NewSecret(b), message, nil
}

// sameCode compares what was typed, in whatever groups and capitals.
func sameCode(typed, code keys.Secret) bool {
	var same bool
	code.Use(func(want []byte) {
		typed.Use(func(b []byte) {
			got := make([]byte, 0, len(want))
			for _, c := range b {
				if c >= 'A' && c <= 'Z' {
					c += 'a' - 'A'
				}
				if c != '-' && c != ' ' && len(got) <= len(want) {
					got = append(got[:len(got):cap(got)], c)
				}
			}
			same = len(want) > 0 && subtle.ConstantTimeCompare(got, want) == 1
			clear(got)
		})
	})
	return same
}
