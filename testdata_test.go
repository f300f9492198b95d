package main_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// recordings hold what servers gave out that are gone, so that their shares and tokens open nothing. Nothing else kept for
// tests may look like a secret: a real one would not be told from it.
var recordings = []string{
	"keys/testdata/recorded.json",
	"*/testdata/vault-*.json",
	"*/testdata/openbao-*.json",
}

// secretLike are the forms in which the servers hand out shares and tokens. A word ends where no letter of its alphabet
// follows, so that neither longer digests nor lines of armoured keys are taken for shares.
var secretLike = map[string]*regexp.Regexp{
	"share in hex":    regexp.MustCompile(`(?:^|[^0-9A-Za-z])([0-9a-fA-F]{66})(?:[^0-9A-Za-z]|$)`),
	"share in base64": regexp.MustCompile(`(?:^|[^0-9A-Za-z+/=])([0-9A-Za-z+/]{44})(?:[^0-9A-Za-z+/=]|$)`),
	"token":           regexp.MustCompile(`(?:^|[^0-9A-Za-z.])((?:hv[sbr]\.[0-9A-Za-z_-]{20,})|(?:[sbr]\.[0-9A-Za-z]{24,}))`),
}

func TestNothingKeptForTestsLooksLikeASecret(t *testing.T) {
	t.Parallel()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains(strings.Split(filepath.ToSlash(path), "/"), "testdata") || recorded(path) {
			return err
		}
		text, err := os.ReadFile(path)
		for _, what := range secretsIn(string(text)) {
			t.Errorf("%s holds what looks like a %s", path, what)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSecretsAreKnownByTheirForm(t *testing.T) {
	t.Parallel()
	hex, base64 := strings.Repeat("a1", 33), strings.Repeat("aB3+", 11)
	for text, want := range map[string]string{
		"key: " + hex:                                "share in hex",
		`{"key":"` + base64 + `"}`:                   "share in base64",
		base64:                                       "share in base64",
		"token hvs." + strings.Repeat("x9", 12):      "token",
		"token=s." + strings.Repeat("Q7", 12):        "token",
		"digest " + hex[:64]:                         "",
		"digest " + hex + hex[:62]:                   "",
		"armour " + base64 + strings.Repeat("b", 20): "",
		"digest " + base64[:43] + "=":                "",
		"vaults.example.com":                         "",
		"hvs.…":                                      "",
	} {
		if got := strings.Join(secretsIn(text), ", "); got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}

func secretsIn(text string) []string {
	var out []string
	for what, form := range secretLike {
		if form.MatchString(text) {
			out = append(out, what)
		}
	}
	slices.Sort(out)
	return out
}

func recorded(path string) bool {
	return slices.ContainsFunc(recordings, func(pattern string) bool {
		ok, _ := filepath.Match(pattern, filepath.ToSlash(path))
		return ok
	})
}
