package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestParentIsReadWhateverTheName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		stat, name string
		parent     int
	}{
		{"7 (bash) S 6 7 7 34816 0", "bash", 6},
		{"7 (tmux: server) S 1 7", "tmux: server", 1},
		{"7 (a) S 9 (b) R 6 7", "a) S 9 (b", 6},
		{"7 () S 6", "", 6},
		{"", "", 0},
		{"7 (bash", "", 0},
		{"7 )bash( S 6", "", 0},
		{"7 (bash) S", "", 0},
		{"7 (bash) S x", "", 0},
	} {
		if name, parent := parentOf([]byte(c.stat)); name != c.name || parent != c.parent {
			t.Errorf("%q: %q and %d, want %q and %d", c.stat, name, parent, c.name, c.parent)
		}
	}
}

func FuzzParentOf(f *testing.F) {
	f.Add([]byte("7 (bash) S 6 7"))
	f.Add([]byte(") ("))
	f.Fuzz(func(t *testing.T, stat []byte) {
		if name, _ := parentOf(stat); name != "" && !strings.Contains(string(stat), "("+name+")") {
			t.Errorf("%q: the name %q is not in it", stat, name)
		}
	})
}

// recordedChild marks the process that runs under script and says what it notices.
const recordedChild = "WARDER_TEST_RECORDED"

func TestScriptIsNoticedThoughItLeavesNoVariable(t *testing.T) {
	t.Parallel()
	if os.Getenv(recordedChild) != "" {
		fmt.Println("recording:", Recording(os.Getenv, Ancestors()))
		return
	}
	script, err := exec.LookPath("script")
	if err != nil {
		t.Skip(err)
	}
	command := os.Args[0] + " -test.run=^" + t.Name() + "$"
	cmd := exec.CommandContext(t.Context(), script, "-q", "-c", command, filepath.Join(t.TempDir(), "typescript"))
	cmd.Env = append(os.Environ(), recordedChild+"=1")
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "recording: script (running above warder)") {
		t.Errorf("%v\n%s", err, out)
	}
}
