package ui_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
	"warder/ui"
	"warder/ui/cli"
	"warder/vault/ceremony"
	"warder/vault/plan"
	"warder/vault/record"
)

// rehearsal opens a console that rehearses the example plan and keeps its record in dir.
func rehearsal(t *testing.T, dir string) *console {
	t.Helper()
	text, err := os.ReadFile("../vault/plan/testdata/rekey.toml")
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return openChanged(t, demo.Options{Scenario: "healthy", TLS: true}, 80, 24, func(o *ui.Options) {
		o.Keeping = ui.Keeping{
			Archive: &ceremony.Archive{Dir: dir, Now: time.Now, Rehearsal: true, Self: func() []record.Fact { return []record.Fact{{Name: "warder", Value: "test"}} }},
			Marks:   []string{"REHEARSAL"}, Plan: &p, PlanHash: "0000", Guide: ceremony.Guide{Rehearsal: true},
		}
	})
}

// recorded is the one record in dir.
func recorded(t *testing.T, dir string) (text []byte) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(files) != 1 {
		t.Fatalf("records: %q, %v", files, err)
	}
	if text, err = os.ReadFile(files[0]); err != nil {
		t.Fatal(err)
	}
	return text
}

// rehearse goes through the example plan from its first page to the hash, and gives the secrets that were met on the way.
func (c *console) rehearse() (secrets []string) {
	c.t.Helper()
	c.wait(3 * time.Second)
	c.press("R")
	c.see("Plan: Yearly rekey", "REHEARSAL", "Record: ")
	c.press("enter")
	c.see("Check 1 of 2", "REHEARSAL")
	c.press("enter", "enter")
	c.see("Checked: A snapshot of the cluster was taken today.")
	c.press("enter", "yes", "enter")
	c.wait(2 * time.Second)
	c.see("How many shares")
	c.press("enter", "enter")
	c.see("Any 2 of 4")
	c.press("enter")
	c.see("as planned")
	c.press("down", "enter")
	c.see("The plan says: At this screen.")
	c.press("enter")
	c.see("Ready to begin")
	c.press("enter")
	c.wait(2 * time.Second)
	for _, i := range []int{4, 0, 2} {
		c.see("Give an old share", "REHEARSAL")
		secrets = append(secrets, c.share(i, base))
		c.press("ctrl+n")
		c.see("Note an exception")
		c.press("custodian came late", "enter")
		c.give(c.share(i, base))
	}
	for range 4 {
		secrets = append(secrets, c.handOut("")) // the planned name stands in the field
	}
	c.press("all shares are written down", "enter")
	c.wait(2 * time.Second)
	for _, s := range secrets[3:] {
		c.give(s)
	}
	c.see("The rekey is complete", "REHEARSAL")
	return secrets
}

func TestARehearsalByPlanLeavesARecordThatIsWhole(t *testing.T) {
	dir := t.TempDir()
	var secrets []string
	var shown string
	synctest.Test(t, func(t *testing.T) {
		c := rehearsal(t, dir)
		secrets = c.rehearse()
		c.press("1", "enter")
		c.wait(time.Second)
		c.see("The record's last hash")
		shown = c.screen()
		c.press("esc")
		c.miss("REHEARSAL")
	})
	text := recorded(t, dir)
	r, err := record.Read(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if !r.Whole() || !strings.HasPrefix(r.Begin().Text, "REHEARSAL") {
		t.Errorf("%q, %v", r.Begin().Text, r.Problems)
	}
	for _, half := range []string{r.Head[:32], r.Head[32:]} {
		if !strings.Contains(shown, record.Spoken(half)) {
			t.Errorf("the end does not show %s:\n%s", record.Spoken(half), shown)
		}
	}
	if len(secrets) != 7 {
		t.Fatalf("%d secrets were met", len(secrets))
	}
	for i, s := range secrets {
		if b := []byte(s); bytes.Contains(text, b) || bytes.Contains(text, b[:16]) || bytes.Contains(text, []byte(hex.EncodeToString(unbase(t, s))[:16])) {
			t.Errorf("secret %d is in the record", i)
		}
	}
	for _, want := range []string{"Custodian D", "custodian came late", "The plan says: At this screen.", "Witness B", "the new shares are in force"} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("the record does not say %q:\n%s", want, r.Text())
		}
	}
	tampered(t, text, r.Head)
}

func unbase(t *testing.T, s string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// tampered checks the record through the command, as a third party does: as it is, and with each kind of change.
func tampered(t *testing.T, text []byte, head string) {
	t.Helper()
	lines := bytes.SplitAfter(text, []byte("\n"))
	lines = lines[:len(lines)-1]
	mid := len(lines) / 2
	swapped := slices.Clone(lines)
	swapped[mid], swapped[mid+1] = swapped[mid+1], swapped[mid]
	changed := bytes.Clone(text)
	changed[len(text)/2] ^= 1
	for name, c := range map[string]struct {
		text []byte
		code int
	}{
		"as it was written": {text, 0},
		"one byte changed":  {changed, 2},
		"one line dropped":  {bytes.Join(slices.Delete(slices.Clone(lines), mid, mid+1), nil), 2},
		"two swapped":       {bytes.Join(swapped, nil), 2},
		"the end cut":       {bytes.Join(lines[:len(lines)-1], nil), 2},
		"cut within a line": {text[:len(text)-5], 2},
	} {
		path := filepath.Join(t.TempDir(), "record.jsonl")
		if err := os.WriteFile(path, c.text, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := cli.Main("test", []string{"transcript", "--hash", record.Spoken(head), path}); got != c.code {
			t.Errorf("%s: exit code %d, want %d", name, got, c.code)
		}
		r, err := record.Read(bytes.NewReader(c.text))
		if err != nil || strings.Contains(r.Text(), "NOT TO BE TRUSTED") != (c.code == 2) {
			t.Errorf("%s: %v, %v", name, r.Problems, err)
		}
	}
}

func TestARehearsalThatIsLeftHasARecordThatSaysSo(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		c := rehearsal(t, dir)
		c.wait(3 * time.Second)
		c.press("R", "enter", "enter", "enter", "enter", "yes", "enter")
		c.wait(2 * time.Second)
		c.press("esc", "left", "enter")
		c.wait(time.Second)
		c.see("The record's last hash", "was broken off")
		c.press("esc")
		c.miss("The record's last hash")
	})
	r, err := record.Read(bytes.NewReader(recorded(t, dir)))
	if err != nil {
		t.Fatal(err)
	}
	if !r.Whole() || !strings.Contains(r.Text(), "BROKEN OFF") {
		t.Errorf("%v\n%s", r.Problems, r.Text())
	}
}

// A share that is half typed survives a note, and the note never gets what was typed for the field.
func TestANoteLeavesAHalfTypedShareWhereItIs(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		c := openChanged(t, demo.Options{Scenario: "one-sealed", TLS: true}, 80, 24, func(o *ui.Options) {
			o.Keeping.Archive = &ceremony.Archive{Dir: dir, Now: time.Now, Self: func() []record.Fact { return nil }}
		})
		c.wait(3 * time.Second)
		c.press("u", "enter", "yes", "enter")
		share := c.share(0, base)
		c.press(share[:20], "ctrl+n", "he left the room", "enter")
		c.press(share[20:], "enter")
		c.wait(2 * time.Second)
		c.see("1 of 3")
	})
	if text := recorded(t, dir); !bytes.Contains(text, []byte("he left the room")) {
		t.Errorf("not noted:\n%s", text)
	}
}

func TestAShareTypedAsANoteIsRefused(t *testing.T) {
	dir := t.TempDir()
	var share string
	synctest.Test(t, func(t *testing.T) {
		c := openChanged(t, demo.Options{Scenario: "one-sealed", TLS: true}, 80, 24, func(o *ui.Options) {
			o.Keeping.Archive = &ceremony.Archive{Dir: dir, Now: time.Now, Self: func() []record.Fact { return nil }}
		})
		c.wait(3 * time.Second)
		share = c.share(0, hex.EncodeToString)
		c.press("u", "enter", "ctrl+n", share, "enter")
		c.see("a record takes none")
		c.press("esc", "esc", "left", "enter")
		c.wait(time.Second)
	})
	if text := recorded(t, dir); bytes.Contains(text, []byte(share[:16])) {
		t.Errorf("the share is in the record:\n%s", text)
	}
}
