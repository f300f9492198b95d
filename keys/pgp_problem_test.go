package keys

import (
	"crypto"
	"strings"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// born is when the keys of these tests were made, and life how long those live that expire.
var (
	born = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	life = 30 * 24 * time.Hour
)

func at(t time.Time) *packet.Config {
	return &packet.Config{Algorithm: packet.PubKeyAlgoEdDSA, Time: func() time.Time { return t }}
}

func mortal() *packet.Config {
	config := at(born)
	config.KeyLifetimeSecs = uint32(life / time.Second)
	return config
}

// withSubkeyLife signs the subkey anew, so that it expires by itself.
func withSubkeyLife(t *testing.T, entity *openpgp.Entity, seconds uint32) *openpgp.Entity {
	t.Helper()
	subkey := entity.Subkeys[0]
	subkey.Sig.KeyLifetimeSecs = &seconds
	if err := subkey.Sig.SignKey(subkey.PublicKey, entity.PrivateKey, at(born)); err != nil {
		t.Fatal(err)
	}
	return entity
}

// withRevokedUserID lets the owner take the only user ID back.
func withRevokedUserID(t *testing.T, entity *openpgp.Entity) *openpgp.Entity {
	t.Helper()
	for name, identity := range entity.Identities {
		revocation := &packet.Signature{
			Version: entity.PrimaryKey.Version, SigType: packet.SigTypeCertificationRevocation, Hash: crypto.SHA256,
			PubKeyAlgo: entity.PrimaryKey.PubKeyAlgo, IssuerKeyId: &entity.PrimaryKey.KeyId, CreationTime: born.Add(time.Hour),
		}
		if err := revocation.SignUserId(name, entity.PrimaryKey, entity.PrivateKey, at(born)); err != nil {
			t.Fatal(err)
		}
		identity.Signatures = append(identity.Signatures, revocation)
	}
	return entity
}

// withSignatureLife signs the user ID anew, so that this signature expires though the key does not.
func withSignatureLife(t *testing.T, entity *openpgp.Entity, seconds uint32) *openpgp.Entity {
	t.Helper()
	for name, identity := range entity.Identities {
		identity.SelfSignature.SigLifetimeSecs = &seconds
		if err := identity.SelfSignature.SignUserId(name, entity.PrimaryKey, entity.PrivateKey, at(born)); err != nil {
			t.Fatal(err)
		}
	}
	return entity
}

func TestRevokedUserIDIsNotShown(t *testing.T) {
	t.Parallel()
	entity := withRevokedUserID(t, newEntity(t, at(born), "Gone"))
	if key := mustParseKey(t, serialised(t, entity.Serialize)); len(key.UserIDs) != 0 {
		t.Errorf("%q is shown", key.UserIDs)
	}
}

func TestProblemSaysWhyAKeyIsUnfit(t *testing.T) {
	t.Parallel()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	healthy := newEntity(t, at(born), "Healthy")
	revoked := newEntity(t, at(born), "Revoked")
	must(revoked.RevokeKey(packet.KeyRetired, "", at(born.Add(time.Hour))))
	subkeyRevoked := newEntity(t, at(born), "Subkey revoked")
	must(subkeyRevoked.RevokeSubkey(&subkeyRevoked.Subkeys[0], packet.KeyCompromised, "", at(born.Add(time.Hour))))
	signOnly := newEntity(t, at(born), "Sign only")
	signOnly.Subkeys = nil
	weak := newEntity(t, &packet.Config{RSABits: 1024, Time: at(born).Time}, "Weak")
	anonymous := withRevokedUserID(t, newEntity(t, at(born), "Anonymous"))
	unvouched := withSignatureLife(t, newEntity(t, at(born), "Unvouched"), uint32(life/time.Second))
	shortSubkey := withSubkeyLife(t, newEntity(t, at(born), "Short subkey"), uint32(life/time.Second))

	day := 24 * time.Hour
	for _, c := range []struct {
		name    string
		entity  *openpgp.Entity
		now     time.Time
		want    string
		expires time.Time
	}{
		{"healthy", healthy, born.Add(day), "", time.Time{}},
		{"healthy after years", healthy, born.Add(4000 * day), "", time.Time{}},
		{"not born yet", healthy, born.Add(-day), "not valid before 2026-03-01", time.Time{}},
		{"alive", newEntity(t, mortal(), "Mortal"), born.Add(life - time.Hour), "", born.Add(life)},
		{"expired", newEntity(t, mortal(), "Mortal"), born.Add(life + time.Hour), "the key expired on 2026-03-31", born.Add(life)},
		{"revoked", revoked, born.Add(day), "the key is revoked", time.Time{}},
		{"subkey revoked", subkeyRevoked, born.Add(day), "subkey to encrypt to is revoked", time.Time{}},
		{"user ID revoked", anonymous, born.Add(day), "every user ID of the key is revoked", time.Time{}},
		{"self-signature alive", unvouched, born.Add(life - time.Hour), "", time.Time{}},
		{"self-signature expired", unvouched, born.Add(life + time.Hour), "signature of itself has expired", time.Time{}},
		{"no subkey", signOnly, born.Add(day), "no subkey to encrypt to", time.Time{}},
		{"subkey alive", shortSubkey, born.Add(life - time.Hour), "", born.Add(life)},
		{"subkey expired", shortSubkey, born.Add(life + time.Hour), "subkey to encrypt to expired on 2026-03-31", born.Add(life)},
		{"weak", weak, born.Add(day), "too weak: 1024 bits", time.Time{}},
	} {
		key := mustParseKey(t, serialised(t, c.entity.Serialize))
		err := key.Problem(c.now)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if !key.Expires.Equal(c.expires) {
			t.Errorf("%s: expires %s, want %s", c.name, key.Expires, c.expires)
		}
	}
	if (PublicKey{}).Problem(born) == nil {
		t.Error("no key at all has no problem")
	}
}
