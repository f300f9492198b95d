package ceremony_test

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"warder/keys"
	"warder/vault/ceremony"
)

// stored does one store of text, and gives what went wrong.
func stored(path string, content ...string) error {
	e := ceremony.StoreSecret{Path: path, Text: true}
	for _, c := range content {
		e.Content = append(e.Content, keys.NewSecret([]byte(c)))
	}
	return ceremony.Runner{}.Do(context.Background(), e).(ceremony.Stored).Err
}

// files are the names in a directory with what they hold.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	found, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range found {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name()] = string(b)
	}
	return out
}

func TestASecretIsStoredInANewFileForItsOwner(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "shares")
	if err := stored(path, "one", "two"); err != nil {
		t.Fatal(err)
	}
	if got := files(t, dir); len(got) != 1 || got["shares"] != "one\ntwo\n" {
		t.Errorf("there is %q", got)
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// TestAStoreWritesOverNothing: neither over a file, nor to where a link leads.
func TestAStoreWritesOverNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "there"), []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"link": "there", "dangling": "nowhere"} {
		if err := os.Symlink(filepath.Join(dir, to), filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"there", "link", "dangling"} {
		if err := stored(filepath.Join(dir, name), "new"); err == nil || !strings.Contains(err.Error(), "a new file is needed") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := os.Remove(filepath.Join(dir, "dangling")); err != nil {
		t.Errorf("the link: %v", err)
	}
	if got := files(t, dir); len(got) != 2 || got["there"] != "old" || got["link"] != "old" {
		t.Errorf("there is %q", got)
	}
}

// TestAStoreThatIsCutShortIsSpokenOf: what was written by then has another name.
func TestAStoreThatIsCutShortIsSpokenOf(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "shares.partial"), []byte("one\ntw"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := stored(filepath.Join(dir, "shares"), "again"); err == nil || !strings.Contains(err.Error(), "was cut short") {
		t.Errorf("stored again: %v", err)
	}
	if got := files(t, dir); len(got) != 1 || got["shares.partial"] != "one\ntw" {
		t.Errorf("there is %q", got)
	}
}

// TestAStoredFileIsWholeUnderItsName: whoever ends the program in the middle finds no half of it there.
func TestAStoredFileIsWholeUnderItsName(t *testing.T) {
	t.Parallel()
	watch, err := syscall.InotifyInit()
	if err != nil {
		t.Skip(err)
	}
	defer syscall.Close(watch)
	dir := t.TempDir()
	if _, err := syscall.InotifyAddWatch(watch, dir, syscall.IN_MODIFY|syscall.IN_MOVED_TO); err != nil {
		t.Fatal(err)
	}
	if err := stored(filepath.Join(dir, "shares"), "one"); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 4096)
	n, err := syscall.Read(watch, b)
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	for b = b[:n]; len(b) > 0; {
		mask, length := binary.NativeEndian.Uint32(b[4:]), binary.NativeEndian.Uint32(b[12:])
		name := strings.TrimRight(string(b[syscall.SizeofInotifyEvent:][:length]), "\x00")
		seen = append(seen, map[bool]string{true: "moved to ", false: "wrote "}[mask&syscall.IN_MOVED_TO != 0]+name)
		b = b[syscall.SizeofInotifyEvent+int(length):]
	}
	if got := strings.Join(seen, ", "); got != "wrote shares.partial, moved to shares" {
		t.Errorf("it %s", got)
	}
}
