package roster

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

var (
	printA = strings.Repeat("a1", 20)
	printB = strings.Repeat("b2", 20)
	printC = strings.Repeat("c3", 32)
	anna   = Custodian{"Anna", printA, "anna@example.org"}
	ben    = Custodian{"Ben", printB, ""}
)

func TestRosterIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	path := Path(t.TempDir(), "4e5a-01")
	if none, err := Load(path); err != nil || !none.Empty() {
		t.Fatalf("no file: %+v, %v", none, err)
	}
	want := Roster{Version: Version, Cluster: "4e5a-01", Saved: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Custodians: []Custodian{anna, ben}}
	for range 2 { // the second time over the first
		if err := want.Save(path); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := Load(path); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestSaveTakesPlainTextOnly(t *testing.T) {
	t.Parallel()
	path := Path(t.TempDir(), "x")
	steering := Custodian{"An\x1b[2Jna\u202e\n", strings.ToUpper(printA), strings.Repeat("ä", 150)}
	if err := (Roster{Custodians: []Custodian{steering}}).Save(path); err != nil {
		t.Fatal(err)
	}
	got, err := Load(path)
	if err != nil || got.Custodians[0].Name != "An[2Jna" || got.Custodians[0].Fingerprint != printA || len(got.Custodians[0].Contact) != maxText {
		t.Errorf("%+v, %v", got, err)
	}
	for _, wrong := range []Custodian{{"", printA, ""}, {"A", "a1", ""}, {"A", strings.Repeat("g", 40), ""}} {
		if err := (Roster{Custodians: []Custodian{wrong}}).Save(path); err == nil {
			t.Errorf("%+v was written", wrong)
		}
	}
}

func TestWhatIsNoRosterIsNotTakenForAnEmptyOne(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for text, want := range map[string]string{
		"": "not a roster", "[]": "not a roster", "{}": "version 0", `{"version":2}`: "version 2", `{"version":1} {}`: "something follows",
		`{"version":1,"token":"x"}`:                                                      "unknown field",
		`{"version":1,"custodians":[{"name":"A","fingerprint":"xyz"}]}`:                  "no fingerprint",
		`{"version":1,"custodians":[{"name":"A\u001b","fingerprint":"` + printA + `"}]}`: "not plain",
		strings.Repeat(" ", maxFile+1):                                                   "larger",
		`{"version":1,"custodians":[` + strings.Repeat(`{},`, 255) + `{}]}`:              "more than there can be",
	} {
		path := filepath.Join(dir, "r")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if r, err := Load(path); err == nil || !strings.Contains(err.Error(), want) || !r.Empty() {
			t.Errorf("%.60q: %+v, %v, want %q", text, r, err, want)
		}
	}
	if _, err := Load(dir); err == nil {
		t.Error("a directory was read")
	}
}

func TestPathStaysBelowItsDirectory(t *testing.T) {
	t.Parallel()
	for cluster, want := range map[string]string{
		"4e5a-01": "4e5a-01.json", "../../etc/x": "_2e2e2f2e2e2f6574632f78.json", "": "_.json", "Prod": "_50726f64.json", "x": "x.json",
	} {
		if got := Path("/s", cluster); got != "/s/warder/rosters/"+want {
			t.Errorf("%q: %s, want %s", cluster, got, want)
		}
	}
	if got := Path("/s", strings.Repeat("/", 5000)); len(got) > 200 {
		t.Errorf("a name of %d characters", len(got))
	}
}

func TestCompareSaysWhatChanged(t *testing.T) {
	t.Parallel()
	last := []Custodian{anna, ben}
	for name, c := range map[string]struct {
		now  []Custodian
		want []Change
	}{
		"nothing":        {last, nil},
		"another order":  {[]Custodian{ben, anna}, nil},
		"key replaced":   {[]Custodian{{"Anna", printC, anna.Contact}, ben}, []Change{{Replaced, "Anna", printA, printC}}},
		"somebody new":   {[]Custodian{anna, ben, {"Cleo", printC, ""}}, []Change{{Added, "Cleo", "", printC}}},
		"somebody left":  {[]Custodian{ben}, []Change{{Left, "Anna", printA, ""}}},
		"contact":        {[]Custodian{{"Anna", printA, "phone"}, ben}, []Change{{Moved, "Anna", anna.Contact, "phone"}}},
		"a name changed": {[]Custodian{{"Anne", printA, ""}, ben}, []Change{{Reused, "Anne", "Anna", "Anne"}, {Left, "Anna", printA, ""}}},
		"keys swapped": {
			[]Custodian{{"Anna", printB, anna.Contact}, {"Ben", printA, ""}},
			[]Change{{Replaced, "Anna", printA, printB}, {Replaced, "Ben", printB, printA}, {Reused, "Anna", "Ben", "Anna"}, {Reused, "Ben", "Anna", "Ben"}},
		},
	} {
		got := Compare(last, c.now)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
		for _, change := range got {
			if change.Alarm() != (change.Kind == Replaced || change.Kind == Reused) || !strings.HasSuffix(change.String(), ".") || !strings.Contains(change.String(), change.Name) {
				t.Errorf("%s: %q", name, change)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"version":1,"custodians":[{"name":"A","fingerprint":"` + printA + `"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Parse(b)
		if err != nil {
			return
		}
		for _, c := range r.Custodians {
			if strings.ContainsAny(c.Name+c.Contact, "\x00\x07\x1b\n\r\u009b\u202e") || !isFingerprint(c.Fingerprint) {
				t.Errorf("%+v", c)
			}
		}
	})
}
