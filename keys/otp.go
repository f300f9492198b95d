package keys

import (
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
)

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// uuidBytes is the length of the tokens that servers before 0.11.2 hid, UUIDs in binary.
const uuidBytes = 16

// GenerateOTP draws a one-time password of so many base62 characters, each as likely as any other. The server names the
// length it wants (28 on Vault, 26 on OpenBao).
func GenerateOTP(length int, random io.Reader) (Secret, error) {
	if length < 1 {
		return Secret{}, fmt.Errorf("a one-time password of %d characters", length)
	}
	// Bytes from 248 up are drawn again, or the first characters would come more often than the last.
	const fair = 256 / len(base62) * len(base62)
	otp := make([]byte, length)
	for i := 0; i < length; {
		if _, err := io.ReadFull(random, otp[i:i+1]); err != nil {
			clear(otp)
			return Secret{}, fmt.Errorf("read randomness: %w", err)
		}
		if int(otp[i]) < fair {
			otp[i] = base62[int(otp[i])%len(base62)]
			i++
		}
	}
	return NewSecret(otp), nil
}

// EncodeToken hides a token behind an OTP of the same length, as the server does: XOR, then base64 without padding. It
// panics when the lengths differ, since the rest of the token would stand in the open.
func EncodeToken(token, otp []byte) string {
	if len(token) != len(otp) {
		panic("keys: the one-time password is not as long as the token")
	}
	hidden := make([]byte, len(token))
	subtle.XORBytes(hidden, token, otp)
	return base64.RawStdEncoding.EncodeToString(hidden)
}

// DecodeToken brings back the token that the server encoded for an OTP. It also knows the form of servers before
// 0.11.2, whose OTP was base64 of 16 bytes and whose token was a UUID.
func DecodeToken(encoded string, otp Secret) (Secret, error) {
	// It is carried in groups, as it was shown: the gaps are no part of it.
	encoded = strings.Join(strings.Fields(encoded), "")
	hidden, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(encoded, "="))
	if err != nil {
		return Secret{}, errors.New("the encoded token is not base64")
	}
	if len(hidden) == 0 {
		return Secret{}, errors.New("the encoded token is empty")
	}
	var token []byte
	otp.Use(func(pad []byte) { token, err = uncover(hidden, pad) })
	if err != nil {
		return Secret{}, err
	}
	return NewSecret(token), nil
}

func uncover(hidden, pad []byte) ([]byte, error) {
	if len(hidden) == uuidBytes && len(pad) != uuidBytes {
		if old, err := base64.RawStdEncoding.AppendDecode(nil, trimPadding(pad)); err == nil && len(old) == uuidBytes {
			defer clear(old)
			return uncoverUUID(hidden, old), nil
		}
	}
	if len(hidden) != len(pad) {
		return nil, fmt.Errorf("the encoded token has %d bytes, the one-time password %d: they are not of one attempt",
			len(hidden), len(pad))
	}
	token := make([]byte, len(hidden))
	subtle.XORBytes(token, hidden, pad)
	if !printable(token) {
		clear(token)
		return nil, errors.New("no token comes out: the encoded token and the one-time password are not of one attempt")
	}
	return token, nil
}

func trimPadding(b []byte) []byte {
	for len(b) > 0 && b[len(b)-1] == '=' {
		b = b[:len(b)-1]
	}
	return b
}

// uncoverUUID writes the token as text, 8-4-4-4-12 hex digits.
func uncoverUUID(hidden, pad []byte) []byte {
	var raw [uuidBytes]byte
	defer clear(raw[:])
	subtle.XORBytes(raw[:], hidden, pad)
	text := make([]byte, 0, 2*uuidBytes+4)
	for i, group := range [][]byte{raw[:4], raw[4:6], raw[6:8], raw[8:10], raw[10:]} {
		if i > 0 {
			text = append(text, '-')
		}
		text = hex.AppendEncode(text, group)
	}
	return text
}

// printable says whether every byte is visible ASCII, as in all tokens.
func printable(b []byte) bool {
	for _, c := range b {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return true
}
