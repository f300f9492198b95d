package keys

import (
	"errors"
	"fmt"
	"slices"
)

// A share of a key of 32 bytes, the only length today's servers make, has 33: the x-coordinate comes last.
const shareLength = 33

// shareLengths are the lengths that exist: keys of 128, 192 and 256 bits, whole (the key of one share of one) and with
// an x-coordinate.
var shareLengths = []int{16, 17, 24, 25, 32, 33}

// Share is one custodian's part of a key, be it an unseal share, a recovery share or a new one of a rekey: they look
// alike.
type Share struct {
	secret Secret
	x      byte
}

// NewShare takes the bytes of a share over and zeroes b, whatever comes of it.
func NewShare(b []byte) (Share, error) {
	defer clear(b)
	if !slices.Contains(shareLengths, len(b)) {
		return Share{}, fmt.Errorf("%d bytes, where a share has %d", len(b), shareLength)
	}
	if len(b)%2 == 0 {
		return Share{secret: NewSecret(b)}, nil
	}
	x := b[len(b)-1]
	if x == 0 {
		return Share{}, errors.New("the last byte is 0, which no share ends with: compare the last characters")
	}
	return Share{secret: NewSecret(b), x: x}, nil
}

// ParseShare reads a share as people hand it over: in hex or base64, padded or not, perhaps with the label it was
// printed with, in quotes, or broken over lines. The text stays the caller's to wipe. An error says what to look
// for and quotes nothing.
func ParseShare(text []byte) (Share, error) {
	plain, err := undress(text)
	defer clear(plain)
	if err != nil {
		return Share{}, err
	}
	b, err := decodeShare(plain)
	if err != nil {
		clear(b)
		return Share{}, err
	}
	return NewShare(b)
}

// X is the share's x-coordinate, which is no secret: 0 for the whole key of one share of one.
func (s Share) X() byte { return s.x }

// Secret is the bytes of the share, the x-coordinate included.
func (s Share) Secret() Secret { return s.secret }

// Wipe zeroes the share; its x-coordinate stays known.
func (s Share) Wipe() { s.secret.Wipe() }

// Fits says what is wrong with it as one of n shares: only the share of one of one is the whole key, and a share that
// lost its last byte would otherwise pass for such a key.
func (s Share) Fits(n int) error {
	length := s.secret.Len()
	switch {
	case n == 1 && s.x != 0:
		return fmt.Errorf("%d bytes, where the key of one share of one has %d: it is of another set", length, length-1)
	case n > 1 && s.x == 0:
		return fmt.Errorf("%d bytes, where each of %d shares has %d: the last characters are missing", length, n, length+1)
	}
	return nil
}
