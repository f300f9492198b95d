package ceremony

import (
	"errors"
	"strings"
	"testing"

	"warder/keys"
)

// unstored is a rekey of others, encrypted to PGP keys and completed here, whose new shares could not be written.
func unstored(t *testing.T, backup bool) (m Machine, shares []keys.Secret) {
	t.Helper()
	k := rekeyAt("n1", 2)
	k.PGPFingerprints, k.Backup = []string{"a", "b", "c"}, backup
	done := completedBy()
	m = after(rekeyAsked(t), rekeySays(k, nil), Picked{"join"}, shareNumber(9), done)
	row{event: Filled{map[string]string{"path": " "}}, prompt: "Fill"}.check(t, m)
	row{event: Filled{map[string]string{"path": "/full"}}, effects: "StoreSecret", prompt: "Wait"}.check(t, m)
	failed := Stored{Path: "/full", Elsewhere: []string{"/home/full", "/tmp/full"}, Err: errors.New("no space left")}
	return after(m, Filled{map[string]string{"path": "/full"}}, failed), done.Update.NewShares
}

func options(m Machine) string {
	var out []string
	p, _ := m.Prompt().(Pick)
	for _, o := range p.Options {
		out = append(out, o.Key)
	}
	return strings.Join(out, " ")
}

// TestCiphertextsThatCannotBeWrittenHaveWaysOut: nothing but this console has them.
func TestCiphertextsThatCannotBeWrittenHaveWaysOut(t *testing.T) {
	t.Parallel()
	m, _ := unstored(t, false)
	if got := options(m); got != "/home/full /tmp/full path show" {
		t.Errorf("offered %q", got)
	}
	if p := m.Prompt().(Pick); !strings.Contains(p.Text[0], "no space left") || !strings.Contains(strings.Join(m.Account(), " "), "3 new shares are not handed out yet and in this console only") {
		t.Errorf("told %q, account %q", p.Text, m.Account())
	}
	row{event: Picked{"backup"}, prompt: "Pick", says: "Nothing was done"}.check(t, m)
	row{event: Picked{"/tmp/full"}, effects: "StoreSecret", prompt: "Wait"}.check(t, m)
	other := Filled{map[string]string{"path": "/other"}}
	for range 3 { // as often as it takes
		m = after(m, Picked{"path"}, other, Stored{Path: "/other", Err: errors.New("read-only")})
	}
	m = after(m, Picked{"path"})
	if !m.(Rekey).Backs() {
		t.Error("no way back to the other ways")
	}
	row{event: Stored{Path: "/other"}, prompt: "Fill", says: "The encrypted shares are in /other"}.check(t, after(m, other))
}

// TestCiphertextsAreShownUnsavedToOneAfterTheOther: after a confirmation, and nobody is told of a file.
func TestCiphertextsAreShownUnsavedToOneAfterTheOther(t *testing.T) {
	t.Parallel()
	m, shares := unstored(t, false)
	row{event: Confirmed{}, prompt: "Pick", says: "Nothing was done"}.check(t, m)
	m = after(m, Picked{"show"})
	row{event: Back{}, prompt: "Pick"}.check(t, m)
	row{event: Confirmed{}, prompt: "Fill"}.check(t, m)
	m = after(m, Confirmed{})
	for i, name := range []string{"Anna", "Ben", "Cleo"} {
		m = after(m, Filled{map[string]string{"name": name}})
		p, ok := m.Prompt().(Reveal)
		if !ok || p.Holder != name || !strings.Contains(p.Text[0], "in no file") {
			t.Fatalf("asked %+v", m.Prompt())
		}
		if m = after(m, Shown{}); !shares[i].Empty() {
			t.Errorf("the ciphertext of %s is alive after it was shown", name)
		}
	}
	if p := m.Prompt().(TypeOut); !strings.Contains(p.Text[0], "are in no file") {
		t.Errorf("told %q", p.Text)
	}
	row{event: Confirmed{}, prompt: "EnterShare"}.check(t, m)
}

func TestCiphertextsAreLeftToTheBackupWhereThereIsOne(t *testing.T) {
	t.Parallel()
	m, shares := unstored(t, true)
	if p := m.Prompt().(Pick); !strings.Contains(strings.Join(p.Text, " "), "vault operator rekey -backup-retrieve") {
		t.Errorf("told %q", p.Text)
	}
	row{event: Picked{"backup"}, prompt: "EnterShare"}.check(t, m)
	after(m, Picked{"backup"})
	for i, s := range shares {
		if !s.Empty() {
			t.Errorf("ciphertext %d is alive, and left to the server", i+1)
		}
	}
}
