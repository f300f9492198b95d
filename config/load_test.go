package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestTheFileIsLookedForWhereTheSystemKeepsSuch(t *testing.T) {
	t.Parallel()
	for want, env := range map[string]func(string) string{
		"/x/warder/config.toml":         environment("XDG_CONFIG_HOME", "/x", "HOME", "/h"),
		"/h/.config/warder/config.toml": environment("HOME", "/h", "XDG_CONFIG_HOME", "relative"),
		"":                              environment("HOME", "relative"),
	} {
		if got := DefaultPath(env); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestNoFileIsNoFaultUnlessItWasNamed(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	if f, err := Load("", environment("HOME", home)); err != nil || f.Path != "" {
		t.Errorf("%+v, %v", f, err)
	}
	if _, err := Load(filepath.Join(home, "none.toml"), environment()); err == nil || !strings.Contains(err.Error(), "none.toml") {
		t.Error(err)
	}
}

func TestPathsBeginAtTheFileOrAtHome(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "warder.toml")
	if err := os.WriteFile(path, []byte(whole), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := Load(path, environment("HOME", "/home/me"))
	if err != nil {
		t.Fatal(err)
	}
	prod, _ := f.Find("prod-eu")
	lab, _ := f.Find("lab")
	for got, want := range map[string]string{
		f.Path: path, prod.CACert: "/home/me/ca.pem", prod.CAPath: filepath.Join(dir, "cas"), prod.ClientKey: "/keys/me.pem",
		prod.TokenCommand[0]: "vault-token", lab.TokenFile: filepath.Join(dir, "lab.token"),
		prod.KeyStores[0].CACert: filepath.Join(dir, "storage.pem"), prod.KeyStores[0].TokenFile: "/home/me/.archive-token",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAFileThatIsWrongIsNamed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.toml")
	if err := os.WriteFile(path, []byte("colour = 1"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path, environment()); err == nil || err.Error() != path+": line 1: colour: no such key" {
		t.Error(err)
	}
}
