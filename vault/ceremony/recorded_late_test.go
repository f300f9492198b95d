package ceremony_test

import (
	"errors"
	"strings"
	"testing"

	"warder/demo"
	"warder/vault/ceremony"
)

// A share that waits while somebody decides is sent once, by the decision, and not before.
func TestAShareWhoseLineCannotBeWrittenWaitsForADecision(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
		seen := r.look()
		c := r.recorded("Unseal", ceremony.NewUnseal(ceremony.Sealed(seen, false)[:1], seen, &r.prints))
		c.through()
		c.apply(ceremony.GaveShare{Share: r.share(0)})
		c.book.Fail(errors.New("no space left on the disk"))
		c.next()
		if n := r.sealStatus(0).Progress; n != 0 || len(c.queue) != 0 {
			t.Fatalf("the node has %d shares, %d effects wait", n, len(c.queue))
		}
		if asked := prompt[ceremony.TypeOut](c); !strings.Contains(strings.Join(asked.Text, " "), "no space left") {
			t.Errorf("%+v", asked)
		}
		c.do(ceremony.Confirmed{})
		if n := r.sealStatus(0).Progress; n != 1 {
			t.Errorf("after the decision the node has %d shares", n)
		}
		prompt[ceremony.EnterShare](c)
	})
}

func TestAnAnswerAfterTheLastLineChangesNothing(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
		seen := r.look()
		c := r.recorded("Unseal", ceremony.NewUnseal(ceremony.Sealed(seen, false)[:1], seen, &r.prints))
		c.through()
		c.apply(ceremony.GaveShare{Share: r.share(0)})
		late := c.queue
		c.queue = nil
		c.do(ceremony.Left{})
		c.queue = late
		c.next()
		if end := prompt[ceremony.End](c); !end.Good {
			t.Errorf("%+v", end)
		}
		if rec, _ := c.read(); !rec.Whole() {
			t.Errorf("%v", rec.Problems)
		}
	})
}
