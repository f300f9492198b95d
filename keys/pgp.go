package keys

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// PublicKey is one OpenPGP public key that a share or a token may be encrypted to.
type PublicKey struct {
	// Fingerprint is that of the primary key, in lower-case hex, as the server writes it.
	Fingerprint string
	// UserIDs are those its owner signed and did not revoke, sorted, without control characters.
	UserIDs []string
	Created time.Time
	// Expires is when it can no longer be encrypted to, zero if never.
	Expires time.Time

	binary []byte
	entity *openpgp.Entity
}

// ParsePublicKey reads a public key, armoured, binary, or in base64 of the binary form. It refuses private keys, since
// they must not be where a server or a screen is, and several keys in one input, since the server would take the first
// without a word. The key may be unfit for use all the same: see Problem.
func ParsePublicKey(data []byte) (PublicKey, error) {
	binary, err := keyPackets(data)
	if err != nil {
		return PublicKey{}, err
	}
	if err := checkPackets(binary); err != nil {
		return PublicKey{}, err
	}
	entities, err := openpgp.ReadKeyRing(bytes.NewReader(binary))
	if err != nil {
		return PublicKey{}, fmt.Errorf("not a valid OpenPGP key: %w", err)
	}
	if len(entities) != 1 {
		return PublicKey{}, errors.New("no OpenPGP key of a known kind")
	}
	entity := entities[0]
	return PublicKey{
		Fingerprint: hex.EncodeToString(entity.PrimaryKey.Fingerprint),
		UserIDs:     userIDs(entity),
		Created:     entity.PrimaryKey.CreationTime,
		Expires:     expiry(entity),
		binary:      binary,
		entity:      entity,
	}, nil
}

// ServerForm is the key as sys/init, sys/rekey/init and their like want it: base64 of the binary form.
func (k PublicKey) ServerForm() string { return base64.StdEncoding.EncodeToString(k.binary) }

// Encrypt makes a binary OpenPGP message that only the owner of the key can read.
func (k PublicKey) Encrypt(plaintext []byte, random io.Reader) ([]byte, error) {
	if k.entity == nil {
		return nil, errors.New("no OpenPGP key to encrypt to")
	}
	var message bytes.Buffer
	config := &packet.Config{Rand: random, DefaultCipher: packet.CipherAES256}
	w, err := openpgp.Encrypt(&message, []*openpgp.Entity{k.entity}, nil, nil, config)
	if err != nil {
		return nil, fmt.Errorf("encrypt to %s: %w", k.Fingerprint, err)
	}
	if _, err := w.Write(plaintext); err != nil {
		return nil, fmt.Errorf("encrypt to %s: %w", k.Fingerprint, err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("encrypt to %s: %w", k.Fingerprint, err)
	}
	return message.Bytes(), nil
}

func userIDs(entity *openpgp.Entity) []string {
	var ids []string
	for _, identity := range entity.Identities {
		if len(identity.Revocations) == 0 {
			ids = append(ids, withoutControls(identity.Name))
		}
	}
	slices.Sort(ids)
	return ids
}

// withoutControls removes what could steer a terminal or reverse the direction of text: anybody can put anything into
// the user ID of a key.
func withoutControls(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}
