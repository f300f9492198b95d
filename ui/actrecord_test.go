package ui_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
	"warder/ui"
	"warder/vault/ceremony"
	"warder/vault/record"
)

// keeping has what is done written down in dir.
func keeping(dir string) func(*ui.Options) {
	return func(o *ui.Options) {
		o.Keeping.Archive = &ceremony.Archive{Dir: dir, Now: time.Now, Self: func() []record.Fact { return nil }}
	}
}

func TestAnActIsWrittenDownBeforeAndAfter(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		c := openChanged(t, demo.Options{Scenario: "healthy"}, 80, 24, keeping(dir))
		c.wait(12 * time.Second)
		c.press("K")
		c.wait(time.Second)
		c.press("down", "enter")
		if files, _ := os.ReadDir(dir); len(files) != 0 {
			t.Errorf("%v before it was confirmed", files)
		}
		c.press("y")
		c.wait(time.Second)
		c.see("Done, and read back.", "its last hash")
		c.fits(80, 24)
	})
	r, err := record.Read(bytes.NewReader(recorded(t, dir)))
	if err != nil || !r.Whole() {
		t.Fatalf("%v, %v", err, r.Problems)
	}
	var kinds []record.Kind
	for _, l := range r.Lines {
		kinds = append(kinds, l.Kind)
	}
	if !slices.Equal(kinds, []record.Kind{record.Begin, record.Request, record.Answer, record.End}) {
		t.Errorf("%v", kinds)
	}
	if request := r.Lines[1]; request.Text != "Rotate the key" || !slices.ContainsFunc(request.Facts, func(f record.Fact) bool { return f.Name == "the same as" }) {
		t.Errorf("%+v", request)
	}
}

func TestWhatCannotBeWrittenDownIsNotDone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		c := openChanged(t, demo.Options{Scenario: "healthy"}, 80, 24, keeping(dir))
		c.wait(12 * time.Second)
		was := c.leader()
		at, _, _ := c.rows()
		c.actOn(at)
		c.take(1, "step down")
		c.press("enter")
		c.wait(20 * time.Second)
		c.see("Not done, since it could not be", "--no-record")
		c.press("enter")
		c.wait(20 * time.Second)
		if now := c.leader(); now != was {
			t.Errorf("%s leads, before it was %s", now, was)
		}
	})
}
