package keys

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// maxKeySize bounds what is read as a key. Keys with thousands of foreign signatures stay below it.
const maxKeySize = 1 << 20

// The packets of RFC 9580, section 5, that concern us.
const (
	tagSignature     = 2
	tagSecretKey     = 5
	tagPublicKey     = 6
	tagSecretSubkey  = 7
	tagMarker        = 10
	tagTrust         = 12
	tagUserID        = 13
	tagPublicSubkey  = 14
	tagUserAttribute = 17
	tagPadding       = 21
)

var errKeybase = errors.New("keybase names are not supported: they are resolved by the vault CLI, not by the server. Give the key itself")

var errPrivateKey = errors.New("a private key: it belongs to its owner alone; export the public key instead")

// keyPackets brings the input to the binary form.
func keyPackets(data []byte) ([]byte, error) {
	if len(data) > maxKeySize {
		return nil, fmt.Errorf("%d bytes, too many for an OpenPGP key", len(data))
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	text := bytes.TrimSpace(data)
	switch {
	case len(text) == 0:
		return nil, errors.New("no OpenPGP key: the input is empty")
	case data[0]&0x80 != 0:
		return bytes.Clone(data), nil
	case bytes.HasPrefix(text, []byte("keybase:")):
		return nil, errKeybase
	case bytes.Contains(text, []byte("-----BEGIN PGP ")):
		return dearmour(text)
	}
	binary, err := base64.RawStdEncoding.AppendDecode(nil, trimPadding(bytes.Join(bytes.Fields(text), nil)))
	if err != nil || len(binary) == 0 || binary[0]&0x80 == 0 {
		return nil, errors.New("no OpenPGP key: neither armoured, nor binary, nor base64 of the binary form")
	}
	return binary, nil
}

func dearmour(text []byte) ([]byte, error) {
	if bytes.Contains(text, []byte("-----BEGIN "+openpgp.PrivateKeyType)) {
		return nil, errPrivateKey
	}
	if n := bytes.Count(text, []byte("-----BEGIN PGP ")); n > 1 {
		return nil, fmt.Errorf("%d armoured blocks: give one public key at a time", n)
	}
	block, err := armor.Decode(bytes.NewReader(text))
	if err != nil {
		return nil, errors.New("the armour of the OpenPGP key is damaged")
	}
	if block.Type != openpgp.PublicKeyType {
		return nil, errors.New("no OpenPGP key: the armour holds something else")
	}
	binary, err := io.ReadAll(block.Body)
	if err != nil {
		return nil, fmt.Errorf("the armour of the OpenPGP key is damaged: %w", err)
	}
	return binary, nil
}

// checkPackets looks at what the parser would skip in silence: secret packets, further keys, and what is no key at all.
func checkPackets(binary []byte) error {
	var primaries int
	for packets := packet.NewOpaqueReader(bytes.NewReader(binary)); ; {
		p, err := packets.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return errors.New("not OpenPGP, or cut off: the packets do not add up")
		}
		switch p.Tag {
		case tagSecretKey, tagSecretSubkey:
			clear(p.Contents)
			return errPrivateKey
		case tagPublicKey, tagPublicSubkey:
			if p.Tag == tagPublicKey {
				primaries++
			}
			if err := serverKnows(p); err != nil {
				return err
			}
		case tagSignature, tagMarker, tagTrust, tagUserID, tagUserAttribute, tagPadding:
		default:
			return fmt.Errorf("no OpenPGP key: a packet of type %d does not belong to one", p.Tag)
		}
	}
	switch primaries {
	case 0:
		return errors.New("no OpenPGP public key in it")
	case 1:
		return nil
	}
	return fmt.Errorf("%d public keys: give one at a time", primaries)
}
