package record

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// written is a record of six lines, as its writer left it.
func written(t *testing.T) (text []byte, head string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "deep", "record.jsonl")
	at := time.Date(2026, 11, 25, 2, 26, 0, 0, time.UTC)
	w, err := Create(path, func() time.Time { at = at.Add(time.Second); return at }, Line{
		Text: "Rekey of the cluster example", Facts: []Fact{{"cluster", "example"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		if err := w.Add(Line{Kind: Person, Text: fmt.Sprintf("step %d <b>", i), Who: "Custodian A", Node: "vault-1"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close("The new shares are in force", Fact{"shares", "5"}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the record has mode %v", info.Mode())
	}
	if text, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	return text, w.Head()
}

func read(t *testing.T, text []byte) Record {
	t.Helper()
	r, err := Read(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestARecordAsItWasWrittenIsWhole(t *testing.T) {
	t.Parallel()
	text, head := written(t)
	r := read(t, text)
	if !r.Whole() || len(r.Lines) != 6 || r.Head != head || len(r.Remarks) > 0 {
		t.Errorf("%d lines, %v %v, head %s, want %s", len(r.Lines), r.Problems, r.Remarks, r.Head, head)
	}
}

// Every byte of the file, one after the other: the check finds it or, in the last line, the hash is another one.
func TestOneByteChangedIsFound(t *testing.T) {
	t.Parallel()
	text, head := written(t)
	for i := range text {
		changed := bytes.Clone(text)
		changed[i] ^= 1
		if r := read(t, changed); r.Whole() && r.Head == head {
			t.Errorf("byte %d (%q) can be changed", i, text[i])
		}
	}
}

func TestLinesDroppedSwappedDoubledAddedOrCutAreFound(t *testing.T) {
	t.Parallel()
	text, _ := written(t)
	lines := bytes.SplitAfter(text, []byte("\n"))
	lines = lines[:len(lines)-1]
	join := func(at ...int) []byte {
		var out []byte
		for _, i := range at {
			out = append(out, lines[i]...)
		}
		return out
	}
	for name, c := range map[string]struct {
		text []byte
		says string
	}{
		"one dropped":            {join(0, 1, 3, 4, 5), "line 3 is missing"},
		"two dropped":            {join(0, 1, 4, 5), "lines 3 to 4 are missing"},
		"two swapped":            {join(0, 1, 3, 2, 4, 5), "it was moved"},
		"one twice":              {join(0, 1, 2, 2, 3, 4, 5), "there twice"},
		"the beginning cut":      {join(1, 2, 3, 4, 5), "begins with its first line"},
		"the end cut":            {join(0, 1, 2, 3), "no end"},
		"cut within a line":      {text[:len(text)-9], "not whole"},
		"the newline cut":        {text[:len(text)-1], "not whole"},
		"something after it":     {append(bytes.Clone(text), lines[4]...), "after the end"},
		"nothing at all":         {nil, "none of a record"},
		"a field more":           {bytes.Replace(text, []byte(`{"seq":3`), []byte(`{"x":1,"seq":3`), 1), "line 3 is none"},
		"another format":         {bytes.Replace(text, []byte(Format), []byte("warder.record/9"), 1), "only \"warder.record/1\" is known"},
		"a line that is not one": {bytes.Replace(text, lines[2], []byte("\n"), 1), "line 3 is none"},
	} {
		r := read(t, c.text)
		if all := strings.Join(r.Problems, "\n"); r.Whole() || !strings.Contains(all, c.says) {
			t.Errorf("%s: nowhere %q in: %s", name, c.says, all)
		}
	}
}

func TestNothingIsWrittenAfterALineThatCouldNotBe(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "r")
	w, err := Create(path, time.Now, Line{Text: "x"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.file.Close(); err != nil {
		t.Fatal(err)
	}
	first := w.Add(Line{Kind: Step, Text: "lost"})
	if first == nil || !strings.Contains(first.Error(), "stops before line 2") {
		t.Errorf("the loss is told as %v", first)
	}
	if w.file, err = os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0); err != nil {
		t.Fatal(err)
	}
	if err := w.Add(Line{Kind: Step, Text: "after it"}); err == nil {
		t.Error("a record with a gap goes on")
	}
}

func TestARecordIsANewFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	there, link := filepath.Join(dir, "there"), filepath.Join(dir, "link")
	if err := os.WriteFile(there, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "elsewhere"), link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{there, link} {
		if _, err := Create(path, time.Now, Line{}); err == nil {
			t.Errorf("%s is taken for a new file", path)
		}
	}
}

func TestTheWrittenHashIsComparedAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	head := hash([]byte("x"))
	for _, same := range []string{head, Spoken(head), strings.ToUpper(Spoken(head)), " " + strings.ReplaceAll(Spoken(head), " ", "-") + "\n"} {
		if !SameHash(head, same) {
			t.Errorf("%q is not taken for it", same)
		}
	}
	for _, other := range []string{"", head[1:], head + "0", Spoken(hash([]byte("y")))} {
		if SameHash(head, other) {
			t.Errorf("%q is taken for it", other)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"seq":1,"at":"2026-11-25T02:26:01Z","kind":"begin","text":"x","facts":[{"name":"format","value":"warder.record/1"}],"prev":""}` + "\n"))
	f.Add([]byte("{}\n\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := Read(bytes.NewReader(text))
		if err != nil {
			return
		}
		for _, shown := range []string{r.Text(), r.Markdown()} {
			if i := strings.IndexFunc(shown, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r >= 0x80 && r < 0xa0 }); i >= 0 {
				t.Errorf("a control character is shown at %d of %q", i, shown)
			}
		}
		for line := range strings.SplitSeq(r.Markdown(), "\n") {
			if strings.Contains(strings.ReplaceAll(line, "<br>", ""), "<") {
				t.Errorf("HTML of the file's is in %q", line)
			}
		}
	})
}
