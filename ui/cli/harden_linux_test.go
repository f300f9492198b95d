package cli

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// hardenedChild marks the process that lets Main harden it: what is forbidden to a process stays so, and this one has more
// tests to run.
const hardenedChild = "WARDER_TEST_HARDENED"

// condition is what a process knows of its own protection.
type condition struct {
	Dumpable    int
	Limits      string
	Environment []string
}

func conditionOf(t *testing.T) (c condition) {
	t.Helper()
	var err error
	if c.Dumpable, err = unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); err != nil {
		t.Fatal(err)
	}
	limits, err := os.ReadFile("/proc/self/limits")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(limits)) {
		if strings.HasPrefix(line, "Max core file size") {
			c.Limits = strings.Join(strings.Fields(line), " ")
		}
	}
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		c.Environment = append(c.Environment, name)
	}
	return c
}

func TestProcessIsHardenedWhateverItsCommand(t *testing.T) {
	t.Parallel()
	if args, ok := os.LookupEnv(hardenedChild); ok {
		Main("test", strings.Fields(args))
		_ = json.NewEncoder(os.Stderr).Encode(conditionOf(t))
		return
	}
	secrets := []string{"TEA_TRACE=" + t.TempDir() + "/trace", "TEA_DEBUG=true", "UV_DEBUG=" + t.TempDir() + "/debug"}
	tokens := []string{"VAULT_TOKEN=hvs.x", "BAO_TOKEN=s.x", "VAULT_CLIENT_KEY_BYTES=x"}
	for _, args := range []string{"demo --list", "--version", "--demo=healthy"} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = slices.Concat(os.Environ(), secrets, tokens, []string{hardenedChild + "=" + args})
		var errs strings.Builder
		cmd.Stderr = &errs
		if err := cmd.Run(); err != nil {
			t.Fatalf("%s: %v\n%s", args, err, errs.String())
		}
		lines := strings.Split(strings.TrimSpace(errs.String()), "\n")
		var got condition
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &got); err != nil {
			t.Fatalf("%s: %v\n%s", args, err, errs.String())
		}
		if got.Dumpable != 0 || got.Limits != "Max core file size 0 0 bytes" {
			t.Errorf("%s: dumpable is %d, and %q", args, got.Dumpable, got.Limits)
		}
		gone := secrets
		if args != "--version" { // which reads nothing and ends
			gone = slices.Concat(secrets, tokens)
		}
		for _, v := range gone {
			if name, _, _ := strings.Cut(v, "="); slices.Contains(got.Environment, name) {
				t.Errorf("%s: %s is still in the environment", args, name)
			}
		}
	}
}

// A process that nobody hardened is what the test above must be able to tell from one that was.
func TestConditionSeesAProcessThatIsNotHardened(t *testing.T) {
	t.Parallel()
	got := conditionOf(t)
	if got.Dumpable != 1 || !slices.Contains(got.Environment, "PATH") || got.Limits == "" {
		t.Errorf("%+v", got)
	}
}

func TestOnlyWhatFailedIsTold(t *testing.T) {
	t.Parallel()
	problem := errors.New("refused")
	if got := failures(nil, problem, nil); len(got) != 1 || !errors.Is(got[0], problem) {
		t.Errorf("%v", got)
	}
	if got := failures(nil, nil); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
