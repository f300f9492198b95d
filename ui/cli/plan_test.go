package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAPlanIsPrintedAsAScript(t *testing.T) {
	t.Parallel()
	for output, want := range map[string]string{"text": "[ ]  Custodian A got new share 1", "markdown": "| ☐ | Custodian A got new share 1"} {
		var out bytes.Buffer
		cmd := planCommand()
		cmd.SetOut(&out)
		cmd.SetArgs([]string{"--output", output, "../../vault/plan/testdata/rekey.toml"})
		if err := cmd.Execute(); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s: no %q in\n%s", output, want, out.String())
		}
	}
}

func TestAPlanThatIsWrongIsToldWithItsFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "p.toml")
	if err := os.WriteFile(path, []byte("kind = 'rekey'\nshares = 5\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err := readPlan(path)
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("%v", err)
	}
}

func TestKeysOfAPlanAreLookedForBesideIt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "p.toml")
	text := "kind = 'rekey'\n[parameters]\nshares = 1\nthreshold = 1\nhand_out = 'pgp'\n[[custodian]]\nname = 'A'\npgp_key = 'a.asc'\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p, _, err := readPlan(path)
	if err != nil || p.Custodians[0].PGPKey != filepath.Join(dir, "a.asc") {
		t.Errorf("%+v, %v", p.Custodians, err)
	}
}
