package ceremony_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"warder/demo"
	"warder/vault/ceremony"
	"warder/vault/plan"
	"warder/vault/record"
)

// examplePlan is the one that people can try.
func examplePlan(t *testing.T, changes ...string) plan.Plan {
	t.Helper()
	text, err := os.ReadFile("../plan/testdata/rekey.toml")
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Parse([]byte(strings.NewReplacer(changes...).Replace(string(text))))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// byPlan is a recorded rekey that goes by a plan.
func (r *rig) byPlan(p plan.Plan, g ceremony.Guide) *console {
	seen := r.look()
	m := ceremony.NewRekey(seen, false, &r.prints, rand.NewChaCha8([32]byte{3}))
	return r.recorded("Rekey", ceremony.Follow(m, p, seen, g))
}

func (c *console) ticked() {
	c.t.Helper()
	for {
		p, ok := c.machine.Prompt().(ceremony.Pick)
		if !ok || !strings.HasPrefix(p.Title, "Check ") {
			return
		}
		c.pick("yes")
	}
}

// defaults are what the fields offer.
func (c *console) defaults() []string {
	c.t.Helper()
	var out []string
	for _, f := range prompt[ceremony.Fill](c).Fields {
		out = append(out, f.Default)
	}
	return out
}

func TestARekeyGoesByItsPlan(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		c := r.byPlan(examplePlan(t), ceremony.Guide{Rehearsal: true})
		if told := strings.Join(prompt[ceremony.Tell](c).Text, " "); !strings.Contains(told, "Custodian A, Custodian B, Custodian C and Custodian D") || !strings.Contains(told, "any 2 of 4") {
			t.Errorf("the first page says %s", told)
		}
		c.do(ceremony.Continue{})
		c.ticked()
		c.wantHeard("Checked: A snapshot of the cluster was taken today.")
		c.through()
		if got := c.defaults(); !slices.Equal(got, []string{"4", "2"}) {
			t.Errorf("the sizes offered are %q", got)
		}
		c.fill("5", "3")
		c.wantAlarm(`The plan says "4" for: Shares.`)
		prompt[ceremony.Fill](c)
		c.fill("4", "2")
		c.through()
		c.pick("pgp")
		c.wantAlarm("The plan says: At this screen.")
		if p := prompt[ceremony.Pick](c); p.Options[0].Key != "open" || !strings.Contains(p.Options[0].Hint, "as planned") {
			t.Errorf("%+v", p.Options)
		}
		c.pick("open")
		c.through()
		for i := range 3 {
			c.give(r.share(i))
		}
		for i, name := range []string{"Custodian A", "Custodian B", "Custodian C", "Custodian D"} {
			if got := c.defaults(); got[0] != name {
				t.Errorf("custodian %d is to be %q", i+1, got)
			}
			c.fill("somebody else")
			prompt[ceremony.Fill](c)
			c.fill(name)
			var written []byte
			prompt[ceremony.Reveal](c).Secret.Use(func(b []byte) { written = slices.Clone(b) })
			c.do(ceremony.Shown{})
			c.do(ceremony.GaveSecret{Secret: c.characters(written)})
		}
		prompt[ceremony.TypeOut](c)
	})
}

// An exception lets one departure pass, the next one needs its own; both are in the record.
func TestADepartureFromThePlanNeedsItsOwnException(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		c := r.byPlan(examplePlan(t), ceremony.Guide{Rehearsal: true})
		c.do(ceremony.Continue{})
		c.pick("no")
		c.wantAlarm("Note an exception first")
		if p := prompt[ceremony.Pick](c); !strings.HasPrefix(p.Title, "Check 1") {
			t.Fatalf("it went on to %s", p.Title)
		}
		c.do(ceremony.Noted{Text: "A camera is there, and covered."})
		c.pick("no")
		c.pick("yes")
		c.through()
		c.fill("5", "3")
		c.wantAlarm(`The plan says "4"`)
		c.do(ceremony.Noted{Text: "A fifth custodian came."})
		c.fill("5", "3")
		if p := prompt[ceremony.Tell](c); p.Title != "Any 3 of 5" {
			t.Errorf("%+v", p)
		}
		c.through()
		c.pick("pgp")
		c.wantAlarm("The plan says: At this screen.")
		c.do(ceremony.Left{})
		rec, _ := c.read()
		wantLine(t, rec, record.Exception, "A camera is there")
		wantLine(t, rec, record.Alarm, "Not so: No camera")
		wantLine(t, rec, record.Exception, "A fifth custodian came.")
		wantLine(t, rec, record.Step, "Departed from the plan, as noted.")
	})
}

func TestAPlanOfAnotherClusterIsRefusedBeforeAnythingIsAsked(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		c := r.byPlan(examplePlan(t, "name = \"demo\"", "name = \"some-other-cluster\""), ceremony.Guide{})
		c.do(ceremony.Continue{})
		c.wantAlarm("The plan is of the cluster some-other-cluster, and this one is")
		c.wait(time.Second)
		prompt[ceremony.Tell](c)
	})
}

// What a plan fixes is offered whoever asks: no choice of the three ceremonies is left to chance.
func TestThePlannedOptionStandsFirst(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		p, err := plan.Parse([]byte("kind = 'generate-root'\n[parameters]\nhand_out = 'pgp'\n"))
		if err != nil {
			t.Fatal(err)
		}
		seen := r.look()
		c := r.recorded("Generate root", ceremony.Follow(ceremony.NewGenerateRoot(seen, false, &r.prints), p, seen, ceremony.Guide{}))
		c.through()
		if o := prompt[ceremony.Pick](c).Options; o[0].Key != "pgp" {
			t.Errorf("%s", fmt.Sprint(o))
		}
		c.pick("otp")
		c.wantAlarm("The plan says: ")
	})
}

// The keys of a plan are asked for in its order, each with its file; the record names them by their fingerprints.
func TestThePGPKeysOfAPlanStandInTheirFields(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		to := owners(t, 0, "Custodian A", "Custodian B")
		p, err := plan.Parse(fmt.Appendf(nil, `kind = "rekey"
[parameters]
shares = 2
threshold = 2
hand_out = "pgp"
[[custodian]]
name = "Custodian A"
pgp_key = %q
[[custodian]]
name = "Custodian B"
pgp_key = %q
`, to[0].file, to[1].file))
		if err != nil {
			t.Fatal(err)
		}
		c := r.byPlan(p, ceremony.Guide{})
		c.through()
		c.fill("2", "2")
		c.through()
		c.pick("pgp")
		for i, name := range []string{"Custodian A", "Custodian B"} {
			offered := c.defaults()
			if offered[0] != name || offered[1] != to[i].file {
				t.Errorf("key %d is offered as %q", i+1, offered)
			}
			c.fill("Custodian A", to[1-i].file, "")
			c.wantAlarm("Note an exception first")
			c.fill(offered...)
		}
		if told := strings.Join(prompt[ceremony.Tell](c).Text, " "); !strings.Contains(told, strings.ToUpper(fingerprintOf(to[1]))) {
			t.Errorf("told %s", told)
		}
		c.do(ceremony.Left{})
		rec, _ := c.read()
		if l := wantLine(t, rec, record.Answer, "public key was read"); l.Fact("PGP key") != strings.ToUpper(fingerprintOf(to[0])) {
			t.Errorf("%+v", l)
		}
	})
}
