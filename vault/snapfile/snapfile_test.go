package snapfile

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// snapshot makes an archive as the servers make it. Spoil may change a member before it is written, after its sum was taken.
func snapshot(t testing.TB, spoil func(name string, b []byte) []byte) []byte {
	t.Helper()
	meta, state := []byte(`{"Version":1,"ID":"bolt-snapshot","Index":4711,"Term":3}`), bytes.Repeat([]byte("state "), 3000)
	sums := fmt.Appendf(nil, "%s  meta.json\n%s  state.bin\n", sum(meta), sum(state))
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	archive := tar.NewWriter(zip)
	for _, m := range []struct {
		name string
		b    []byte
	}{{"meta.json", meta}, {"state.bin", state}, {"SHA256SUMS", sums}, {"SHA256SUMS.sealed", []byte("sealed")}} {
		b := m.b
		if spoil != nil {
			b = spoil(m.name, bytes.Clone(b))
		}
		if b == nil {
			continue
		}
		if err := archive.WriteHeader(&tar.Header{Name: m.name, Mode: 0o600, Size: int64(len(b))}); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(archive.Close(), zip.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAWholeSnapshotTellsItsIndexAndTerm(t *testing.T) {
	t.Parallel()
	if meta, err := Check(bytes.NewReader(snapshot(t, nil))); err != nil || meta != (Meta{4711, 3}) {
		t.Errorf("%+v, %v", meta, err)
	}
}

func TestASnapshotCutAnywhereIsFoundOut(t *testing.T) {
	t.Parallel()
	whole := snapshot(t, nil)
	for n := range len(whole) {
		if _, err := Check(bytes.NewReader(whole[:n])); err == nil {
			t.Fatalf("the first %d of %d bytes were taken for a snapshot", n, len(whole))
		}
	}
}

func TestADamagedSnapshotIsFoundOut(t *testing.T) {
	t.Parallel()
	only := func(which string, do func([]byte) []byte) func(string, []byte) []byte {
		return func(name string, b []byte) []byte {
			if name == which {
				return do(b)
			}
			return b
		}
	}
	flip := func(b []byte) []byte { b[0] ^= ' '; return b }
	gone := func([]byte) []byte { return nil }
	for name, c := range map[string]struct {
		spoil func(string, []byte) []byte
		says  string
	}{
		"state changed":  {only("state.bin", flip), "state.bin is not what its sum says"},
		"state missing":  {only("state.bin", gone), "state.bin, or its sum, is missing"},
		"sums missing":   {only("SHA256SUMS", gone), "is missing"},
		"meta missing":   {only("meta.json", gone), "meta.json, or its sum"},
		"meta no JSON":   {only("meta.json", func([]byte) []byte { return []byte("{") }), "not whole"},
		"meta too large": {only("meta.json", func([]byte) []byte { return bytes.Repeat([]byte(" "), maxSmall+1) }), "too large"},
	} {
		if _, err := Check(bytes.NewReader(snapshot(t, c.spoil))); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add(snapshot(f, nil))
	f.Add([]byte("\x1f\x8b"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := Check(bytes.NewReader(b)); err != nil && err.Error() == "" {
			t.Error("refused without a word")
		}
	})
}

func TestASnapshotIsWholeUnderItsNameOrNotThere(t *testing.T) {
	t.Parallel()
	whole := snapshot(t, nil)
	give := func(b []byte, err error) func(io.Writer) error {
		return func(w io.Writer) error {
			if _, bad := w.Write(b); bad != nil {
				return bad
			}
			return err
		}
	}
	for name, take := range map[string]func(io.Writer) error{
		"cut, and told":     give(whole[:100], io.ErrUnexpectedEOF),
		"cut, and not told": give(whole[:len(whole)-1], nil),
		"an error page":     give([]byte("<html>"), nil),
	} {
		dir := t.TempDir()
		if _, err := Save(filepath.Join(dir, "a.snap"), take); err == nil {
			t.Errorf("%s: no error", name)
		}
		if left, _ := os.ReadDir(dir); len(left) != 0 {
			t.Errorf("%s: %v is left", name, left)
		}
	}
	path := filepath.Join(t.TempDir(), "a.snap")
	saved, err := Save(path, give(whole, nil))
	if err != nil || saved != (Saved{Meta{4711, 3}, int64(len(whole)), sum(whole)}) {
		t.Errorf("%+v, %v", saved, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if _, err := Save(path, give(whole, nil)); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("written over: %v", err)
	}
}
