package vault

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// script makes an executable token helper. No process may be forked while the file is open for writing: the child would
// hold it open, and then it cannot be run.
func script(t *testing.T, text string) string {
	t.Helper()
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	return writeFile(t, "helper", "#!/bin/sh\n"+text, 0o700)
}

// configured is an environment whose configuration names the helper.
func configured(t *testing.T, helper string) Environment {
	t.Helper()
	return environment(home(t, ".vault", `token_helper = "`+helper+`"`, 0o600))
}

func TestTheHelperIsAskedForTheToken(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ script, want string }{
		"the argument is get": {`test "$*" = get && echo hvs.helped`, "hvs.helped"},
		"no line end":         {"printf hvs.helped", "hvs.helped"},
		"chatter on stderr":   {"echo asking >&2; echo hvs.helped", "hvs.helped"},
		"no token":            {"exit 0", ""},
	} {
		s := mustLoad(t, Flags{}, configured(t, script(t, c.script)))
		if !holds(s.Token, c.want) {
			t.Errorf("%s: not %q", name, c.want)
		}
	}
}

func TestAVariableNeedsNoHelper(t *testing.T) {
	t.Parallel()
	env := configured(t, "/absent/helper")
	lookup := env.Lookup
	env.Lookup = func(name string) (string, bool) {
		if name == "VAULT_TOKEN" {
			return "hvs.said", true
		}
		return lookup(name)
	}
	if s := mustLoad(t, Flags{}, env); !holds(s.Token, "hvs.said") {
		t.Error("not the variable's token")
	}
}

func TestAHelperThatFailsIsQuotedByItsFirstLine(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ script, want string }{
		"its words":            {"echo; echo 'keyring \033[31mlocked' >&2; echo more >&2; exit 1", "failed: keyring [31mlocked"},
		"no words":             {"echo hunter2; exit 3", "failed: exit status 3"},
		"two lines of token":   {"echo hunter2; echo hunter2", "gave no token: the token holds a line break"},
		"endless":              {"exec yes hunter2 2>/dev/null", "gave no token: the token is longer than"},
		"token and then fails": {"printf hunter2; echo no >&2; exit 1", "failed: no"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			helper := script(t, c.script)
			env := configured(t, helper)
			refused(t, Flags{}, env, "configuration file: the token helper "+helper+" "+c.want)
			if _, err := LoadSettings(Flags{}, env); strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "more") {
				t.Errorf("%q says too much", err)
			}
		})
	}
	refused(t, Flags{}, configured(t, "/absent/helper"), "/absent/helper could not be started", "no such file")
}

func TestAHelperThatNeverAnswersIsGivenUp(t *testing.T) {
	t.Parallel()
	// The child keeps the pipe open when the shell that started it has been killed.
	_, err := askHelper(t.Context(), script(t, "sleep 5 & wait"), 50*time.Millisecond)
	if err == nil || !strings.Contains(err.Error(), "gave no token within 50ms") {
		t.Error(err)
	}
}

func TestWhichConfigurationFileIsRead(t *testing.T) {
	t.Parallel()
	says := func(token string) string { return `token_helper = "` + script(t, "echo "+token) + `"` }
	both := home(t, ".vault", says("hvs.vault"), 0o600)
	if err := os.WriteFile(filepath.Join(both, ".bao"), []byte(says("s.bao")), 0o600); err != nil {
		t.Fatal(err)
	}
	taken := home(t, ".vault", says("hvs.vault"), 0o600)
	if err := os.Mkdir(filepath.Join(taken, ".bao"), 0o700); err != nil {
		t.Fatal(err)
	}
	named := writeFile(t, "other", says("hvs.named"), 0o600)
	for name, c := range map[string]struct {
		env  Environment
		want string
	}{
		"OpenBao's first":          {environment(both), "s.bao"},
		"a directory is not it":    {environment(taken), "hvs.vault"},
		"the variable before both": {environment(both, "VAULT_CONFIG_PATH", named), "hvs.named"},
		"in the home directory":    {environment(both, "BAO_CONFIG_PATH", "~/.vault"), "hvs.vault"},
	} {
		if s := mustLoad(t, Flags{}, c.env); !holds(s.Token, c.want) {
			t.Errorf("%s: not %q", name, c.want)
		}
	}
	s := mustLoad(t, Flags{}, environment(both, "BAO_CONFIG_PATH", "/absent/config"))
	if !s.Token.Empty() || len(s.Warnings) != 1 || s.Warnings[0] != "BAO_CONFIG_PATH: there is no file /absent/config" {
		t.Errorf("absent: warnings %q", s.Warnings)
	}
}

func TestConfigurationFile(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		``:                                   "",
		"# nothing\n":                        "",
		`token_helper = "/bin/x"`:            "/bin/x",
		"/* old */\ntoken_helper=\"/b\" # y": "/b",
		`{"token_helper": "/bin/x"}`:         "/bin/x",
		`token_helper = ""`:                  "",
	} {
		if got, err := parseConfig([]byte(text)); err != nil || got != want {
			t.Errorf("parseConfig(%q) = %q, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"hvs.hunter2", "hunter2 = \"x\"", "token_helper = 1", "token_helper {\n}", "$ANSIBLE_VAULT;1.1", "{\"\\0"} {
		got, err := parseConfig([]byte(text))
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("parseConfig(%q) = %q, %v; want an error that does not quote it", text, got, err)
		}
	}
	refused(t, Flags{}, environment(home(t, ".vault", "hvs.hunter2", 0o600)), "configuration file: ", "/.vault: neither HCL")
}

func FuzzConfigurationFile(f *testing.F) {
	for _, seed := range []string{`token_helper = "/bin/x"`, `{"token_helper": "x"}`, "a {\n b = [1, 2] }", "x = <<E\ny\nE\n", `{"\0`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if helper, err := parseConfig(text); err != nil && helper != "" {
			t.Fatalf("both %q and %v", helper, err)
		}
	})
}
