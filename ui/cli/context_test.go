package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"warder/config"
	"warder/vault"
)

// contextsFile is a configuration with its token files, and a shell that is of no cluster.
func contextsFile(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{"config.toml": text, "prod.token": "hvs.prod\n", "store.token": "store\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("HOME", dir)
	for _, name := range []string{"ADDR", "TOKEN", "NAMESPACE", "AGENT_ADDR", "CACERT", "SKIP_VERIFY"} {
		t.Setenv("VAULT_"+name, "")
		t.Setenv("BAO_"+name, "")
		_ = os.Unsetenv("BAO_" + name)
		_ = os.Unsetenv("VAULT_" + name)
	}
	t.Setenv("WARDER_CONTEXT", "")
	t.Setenv("XDG_STATE_HOME", dir)
	return filepath.Join(dir, "config.toml")
}

const twoContexts = `default = "prod"

[contexts.prod]
addresses = ["https://p:8200"]
production = true
token_file = "prod.token"
blank_after = "5s"

[[contexts.prod.key_stores]]
kind = "qumulo"
name = "archive-1"
address = "https://archive-1.example"
token_file = "store.token"

[[contexts.prod.key_stores]]
kind = "qumulo"
name = "archive-2"
address = "https://archive-2.example"
token_file = "none.token"

[contexts.lab]
addresses = ["http://127.0.0.1:8200"]
read_only = true
`

func token(t target) (text string) {
	t.Token.Use(func(b []byte) { text = string(b) })
	return text
}

// Not parallel, as none of the file: the environment of the process is what they are about.
func TestAContextIsOpenedWithAllThatItSays(t *testing.T) {
	o, first, err := clusterFlags{config: contextsFile(t, twoContexts)}.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if first.Context != "prod" || token(first) != "hvs.prod" || first.ReadOnly || len(first.Stores) != 1 || first.Stores[0].Name() != "archive-1" {
		t.Errorf("%+v", first)
	}
	if w := strings.Join(first.Warnings, "\n"); !strings.Contains(w, "key store archive-2: token_file: open ") || !strings.Contains(w, "; it is not shown") {
		t.Errorf("warnings %q", first.Warnings)
	}
	s := o.session(first, 0)
	defer s.Close()
	if !s.Production || s.Context != "prod" {
		t.Errorf("%+v", s)
	}
	lab, err := o.again(t.Context(), "lab")
	if err != nil || lab.Context != "lab" || !lab.ReadOnly || !lab.Token.Empty() || len(lab.Stores) > 0 {
		t.Errorf("%+v, %v", lab, err)
	}
	if c := o.choices(); len(c) != 2 || c[0].Key != "lab" || !c[0].ReadOnly || c[1].Key != "prod" || !c[1].Production {
		t.Errorf("%+v", c)
	}
	if _, err := o.again(t.Context(), "none"); err == nil || !strings.Contains(err.Error(), `there is no context "none" in `) {
		t.Error(err)
	}
}

func TestTheClusterOfTheShellIsOneOfTheChoices(t *testing.T) {
	path := contextsFile(t, twoContexts)
	t.Setenv("VAULT_ADDR", "https://shell:8200")
	t.Setenv("VAULT_TOKEN", "hvs.shell")
	o, first, err := clusterFlags{config: path, readOnly: true}.open(t.Context())
	if err != nil || first.Context != "" || token(first) != "hvs.shell" {
		t.Fatalf("%+v, %v", first, err)
	}
	vault.Scrub()
	if c := o.choices(); len(c) != 3 || c[0].Key != asStarted {
		t.Errorf("%+v", c)
	}
	lab, err := o.again(t.Context(), "lab")
	if err != nil || !lab.Token.Empty() {
		t.Errorf("the shell's token goes to another cluster: %v", err)
	}
	prod, err := o.again(t.Context(), "prod")
	if err != nil || token(prod) != "hvs.prod" || !prod.ReadOnly {
		t.Errorf("%+v, %v", prod, err)
	}
	back, err := o.again(t.Context(), asStarted)
	if err != nil || token(back) != "hvs.shell" || back.Addresses[0] != "https://shell:8200" {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestAContextIsNamedByFlagThenByVariable(t *testing.T) {
	path := contextsFile(t, twoContexts)
	t.Setenv("VAULT_ADDR", "https://shell:8200")
	t.Setenv("WARDER_CONTEXT", "lab")
	for flag, want := range map[string]string{"": "lab", "prod": "prod"} {
		_, first, err := clusterFlags{config: path, context: flag}.open(t.Context())
		if err != nil || first.Context != want {
			t.Errorf("%q opens %q: %v", flag, first.Context, err)
		}
	}
	if _, _, err := (clusterFlags{config: path, context: "x"}).open(t.Context()); err == nil || !strings.Contains(err.Error(), "there are lab, prod") {
		t.Error(err)
	}
	if _, _, err := (clusterFlags{context: "x"}).open(t.Context()); err == nil || !strings.Contains(err.Error(), "no configuration file names any") {
		t.Error(err)
	}
}

func TestTheFileGivesTheLookUnlessAFlagDoes(t *testing.T) {
	path := contextsFile(t, twoContexts+"[keys]\nzoom = \"Z\"\n[screen]\ntheme = \"light\"\n")
	opener, first, err := clusterFlags{config: path}.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("NO_COLOR", "")
	given := map[string]bool{}
	f := consoleFlags{theme: "auto", idle: time.Minute, said: func(flag string) bool { return given[flag] }}
	for _, c := range []struct {
		flag string
		mode int
		idle time.Duration
	}{{"", 2, 5 * time.Second}, {"theme", 0, 5 * time.Second}, {"blank-after", 2, time.Minute}} {
		given = map[string]bool{c.flag: true}
		o, err := f.look(opener)
		if err != nil || int(o.Mode) != c.mode || f.idleIn(first.Known) != c.idle || f.idleIn(config.Context{}) != time.Minute {
			t.Errorf("%q: mode %d, idle %s, %v", c.flag, o.Mode, f.idleIn(first.Known), err)
		}
	}
}

func TestAKeyThatCannotBeHadIsToldWithItsLine(t *testing.T) {
	path := contextsFile(t, "[keys]\npause = \"P\"\nzoom = \"q\"\n")
	o, _, err := clusterFlags{config: path}.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.keys(); err == nil || err.Error() != path+": line 3: keys.zoom: the key q is that of quit already" {
		t.Error(err)
	}
}
