package keys

import (
	"errors"
	"fmt"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// minModulus is the fewest bits of a modulus that still protect what a key is worth.
const minModulus = 2048

// Problem says why nothing should be encrypted to the key at that time, or nil. A share encrypted to a key that is lost
// or broken is a lost or a public share.
func (k PublicKey) Problem(now time.Time) error {
	if k.entity == nil {
		return errors.New("no OpenPGP key")
	}
	primary, identity := k.entity.PrimarySelfSignature()
	switch {
	case k.entity.Revoked(now):
		return errors.New("the key is revoked")
	case primary == nil:
		return errors.New("the key is not signed by itself")
	case identity != nil && identity.Revoked(now):
		return errors.New("every user ID of the key is revoked")
	case now.Before(k.Created):
		return fmt.Errorf("the key is not valid before %s: is a clock wrong?", date(k.Created))
	case k.entity.PrimaryKey.KeyExpired(primary, now):
		return fmt.Errorf("the key expired on %s", date(lifeEnd(k.entity.PrimaryKey, primary)))
	case primary.SigExpired(now):
		return errors.New("the key's signature of itself has expired")
	}
	chosen, ok := k.entity.EncryptionKey(now)
	if !ok {
		return subkeyProblem(k.entity, now)
	}
	for _, part := range []*packet.PublicKey{k.entity.PrimaryKey, chosen.PublicKey} {
		if err := weakness(part); err != nil {
			return err
		}
	}
	return nil
}

// subkeyProblem says why none of the subkeys serves to encrypt to.
func subkeyProblem(entity *openpgp.Entity, now time.Time) error {
	found := errors.New("the key has no subkey to encrypt to")
	for _, subkey := range entity.Subkeys {
		if !encrypts(subkey) {
			continue
		}
		switch {
		case subkey.Revoked(now):
			found = errors.New("the subkey to encrypt to is revoked")
		case now.Before(subkey.PublicKey.CreationTime):
			return fmt.Errorf("the subkey to encrypt to is not valid before %s", date(subkey.PublicKey.CreationTime))
		case subkey.PublicKey.KeyExpired(subkey.Sig, now):
			return fmt.Errorf("the subkey to encrypt to expired on %s", date(lifeEnd(subkey.PublicKey, subkey.Sig)))
		default:
			return errors.New("the subkey to encrypt to is no longer vouched for: its signature has expired")
		}
	}
	return found
}

func encrypts(subkey openpgp.Subkey) bool {
	return subkey.Sig.FlagsValid && subkey.Sig.FlagEncryptCommunications && subkey.PublicKey.PubKeyAlgo.CanEncrypt()
}

// weakness judges the kinds of keys whose strength is a matter of length. Curves are all strong enough.
func weakness(key *packet.PublicKey) error {
	switch key.PubKeyAlgo {
	case packet.PubKeyAlgoRSA, packet.PubKeyAlgoRSAEncryptOnly, packet.PubKeyAlgoRSASignOnly,
		packet.PubKeyAlgoDSA, packet.PubKeyAlgoElGamal:
	default:
		return nil
	}
	bits, err := key.BitLength()
	if err != nil {
		return fmt.Errorf("the strength of the key is unknown: %w", err)
	}
	if bits < minModulus {
		return fmt.Errorf("the key is too weak: %d bits, where %d are the least", bits, minModulus)
	}
	return nil
}

// expiry is when the last way to encrypt to the entity ends: with the primary key or with the longest-lived subkey.
func expiry(entity *openpgp.Entity) time.Time {
	var end time.Time
	if signature, _ := entity.PrimarySelfSignature(); signature != nil {
		end = lifeEnd(entity.PrimaryKey, signature)
	}
	var last time.Time
	for _, subkey := range entity.Subkeys {
		if !encrypts(subkey) || len(subkey.Revocations) > 0 {
			continue
		}
		subkeyEnd := lifeEnd(subkey.PublicKey, subkey.Sig)
		if subkeyEnd.IsZero() {
			return end
		}
		if subkeyEnd.After(last) {
			last = subkeyEnd
		}
	}
	if end.IsZero() || !last.IsZero() && last.Before(end) {
		return last
	}
	return end
}

// lifeEnd is when a key expires by the signature that vouches for it, zero if never.
func lifeEnd(key *packet.PublicKey, signature *packet.Signature) time.Time {
	if signature.KeyLifetimeSecs == nil || *signature.KeyLifetimeSecs == 0 {
		return time.Time{}
	}
	return key.CreationTime.Add(time.Duration(*signature.KeyLifetimeSecs) * time.Second)
}

func date(t time.Time) string { return t.UTC().Format(time.DateOnly) }
