package ceremony

import (
	"errors"
	"testing"

	"warder/keys"
	"warder/vault/plan"
	"warder/vault/record"
)

// What observes a machine breaks none of its rules, whatever comes in whatever order, also where nothing can be written.
func TestRandomCeremoniesByPlanAndOnRecordKeepTheRules(t *testing.T) {
	t.Parallel()
	begin := func(c *chaos, f *keys.Fingerprinter) Machine {
		book := &Recorder{
			create: func() (*record.Writer, error) { return nil, errors.New("no disk here") },
			prints: f, met: map[string]bool{}, told: map[string]string{},
		}
		if c.IntN(4) == 0 {
			book.fail(errors.New("the disk is full"))
		}
		p := plan.Plan{Kind: plan.Rekey, Parameters: plan.Parameters{Shares: 3, Threshold: 2, HandOut: c.word("", "screen", "pgp")}}
		if c.IntN(2) == 0 {
			p.Checks = []string{"one", "two"}
		}
		s := c.snapshot()
		return Record(Follow(NewRekey(s, false, f, c), p, s, Guide{}), book)
	}
	randomly(t, begin, func(_ Prompt, e Event, effects []Effect, m Machine) {
		r := m.(Recorded)
		if r.trouble == nil {
			return
		}
		if _, asks := r.Prompt().(TypeOut); !asks && r.stage != recordClosed {
			t.Fatalf("the record cannot be written, and %#v is asked", r.Prompt())
		}
		if fromPerson(e) && len(effects) > 0 && !isWriteRecord(effects[0]) {
			if _, decided := e.(Confirmed); !decided {
				t.Fatalf("%T leads to %#v although nothing can be written", e, effects)
			}
		}
	})
}
