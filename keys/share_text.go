package keys

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
)

// The lengths of a share of 33 bytes as text, by which a slip of the hand is explained.
const (
	hexLength    = 2 * shareLength
	base64Length = shareLength * 4 / 3
)

var errToken = errors.New("a token, not a share")

// neither is the error of a character, counted from 0, that no encoding has.
func neither(at int) error {
	return fmt.Errorf("character %d belongs neither to hex nor to base64", at+1)
}

// decodeShare decodes undressed text. Text of nothing but hex digits is hex, as it is to the server; the odds that
// base64 of any share looks so are less than one in 10¹⁰.
func decodeShare(text []byte) ([]byte, error) {
	if err := notAShare(text); err != nil {
		return nil, err
	}
	foreign := slices.IndexFunc(text, func(c byte) bool { return !isHex(c) })
	if foreign < 0 {
		if len(text)%2 != 0 || !slices.Contains(shareLengths, len(text)/2) {
			return nil, wrongLength("hex", len(text), hexLength)
		}
		return hex.AppendDecode(nil, text)
	}
	if at := slices.IndexFunc(text, func(c byte) bool { return !isBase64(c) }); at >= 0 {
		return nil, neither(at)
	}
	if !slices.Contains(shareLengths, base64.RawStdEncoding.DecodedLen(len(text))) || len(text)%4 == 1 {
		if len(text) == hexLength {
			return nil, fmt.Errorf("as many characters as a share in hex, but character %d is not a hex digit (0–9, a–f)",
				foreign+1)
		}
		return nil, wrongLength("base64", len(text), base64Length)
	}
	b := make([]byte, base64.RawStdEncoding.DecodedLen(len(text)))
	if _, err := base64.RawStdEncoding.Strict().Decode(b, text); err != nil {
		return b, errors.New("base64 of that length cannot end like this: compare the last characters")
	}
	return b, nil
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func isBase64(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '+' || c == '/'
}

// notAShare recognises what else lies about at a ceremony.
func notAShare(text []byte) error {
	switch {
	case len(text) == 0:
		return errors.New("nothing was entered")
	case isToken(text):
		return errToken
	case isCiphertext(text):
		return errors.New("a share still encrypted with PGP: its owner has to decrypt it first")
	}
	return nil
}

// isToken looks for the prefixes of tokens: hvs. hvb. hvr. and the older s. b. r.
func isToken(text []byte) bool {
	dot := slices.Index(text, '.')
	return (dot == 1 || dot == 3 && text[0] == 'h' && text[1] == 'v') && slices.Contains([]byte("sbr"), text[dot-1])
}

// isCiphertext looks for a session key packet, old style or new, at the beginning of something far longer than a share.
func isCiphertext(text []byte) bool {
	if len(text) < 3*hexLength {
		return false
	}
	first, err := hex.AppendDecode(nil, text[:4])
	if err != nil {
		first, err = base64.StdEncoding.AppendDecode(nil, text[:4])
	}
	return err == nil && slices.Contains([]byte{0x84, 0x85, 0xc1}, first[0])
}

func wrongLength(encoding string, have, want int) error {
	switch {
	case have < want:
		return fmt.Errorf("%s: a share has %d; %s missing", characters(encoding, have), want, isOrAre(want-have))
	case have%want == 0:
		return fmt.Errorf("%s: as many as %d shares have; enter one at a time", characters(encoding, have), have/want)
	}
	return fmt.Errorf("%s: a share has %d; %s too many", characters(encoding, have), want, isOrAre(have-want))
}

func characters(encoding string, n int) string {
	if n == 1 {
		return "1 " + encoding + " character"
	}
	return fmt.Sprintf("%d %s characters", n, encoding)
}

func isOrAre(n int) string {
	if n == 1 {
		return "1 is"
	}
	return fmt.Sprintf("%d are", n)
}
