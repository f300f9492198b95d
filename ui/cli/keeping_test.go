package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

const examplePlan = "../../vault/plan/testdata/rekey.toml"

func TestWhereRecordsGo(t *testing.T) {
	state := t.TempDir()
	t.Setenv("XDG_STATE_HOME", state)
	for name, c := range map[string]struct {
		flags     keepFlags
		simulated bool
		dir       string // "": no record
		marks     []string
	}{
		"a real cluster":               {keepFlags{}, false, filepath.Join(state, "warder", "records"), nil},
		"a real one, elsewhere":        {keepFlags{dir: "/elsewhere"}, false, "/elsewhere", nil},
		"none":                         {keepFlags{none: true}, false, "", []string{"no record"}},
		"the demo":                     {keepFlags{}, true, "", nil},
		"the demo, recorded":           {keepFlags{dir: "/elsewhere"}, true, "/elsewhere", []string{"REHEARSAL"}},
		"a rehearsal":                  {keepFlags{plan: examplePlan}, true, filepath.Join(state, "warder", "records"), []string{"REHEARSAL"}},
		"a rehearsal without a record": {keepFlags{plan: examplePlan, none: true}, true, "", []string{"REHEARSAL", "no record"}},
		"a real one that goes by plan": {keepFlags{plan: examplePlan}, false, filepath.Join(state, "warder", "records"), nil},
	} {
		k, err := c.flags.keeping("test", c.simulated, []string{"said"})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		dir, rehearsal := "", false
		if k.Archive != nil {
			dir, rehearsal = k.Archive.Dir, k.Archive.Rehearsal
		}
		if dir != c.dir || !slices.Equal(k.Marks, c.marks) || (k.Archive != nil && rehearsal != c.simulated) {
			t.Errorf("%s: in %q, marked %q, a rehearsal %v", name, dir, k.Marks, rehearsal)
		}
		if (k.Plan != nil) != (c.flags.plan != "") || k.Plan != nil && len(k.PlanHash) != 64 {
			t.Errorf("%s: plan %v, %q", name, k.Plan, k.PlanHash)
		}
		if k.Guide.Rehearsal != slices.Contains(c.marks, "REHEARSAL") {
			t.Errorf("%s: guided as %+v", name, k.Guide)
		}
	}
}

func TestWhatCannotBeKeptIsToldBeforeTheScreenIsTaken(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]keepFlags{
		"both": {dir: "x", none: true}, "no such plan": {plan: filepath.Join(t.TempDir(), "none.toml")}, "no plan": {plan: "keeping_test.go"},
	} {
		if _, err := f.keeping("test", false, nil); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestARecordNamesTheProgramThatWritesIt(t *testing.T) {
	t.Parallel()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(b)
	if got := ownHash(); got != hex.EncodeToString(sum[:]) {
		t.Errorf("%s, want %x", got, sum)
	}
}
