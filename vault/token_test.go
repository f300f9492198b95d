package vault

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"warder/keys"
)

func holds(s keys.Secret, want string) (same bool) {
	s.Use(func(b []byte) { same = bytes.Equal(b, []byte(want)) })
	return same
}

// home makes a home directory with one file in it.
func home(t *testing.T, name, text string, mode os.FileMode) string {
	t.Helper()
	return filepath.Dir(writeFile(t, name, text, mode))
}

func TestTokenBySource(t *testing.T) {
	t.Parallel()
	file := writeFile(t, "token", "hvs.named\n", 0o600)
	filed := home(t, ".vault-token", "hvs.filed\n", 0o600)
	for name, c := range map[string]struct {
		home string
		env  []string
		want string
	}{
		"none":                       {t.TempDir(), nil, ""},
		"no home":                    {"", nil, ""},
		"token file":                 {filed, nil, "hvs.filed"},
		"a named file goes before":   {filed, []string{"BAO_TOKEN_PATH", file}, "hvs.named"},
		"a variable before both":     {filed, []string{"BAO_TOKEN_PATH", file, "VAULT_TOKEN", "hvs.said"}, "hvs.said"},
		"OpenBao's variable first":   {filed, []string{"BAO_TOKEN", "s.bao", "VAULT_TOKEN", "hvs.said"}, "s.bao"},
		"an empty variable is none":  {filed, []string{"BAO_TOKEN", "", "VAULT_TOKEN", "hvs.said"}, "hvs.filed"},
		"white space around":         {"", []string{"VAULT_TOKEN", " hvs.said\r\n"}, "hvs.said"},
		"a file of nothing is none":  {home(t, ".vault-token", "\n", 0o600), nil, ""},
		"a token may have any shape": {"", []string{"VAULT_TOKEN", "my root ü"}, "my root ü"},
	} {
		s := mustLoad(t, Flags{}, environment(c.home, c.env...))
		if !holds(s.Token, c.want) {
			t.Errorf("%s: not %q", name, c.want)
		}
		if len(s.Warnings) > 0 {
			t.Errorf("%s: warnings %q", name, s.Warnings)
		}
	}
}

func TestBadTokensAreRefusedUnquoted(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("hunter2", maxToken/7+1)
	dir := t.TempDir()
	for _, c := range []struct {
		home string
		env  []string
		want []string
	}{
		{"", []string{"VAULT_TOKEN", "hunter2\nhunter2"}, []string{"VAULT_TOKEN: ", "a line break"}},
		{"", []string{"BAO_TOKEN", "hunter2\x1b[0m"}, []string{"BAO_TOKEN: ", "another character"}},
		{home(t, ".vault-token", "hunter2\nhunter2\n", 0o600), nil, []string{"token file: ", ".vault-token: ", "a line break"}},
		{home(t, ".vault-token", long, 0o600), nil, []string{"token file: ", "longer than 65536 bytes"}},
		{"", []string{"BAO_TOKEN_PATH", dir}, []string{"BAO_TOKEN_PATH: ", dir, "is a directory"}},
	} {
		refused(t, Flags{}, environment(c.home, c.env...), c.want...)
		if _, err := LoadSettings(Flags{}, environment(c.home, c.env...)); err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the token is in %q", err)
		}
	}
}

func TestATokenFileThatOthersCanReadIsAWarning(t *testing.T) {
	t.Parallel()
	for mode, open := range map[os.FileMode]bool{0o600: false, 0o400: false, 0o700: false, 0o640: true, 0o604: true, 0o620: true} {
		dir := home(t, ".vault-token", "hvs.x", mode)
		s := mustLoad(t, Flags{}, environment(dir))
		if !holds(s.Token, "hvs.x") {
			t.Errorf("%04o: the token was not read", mode)
		}
		want := fmt.Sprintf("%s/.vault-token can be read by others (mode %04o)", dir, mode)
		if told := len(s.Warnings) == 1 && strings.HasPrefix(s.Warnings[0], want); told != open || !open && len(s.Warnings) > 0 {
			t.Errorf("%04o: warnings %q", mode, s.Warnings)
		}
	}
}

func TestANamedTokenFileThatIsAbsentIsAWarning(t *testing.T) {
	t.Parallel()
	s := mustLoad(t, Flags{}, environment("", "BAO_TOKEN_PATH", "/absent/token"))
	if !s.Token.Empty() || len(s.Warnings) != 1 || s.Warnings[0] != "BAO_TOKEN_PATH: there is no file /absent/token" {
		t.Errorf("warnings %q", s.Warnings)
	}
}

func TestNoCopyOfTheTokenIsLeftInTheBuffer(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"hvs.x", " hvs.x \n", "hvs\nx"} {
		b := []byte(text)
		if s, err := newToken(b); err == nil {
			defer s.Wipe()
		}
		if len(bytes.Trim(b, "\x00")) > 0 {
			t.Errorf("%q was left as %q", text, b)
		}
	}
}

func TestSettingsDoNotPrintTheToken(t *testing.T) {
	t.Parallel()
	id := newIdentity(t, "operator")
	s := mustLoad(t, Flags{}, environment("", "VAULT_TOKEN", "hunter2", "VAULT_CLIENT_CERT", id.certFile, "VAULT_CLIENT_KEY", id.keyFile))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(verb, s); strings.Contains(text, "hunter2") {
			t.Errorf("%s prints the token: %s", verb, text)
		}
	}
}
