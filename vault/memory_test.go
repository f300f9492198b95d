package vault

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestMemoryRecallsTheClusterOfAGivenAddress(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	m := NewMemory(state)
	one := []Known{{"https://a:8200", "https://a:8201"}, {"https://b:8200", "https://b:8201"}}
	two := []Known{{"https://x:8200", "https://x:8201"}}
	for id, nodes := range map[string][]Known{"one": one, "two": two} {
		if err := m.Remember(id, nodes, noon); err != nil {
			t.Fatal(err)
		}
	}
	if got := m.Recall([]string{"https://elsewhere:1", "https://b:8200"}); !slices.Equal(got, one) {
		t.Errorf("%v", got)
	}
	if got := m.Recall([]string{"https://elsewhere:1"}); got != nil {
		t.Errorf("a stranger is %v", got)
	}
	if err := m.Remember("one", two, noon); err != nil {
		t.Fatal(err)
	}
	if got := m.Recall([]string{"https://a:8200"}); got != nil {
		t.Errorf("what was replaced is still %v", got)
	}
	entries, err := os.ReadDir(filepath.Join(state, "warder"))
	if err != nil || len(entries) != 1 {
		t.Fatalf("%v, %v: only the file itself should be left", entries, err)
	}
	if info, err := entries[0].Info(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestMemoryKeepsSoManyClustersTheNewestFirst(t *testing.T) {
	t.Parallel()
	m := NewMemory(t.TempDir())
	for i := range maxClusters + 1 {
		if err := m.Remember(fmt.Sprint(i), []Known{{Address: fmt.Sprintf("http://n%d:1", i)}}, noon.Add(time.Duration(i)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if m.Recall([]string{"http://n0:1"}) != nil || m.Recall([]string{fmt.Sprintf("http://n%d:1", maxClusters)}) == nil {
		t.Error("not the oldest was forgotten")
	}
}

func TestMemoryThatCannotBeReadIsEmpty(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(path string) error{
		"missing":  func(string) error { return nil },
		"garbage":  func(p string) error { return os.WriteFile(p, []byte("\x00{"), 0o600) },
		"too long": func(p string) error { return os.WriteFile(p, []byte("["+strings.Repeat(" ", maxMemory)+"]"), 0o600) },
		"a folder": func(p string) error { return os.Mkdir(p, 0o700) },
		"a pipe":   func(p string) error { return syscall.Mkfifo(p, 0o600) },
	} {
		state := t.TempDir()
		m := NewMemory(state)
		if err := os.Mkdir(filepath.Join(state, "warder"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := spoil(m.path); err != nil {
			t.Fatal(err)
		}
		if got := m.Recall([]string{"https://a:8200"}); got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// What stands in the file may come from a server, or from whoever can write to it: it gets no more trust than that.
func TestRecalledNodesAreLearntAndClean(t *testing.T) {
	t.Parallel()
	given := NewSnapshot("https://a:8200")
	s := given.Recalled([]Known{
		{"https://a:8200", "https://a:8201"}, {"https://b:8200", "https://b:8201\x1b[2J"}, {"file:///etc/passwd", ""}, {"https://c:8200\x1b", ""},
	})
	if got, want := addresses(s), []string{"https://a:8200", "*https://b:8200"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if s.Nodes[0].ClusterAddress != "https://a:8201" || s.Nodes[1].ClusterAddress != "https://b:8201[2J" || given.Nodes[0].ClusterAddress != "" {
		t.Errorf("%q, %q, %q", s.Nodes[0].ClusterAddress, s.Nodes[1].ClusterAddress, given.Nodes[0].ClusterAddress)
	}
	if got := s.Known(); got != nil {
		t.Errorf("%v is known before the cluster told anything", got)
	}
	s.Nodes[0].HA = known(noon, []HANode{})
	if got := s.Known(); len(got) != 2 {
		t.Errorf("%v", got)
	}
}

func TestStateDirByVariable(t *testing.T) {
	t.Parallel()
	for want, env := range map[string]map[string]string{
		"/s":               {"XDG_STATE_HOME": "/s", "HOME": "/h"},
		"/h/.local/state":  {"HOME": "/h"},
		"/h2/.local/state": {"XDG_STATE_HOME": "relative", "HOME": "/h2"},
		"":                 {},
	} {
		if got := StateDir(func(name string) string { return env[name] }); got != want {
			t.Errorf("%v: %s, want %s", env, got, want)
		}
	}
}
