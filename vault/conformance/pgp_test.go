package conformance

import (
	"bytes"
	"encoding/base64"
	"io"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"warder/keys"
)

// owner is a person with a PGP key pair that is thrown away.
type owner struct {
	keys.PublicKey
	pair *openpgp.Entity
}

func newOwner(t *testing.T) owner {
	t.Helper()
	pair, err := openpgp.NewEntity("custodian", "", "custodian@example.org", &packet.Config{Algorithm: packet.PubKeyAlgoEdDSA})
	works(t, "key pair", err)
	var public bytes.Buffer
	works(t, "public key", pair.Serialize(&public))
	key, err := keys.ParsePublicKey(public.Bytes())
	works(t, "public key", err)
	return owner{key, pair}
}

// decrypt opens what a server encrypted for the owner.
func (o owner) decrypt(t *testing.T, message []byte) []byte {
	t.Helper()
	opened, err := openpgp.ReadMessage(bytes.NewReader(message), openpgp.EntityList{o.pair}, nil, nil)
	works(t, "decrypt", err)
	plain, err := io.ReadAll(opened.UnverifiedBody)
	works(t, "decrypt", err)
	return plain
}

// decryptText opens a message that comes in base64.
func (o owner) decryptText(t *testing.T, message keys.Secret) keys.Secret {
	t.Helper()
	var raw []byte
	message.Use(func(b []byte) {
		var err error
		raw, err = base64.StdEncoding.DecodeString(string(b))
		works(t, "message", err)
	})
	return keys.NewSecret(o.decrypt(t, raw))
}

// decryptShare opens a new share: the message holds it in hex.
func (o owner) decryptShare(t *testing.T, message keys.Secret) keys.Secret {
	t.Helper()
	var plain []byte
	message.Use(func(b []byte) { plain = o.decrypt(t, b) })
	share, err := keys.ParseShare(plain)
	works(t, "share", err)
	return share.Secret()
}
