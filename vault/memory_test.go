package vault

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestMemoryGivesBackTheClusterOfAnyOfItsAddresses(t *testing.T) {
	t.Parallel()
	m := NewMemory(t.TempDir())
	prod := []Known{{"https://a:8200", "https://a:8201"}, {"https://b:8200", "https://b:8201"}}
	test := []Known{{"https://t:8200", "https://t:8201"}}
	for id, nodes := range map[string][]Known{"prod": prod, "test": test} {
		if err := m.Remember(id, nodes, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if got := m.Recall([]string{"https://b:8200"}); !slices.Equal(got, prod) {
		t.Errorf("recalled %v, want %v", got, prod)
	}
	if got := m.Recall([]string{"https://c:8200"}); got != nil {
		t.Errorf("an unknown address recalls %v", got)
	}
	if err := m.Remember("prod", prod[:1], time.Now()); err != nil {
		t.Fatal(err)
	}
	if got := m.Recall([]string{"https://b:8200"}); got != nil {
		t.Errorf("a node that is gone recalls %v", got)
	}
}

func TestMemoryIsReadableByItsOwnerOnly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := NewMemory(dir).Remember("x", []Known{{"http://a:1", "https://a:2"}}, time.Now()); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{"warder": 0o700, "warder/addresses.json": 0o600} {
		info, err := os.Stat(filepath.Join(dir, path))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", path, got, want)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "warder", ".addresses-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestMemoryWithoutAUsableFileIsEmpty(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{"garbage": "{", "empty": "", "other": `{"a":1}`} {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "warder"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "warder", "addresses.json"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := NewMemory(dir).Recall([]string{"https://a:8200"}); got != nil {
			t.Errorf("%s: recalled %v", name, got)
		}
	}
}

func TestRecalledNodesAreLearntAndKeepTheirClusterAddress(t *testing.T) {
	t.Parallel()
	s := NewSnapshot("https://a:8200").Recalled([]Known{
		{"https://a:8200", "https://a:8201"}, {"https://b:8200", "https://b:8201\x1b[31m"}, {"unix:///x", "y"},
	})
	if len(s.Nodes) != 2 {
		t.Fatalf("%d nodes, want 2", len(s.Nodes))
	}
	if a := s.Nodes[0]; a.Learnt || a.ClusterAddress != "https://a:8201" {
		t.Errorf("the given node became %+v", a)
	}
	if b := s.Nodes[1]; !b.Learnt || b.ClusterAddress != "https://b:8201[31m" {
		t.Errorf("the remembered node became %+v", b)
	}
}
