package keys

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// Candidate is one thing that was found where public keys were looked for: a key, or why it is none.
type Candidate struct {
	Source string // the file, and which key of it
	Key    PublicKey
	Err    error
}

// maxRing bounds how many keys are read from one place: a key server's dump is no list of custodians.
const maxRing = 1000

// ParseKeyring reads as many public keys as there are: armoured, in one block or in several, or binary, as gpg --export
// writes them. One that cannot be used does not hide the others; the error says that nothing was a key at all.
func ParseKeyring(data []byte) ([]Candidate, error) {
	rings, err := ringBlocks(data)
	if err != nil {
		return nil, err
	}
	var out []Candidate
	for _, ring := range rings {
		parts, err := splitRing(ring)
		if err != nil {
			return nil, err
		}
		for _, part := range parts {
			key, err := ParsePublicKey(part)
			out = append(out, Candidate{Source: fmt.Sprintf("key %d", len(out)+1), Key: key, Err: err})
			if len(out) > maxRing {
				return nil, fmt.Errorf("more than %d keys: export those of the custodians alone", maxRing)
			}
		}
	}
	if len(out) == 1 {
		out[0].Source = ""
	}
	return out, nil
}

// ringBlocks gives the binary form of every block.
func ringBlocks(data []byte) ([][]byte, error) {
	const begin = "-----BEGIN PGP "
	text := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	switch {
	case len(data) > maxKeySize:
		return nil, fmt.Errorf("%d bytes, too many for OpenPGP keys", len(data))
	case len(data) > 12 && string(data[8:12]) == "KBXf":
		return nil, errors.New("a keybox, which GnuPG alone reads: gpg --export writes what is in it as keys")
	case len(text) == 0 || data[0]&0x80 != 0 || !bytes.Contains(text, []byte(begin)):
		binary, err := keyPackets(data)
		return [][]byte{binary}, err
	case bytes.Contains(text, []byte(begin[:11]+openpgp.PrivateKeyType)):
		return nil, errPrivateKey
	}
	var out [][]byte
	text = text[bytes.Index(text, []byte(begin)):]
	for len(text) > 0 {
		end := len(text)
		if next := bytes.Index(text[1:], []byte(begin)); next >= 0 {
			end = next + 1
		}
		binary, err := dearmour(text[:end])
		if err != nil {
			return nil, err
		}
		out, text = append(out, binary), text[end:]
	}
	return out, nil
}

// splitRing cuts where a key begins. What comes before the first one is left with it, to be refused with it.
func splitRing(ring []byte) ([][]byte, error) {
	var out [][]byte
	var part bytes.Buffer
	began := false
	for packets := packet.NewOpaqueReader(bytes.NewReader(ring)); ; {
		p, err := packets.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errors.New("not OpenPGP, or cut off: the packets do not add up")
		}
		if p.Tag == tagSecretKey || p.Tag == tagSecretSubkey {
			clear(p.Contents)
			clear(part.Bytes())
			return nil, errPrivateKey
		}
		if p.Tag == tagPublicKey && began {
			out = append(out, bytes.Clone(part.Bytes()))
			part.Reset()
		}
		began = began || p.Tag == tagPublicKey
		if err := p.Serialize(&part); err != nil {
			return nil, fmt.Errorf("a packet of the OpenPGP key: %w", err)
		}
	}
	return append(out, part.Bytes()), nil
}
