package ceremony

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"warder/keys"
	"warder/vault"
)

// publicKey is one of the keys that gpg made.
func publicKey(t *testing.T, file string) keys.PublicKey {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "keys", "testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	key, err := keys.ParsePublicKey(b)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// stranger is the key of somebody else, as far as a server tells of one.
var stranger = keys.PublicKey{Fingerprint: "00112233445566778899aabbccddeeff00112233"}

// grouped is a fingerprint in the dress of other tools.
func grouped(fingerprint string) string {
	return strings.ToUpper(fingerprint[:4] + " " + fingerprint[4:8] + ":" + fingerprint[8:])
}

// TestARootTokenIsEncryptedToTheKeyThatWasGiven: a server that names another key gets no share.
func TestARootTokenIsEncryptedToTheKeyThatWasGiven(t *testing.T) {
	t.Parallel()
	own, other := publicKey(t, "gpg-ed25519.asc"), stranger
	begin := func() Machine {
		return after(rootAsked(t), rootSays(vault.RootAttempt{}, nil), Picked{"pgp"}, Filled{map[string]string{"key": own.ServerForm()}}, Continue{})
	}
	at := func(n int, fingerprint string) vault.RootAttempt {
		a := attemptAt("n1", n)
		a.PGPFingerprint = fingerprint
		return a
	}
	started := RootRead{Op: "start", Attempt: at(0, grouped(own.Fingerprint))}
	row{event: shareNumber(1), effects: "GiveRootShare", prompt: "Wait"}.check(t, after(begin(), started))
	for name, m := range map[string]Machine{
		"another at the start":   after(begin(), RootRead{Op: "start", Attempt: at(0, other.Fingerprint)}),
		"none at the start":      after(begin(), RootRead{Op: "start", Attempt: at(0, "")}),
		"another at a look":      after(begin(), started, leading(60, sealedAt(0)), rootSays(at(0, other.Fingerprint), nil)),
		"another after a share":  after(begin(), started, shareNumber(1), RootGiven{Attempt: at(1, other.Fingerprint)}),
		"a key instead of a pad": after(rootOf(t, 1), leading(60, sealedAt(0)), rootSays(at(1, other.Fingerprint), nil)),
	} {
		t.Run(name, func(t *testing.T) {
			if n := m.Notices(); len(n) == 0 || !n[len(n)-1].Alarm {
				t.Errorf("no alarm: %+v", n)
			}
			row{event: shareNumber(2), prompt: "Pick"}.check(t, m)
			row{event: Picked{"end"}, effects: "CancelRoot", prompt: "Wait"}.check(t, m)
			refused := after(m, Picked{"end"}, RootRead{Op: "cancel", Err: errRefused}, rootSays(at(1, other.Fingerprint), nil))
			row{event: shareNumber(2), prompt: "Pick"}.check(t, refused)
		})
	}
	m := after(begin(), started, shareNumber(1), RootGiven{Attempt: at(1, "")})
	row{event: shareNumber(2), effects: "GiveRootShare", prompt: "Wait"}.check(t, m)
}

// TestNewSharesAreEncryptedToTheKeysThatWereGiven: their number alone says nothing, and their order says whose share is whose.
func TestNewSharesAreEncryptedToTheKeysThatWereGiven(t *testing.T) {
	t.Parallel()
	given := []keys.PublicKey{publicKey(t, "gpg-ed25519.asc"), publicKey(t, "gpg-rsa3072.asc")}
	begin := func(backup ...Event) Machine {
		m := after(rekeyAsked(t), rekeySays(vault.Rekey{}, nil), Filled{map[string]string{"shares": "2", "threshold": "2"}}, Continue{}, Picked{"pgp"}, RosterRead{})
		for i, k := range given {
			m = after(m, Filled{map[string]string{"name": string(rune('A' + i)), "key": k.ServerForm()}})
		}
		return after(after(challenged(after(m, Continue{})), backup...), Filled{map[string]string{"path": "shares"}}, Continue{})
	}
	at := func(n int, to ...keys.PublicKey) vault.Rekey {
		k := rekeyAt("n1", n)
		k.Shares = 2
		for _, key := range to {
			k.PGPFingerprints = append(k.PGPFingerprints, grouped(key.Fingerprint))
		}
		return k
	}
	good := RekeyRead{Op: "start", State: at(0, given...)}
	row{event: shareNumber(1), effects: "GiveRekeyShare", prompt: "Wait"}.check(t, after(begin(Picked{"none"}), good))
	wrong := []keys.PublicKey{given[0], stranger}
	last := after(begin(Picked{"none"}), good, shareNumber(1), RekeyGiven{Update: vault.RekeyUpdate{Rekey: rekeyAt("n1", 1)}}, shareNumber(2))
	done := completedBy()
	done.Update.PGPFingerprints = at(0, wrong...).PGPFingerprints
	for name, m := range map[string]Machine{
		"others at the start":  after(begin(Picked{"none"}), RekeyRead{Op: "start", State: at(0, wrong...)}),
		"another order":        after(begin(Picked{"none"}), RekeyRead{Op: "start", State: at(0, given[1], given[0])}),
		"none at the start":    after(begin(Picked{"none"}), RekeyRead{Op: "start", State: at(0)}),
		"others at a look":     after(begin(Picked{"none"}), good, leading(60, sealedAt(0)), rekeySays(at(0, wrong...), nil)),
		"others after a share": after(begin(Picked{"none"}), good, shareNumber(1), RekeyGiven{Update: vault.RekeyUpdate{Rekey: at(1, wrong...)}}),
		"others in the end":    after(last, done),
		"keys nobody gave":     after(rekeyOf(t, 1), leading(60, sealedAt(0)), rekeySays(at(1, wrong...), nil)),
	} {
		t.Run(name, func(t *testing.T) {
			if n := m.Notices(); len(n) == 0 || !n[len(n)-1].Alarm {
				t.Errorf("no alarm: %+v", n)
			}
			row{event: shareNumber(3), prompt: "Pick"}.check(t, m)
			row{event: Picked{"end"}, effects: "CancelRekey", prompt: "Wait"}.check(t, m)
		})
	}
	for _, s := range done.Update.NewShares {
		if !s.Empty() {
			t.Error("a ciphertext for a stranger is alive")
		}
	}
	trusting := after(begin(Picked{"backup"}, Picked{"trust"}), good, shareNumber(1))
	done = completedBy()
	done.Update.PGPFingerprints, done.Update.VerificationNonce = at(0, wrong...).PGPFingerprints, ""
	row{event: done, effects: "StoreSecret", prompt: "Wait", says: "rekey at once", alarms: true}.check(t, trusting)
}
