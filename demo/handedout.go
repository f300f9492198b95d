package demo

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"

	"warder/keys"
)

// handedOut is shares as an answer carries them.
type handedOut struct {
	hex, base64, fingerprints []string
}

func (h *handedOut) add(b []byte) {
	h.hex = append(h.hex, hex.EncodeToString(b))
	h.base64 = append(h.base64, base64.StdEncoding.EncodeToString(b))
}

// handOut encodes shares for their custodians: plain, or each under its PGP key. What PGP hides is the share in hex, as
// the servers do it.
func (c *Cluster) handOut(shares []keys.Secret, to []keys.PublicKey) (handedOut, error) {
	var out handedOut
	for i, share := range shares {
		if len(to) == 0 {
			share.Use(out.add)
			continue
		}
		text := []byte(nil)
		share.Use(func(b []byte) { text = hex.AppendEncode(nil, b) })
		hidden, err := to[i].Encrypt(text, c.dice)
		clear(text)
		if err != nil {
			return handedOut{}, fmt.Errorf("failed to encrypt shares: %w", err)
		}
		out.add(hidden)
	}
	out.fingerprints = fingerprints(to)
	return out, nil
}

func fingerprints(all []keys.PublicKey) []string {
	var prints []string
	for _, k := range all {
		prints = append(prints, k.Fingerprint)
	}
	return prints
}

// readPGPKeys reads keys as the servers take them, base64 of the binary form, and refuses in the servers' words.
func readPGPKeys(given []string) ([]keys.PublicKey, error) {
	var out []keys.PublicKey
	for _, text := range given {
		k, err := readPGPKey(text)
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, nil
}

func readPGPKey(text string) (keys.PublicKey, error) {
	binary, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return keys.PublicKey{}, fmt.Errorf("error decoding given PGP key: %w", err)
	}
	if len(binary) > 0 && binary[0]&0x80 == 0 {
		err = errors.New("openpgp: invalid data: tag byte does not have MSB set")
	}
	var k keys.PublicKey
	if err == nil {
		k, err = keys.ParsePublicKey(binary)
	}
	if err != nil {
		return keys.PublicKey{}, fmt.Errorf("error parsing given PGP key: %w", err)
	}
	return k, nil
}
