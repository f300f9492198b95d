package keys

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// Fingerprint is what a secret may be recognised by but not learnt from. Fingerprints of one Fingerprinter are
// comparable with ==, to the full length of the hash; spoken they are shorter.
type Fingerprint struct {
	sum [sha256.Size]byte
}

// Fingerprinter makes fingerprints with a random salt. Without the salt, which never leaves the process, nobody can test
// a guess against a fingerprint, or recognise the same secret in another process.
type Fingerprinter struct {
	salt Secret
}

// NewFingerprinter draws a salt.
func NewFingerprinter(random io.Reader) (Fingerprinter, error) {
	salt := make([]byte, sha256.Size)
	if _, err := io.ReadFull(random, salt); err != nil {
		return Fingerprinter{}, fmt.Errorf("read randomness: %w", err)
	}
	return Fingerprinter{salt: NewSecret(salt)}, nil
}

// Fingerprint is the salted hash (HMAC-SHA-256) of a secret. A Fingerprinter without a salt, never made or already
// wiped, would hash in the open and therefore panics.
func (f Fingerprinter) Fingerprint(s Secret) Fingerprint {
	var out Fingerprint
	f.salt.Use(func(salt []byte) {
		if len(salt) == 0 {
			panic("keys: a Fingerprinter without a salt")
		}
		hash := hmac.New(sha256.New, salt)
		s.Use(func(b []byte) { hash.Write(b) })
		hash.Sum(out.sum[:0])
		// The hash keeps what did not fill a block: that is all of a share.
		hash.Reset()
		hash.Write(make([]byte, sha256.BlockSize-1))
	})
	return out
}

// Wipe forgets the salt, after which no fingerprint can be made or checked any more.
func (f Fingerprinter) Wipe() { f.salt.Wipe() }

// Eight consonants and four vowels that are told apart over a bad line make 32 syllables, of five bits each.
const (
	consonants = "bdfklmrs"
	vowels     = "aeio"
)

// String renders the first 30 bits as three words to be read out loud, such as "baki-soro-mefa".
func (f Fingerprint) String() string {
	bits := binary.BigEndian.Uint32(f.sum[:4])
	var out strings.Builder
	for syllable := range 6 {
		if syllable > 0 && syllable%2 == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(consonants[bits>>29])
		out.WriteByte(vowels[bits>>27&3])
		bits <<= 5
	}
	return out.String()
}
