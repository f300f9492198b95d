package keys

import (
	"errors"
	"fmt"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// What GnuPG makes and a server cannot use was found by trying keys of every kind on OpenBao 2.6.2 (TestServersRuleIsWhatWasSeen):
//
//   - A version or an algorithm that its library does not know, in the key or in any of its subkeys, is refused at the start:
//     the v5 keys of GnuPG 2.3 and later, and everything post-quantum. One such subkey spoils the whole key.
//   - A key that nothing can be encrypted to (expired, revoked, not valid yet, for signing only) is taken without a word. The
//     last share is then refused, and those before it are gone; an initialisation ends with shares that nobody ever sees.
//
// So all of it is found out here, before anything starts.

// The kinds of keys that the servers' library knows, by RFC 9580, section 9.1. Ours may know more.
var serverAlgorithms = map[byte]bool{
	1: true, 2: true, 3: true, // RSA
	16: true, 17: true, // ElGamal, DSA
	18: true, 19: true, 22: true, // ECDH, ECDSA, EdDSA on named curves
	25: true, 26: true, 27: true, 28: true, // X25519, X448, Ed25519, Ed448
}

// firstOfRFC9580 is the first of the algorithms that GnuPG 2 does not know.
const firstOfRFC9580 = 25

// A key packet begins with its version, four bytes of time and the algorithm.
const algorithmAt = 5

// serverKnows says why a server would refuse a key for this packet of it.
func serverKnows(p *packet.OpaquePacket) error {
	part := "the key"
	if p.Tag == tagPublicSubkey {
		part = "a subkey"
	}
	if len(p.Contents) <= algorithmAt {
		return errors.New("not OpenPGP, or cut off: a key without its kind")
	}
	switch version := p.Contents[0]; version {
	case 4, 6:
	case 5:
		return fmt.Errorf("%s is of version 5, as GnuPG 2.3 and later make it for Curve448 and post-quantum keys: servers refuse the whole key. Make one of version 4 (ed25519 with cv25519, or RSA)", part)
	default:
		return fmt.Errorf("%s is of version %d, which servers do not know", part, version)
	}
	if algorithm := p.Contents[algorithmAt]; !serverAlgorithms[algorithm] {
		return fmt.Errorf("%s is of an algorithm that servers do not know (number %d; post-quantum ones are such): they refuse the whole key. Give one without it", part, algorithm)
	}
	return nil
}

// soon is how long before its end a key is worth a word.
const soon = 30 * 24 * time.Hour

// Cautions are what a custodian should know about a key that serves: which part of it has to be at hand, which software reads
// it, and that it ends.
func (k PublicKey) Cautions(now time.Time) []string {
	if k.entity == nil {
		return nil
	}
	var out []string
	if chosen, ok := k.entity.EncryptionKey(now); ok {
		n := 0
		for _, subkey := range k.entity.Subkeys {
			if encrypts(subkey) && !subkey.Revoked(now) && !subkey.PublicKey.KeyExpired(subkey.Sig, now) {
				n++
			}
		}
		if n > 1 {
			out = append(out, fmt.Sprintf("it has %d subkeys to encrypt to: servers use the newest, %016X, and its owner needs the private half of that one", n, chosen.PublicKey.KeyId))
		}
		if k.entity.PrimaryKey.Version == 6 || k.entity.PrimaryKey.PubKeyAlgo >= firstOfRFC9580 || chosen.PublicKey.PubKeyAlgo >= firstOfRFC9580 {
			out = append(out, "it is of a kind (RFC 9580) that GnuPG cannot read: its owner needs other software")
		}
	}
	if !k.Expires.IsZero() && k.Expires.Sub(now) < soon {
		out = append(out, fmt.Sprintf("it expires on %s: a ceremony that is not over by then fails with its last share", date(k.Expires)))
	}
	return out
}
