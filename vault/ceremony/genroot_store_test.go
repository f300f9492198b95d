package ceremony

import (
	"errors"
	"strings"
	"testing"

	"warder/keys"
	"warder/vault"
)

// unstoredRoot is an attempt under a PGP key whose ciphertext could not be written.
func unstoredRoot(t *testing.T) (Machine, keys.Secret) {
	t.Helper()
	ciphertext := keys.NewSecret([]byte("wcBMA37..."))
	made := attemptAt("n1", 3)
	made.PGPFingerprint = "f1"
	begun := made
	begun.Progress = 2
	made.Complete, made.EncodedToken = true, ciphertext
	g := after(rootAsked(t), rootSays(vault.RootAttempt{}, nil)).(GenerateRoot)
	g.pgp, g.stage = keys.PublicKey{Fingerprint: "f1"}, rootKeyShown
	m := after(g, Continue{}, RootRead{Op: "start", Attempt: begun}, shareNumber(9), RootGiven{Attempt: made})
	row{event: Back{}, prompt: "Fill", says: "Nothing was done"}.check(t, m)
	row{event: Filled{map[string]string{"path": "/full"}}, effects: "StoreSecret", prompt: "Wait"}.check(t, m)
	return after(m, Filled{map[string]string{"path": "/full"}}, Stored{Path: "/full", Elsewhere: []string{"/home/full"}, Err: errors.New("no space left")}), ciphertext
}

// TestACiphertextThatCouldBeWrittenNowhereHadNoWayOut: nothing but this console has it, and the token exists.
func TestACiphertextThatCouldBeWrittenNowhereHadNoWayOut(t *testing.T) {
	t.Parallel()
	m, ciphertext := unstoredRoot(t)
	if got := options(m); got != "/home/full path show" || !strings.Contains(m.Prompt().(Pick).Text[0], "Not written to /full: no space left") {
		t.Fatalf("offered %q: %+v", got, m.Prompt())
	}
	row{event: Picked{"/home/full"}, effects: "StoreSecret", prompt: "Wait"}.check(t, m)
	row{event: Picked{"path"}, prompt: "Fill"}.check(t, m)
	row{event: Back{}, prompt: "Pick"}.check(t, after(m, Picked{"path"}))
	row{event: Stored{Path: "/other"}, prompt: "Reveal"}.check(t, after(m, Picked{"path"}, Filled{map[string]string{"path": "/other"}}))
	row{event: Confirmed{}, prompt: "Pick", says: "Nothing was done"}.check(t, m)
	m = after(m, Picked{"show"})
	row{event: Back{}, prompt: "Pick"}.check(t, m)
	m = after(m, Confirmed{})
	if p, ok := m.Prompt().(Reveal); !ok || !strings.Contains(p.Text[0], "in no file") || ciphertext.Empty() {
		t.Fatalf("asked %+v", m.Prompt())
	}
	m = after(m, Shown{})
	if e, ok := m.Prompt().(End); !ok || !strings.Contains(strings.Join(e.Text, " "), "The ciphertext is in no file") || !ciphertext.Empty() {
		t.Errorf("asked %+v; the ciphertext is alive: %t", m.Prompt(), !ciphertext.Empty())
	}
}
