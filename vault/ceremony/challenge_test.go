package ceremony

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"warder/keys"
)

// challenged has every custodian type his code.
func challenged(m Machine) Machine {
	m = after(m, Filled{map[string]string{"dir": "d"}})
	for {
		r, ok := m.(Rekey)
		if !ok || r.stage != rekeyChallenging {
			return m
		}
		var code []byte
		r.check.code.Use(func(b []byte) { code = bytes.Clone(b) })
		m = after(m, Stored{Path: "d/x"}, Continue{}, GaveSecret{keys.NewSecret(code)})
	}
}

// TestCodesAreWipedWithTheChallenge: of the code, the message as it is stored, and what was typed nothing stays.
func TestCodesAreWipedWithTheChallenge(t *testing.T) {
	t.Parallel()
	d := &desk{safe: &safe{}}
	var c challenge
	c.begins(owners{names: []string{"Anna"}, keys: []keys.PublicKey{publicKey(t, "gpg-ed25519.asc")}}, rand.NewChaCha8([32]byte{1}))
	out, _ := c.act(d, Filled{map[string]string{"dir": "d"}})
	content, code := out[0].(StoreSecret).Content[0], c.code
	c.stored(d, Stored{Path: "d/x"})
	c.act(d, Continue{})
	var right []byte
	code.Use(func(b []byte) { right = bytes.Clone(b) })
	wrong, typed := keys.NewSecret([]byte("abc")), keys.NewSecret(right)
	c.act(d, GaveSecret{wrong})
	if c.over() || !wrong.Empty() {
		t.Error("a wrong code is taken, or kept")
	}
	c.act(d, GaveSecret{typed})
	d.safe.wipe()
	for what, s := range map[string]keys.Secret{"code": code, "message": content, "typed": typed} {
		if !s.Empty() {
			t.Errorf("%s is alive", what)
		}
	}
	if !c.over() {
		t.Error("the code was not taken")
	}
}

func TestChallengeWithoutRandomnessSaysSo(t *testing.T) {
	t.Parallel()
	d := &desk{safe: &safe{}}
	var c challenge
	c.begins(owners{names: []string{"Anna"}, keys: []keys.PublicKey{publicKey(t, "gpg-ed25519.asc")}}, strings.NewReader("short"))
	if out, _ := c.act(d, Filled{map[string]string{"dir": "d"}}); len(out) > 0 || !strings.Contains(d.problem, "no randomness") {
		t.Errorf("%v, %q", out, d.problem)
	}
}

func TestLinesForGPGAreOneWordForTheShell(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"new-shares.txt": "sed -n 2p new-shares.txt | base64 -d | gpg --decrypt", "-rf": "sed -n 2p ./-rf | base64 -d | gpg --decrypt",
		"my shares": "sed -n 2p 'my shares' | base64 -d | gpg --decrypt", "a'$(x)": `sed -n 2p 'a'\''$(x)' | base64 -d | gpg --decrypt`,
		"": "sed -n 2p '' | base64 -d | gpg --decrypt",
	} {
		if got := gpgLine(path, 2); got != want {
			t.Errorf("%q: %s", path, got)
		}
	}
}

func TestNotesInAFileOfShares(t *testing.T) {
	t.Parallel()
	share := func() keys.Secret { return keys.NewSecret([]byte("abc")) }
	e := StoreSecret{Content: []keys.Secret{share(), share()}, Notes: notesFor("f", "new share", []string{"Anna\n#x", "Ben"}, []string{"ab12", "cd34"})}
	text, whole := e.text()
	const want = "# New share 1 of 2, for Anna #x (PGP key AB12): sed -n 2p f | base64 -d | gpg --decrypt\nYWJj\n" +
		"# New share 2 of 2, for Ben (PGP key CD34): sed -n 4p f | base64 -d | gpg --decrypt\nYWJj\n"
	if !whole || string(text) != want || cap(text) != len(text) {
		t.Errorf("%q, %d of %d", text, len(text), cap(text))
	}
	e.Notes = e.Notes[:1]
	if text, _ := e.text(); string(text) != "YWJj\nYWJj\n" {
		t.Errorf("%q", text)
	}
}
