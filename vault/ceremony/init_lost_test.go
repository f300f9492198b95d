package ceremony_test

import (
	"strings"
	"testing"

	"warder/demo"
	"warder/vault"
	"warder/vault/ceremony"
)

func TestALostAnswerToAnInitialisationIsToldOnlyOnceItIsRead(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "uninitialised", Product: era}, func(r *rig) {
				c := r.inReach("3", "2")
				c.do(ceremony.Continue{})
				c.apply(ceremony.Confirmed{})
				c.next() // it still has no keys
				r.happens(demo.LoseReplies{Node: r.nodes()[0], Count: 1})
				c.next()
				if p := prompt[ceremony.Wait](c); strings.Contains(strings.Join(p.Text, " "), "wipe") {
					t.Errorf("told before it was read: %v", p.Text)
				}
				c.next()
				e := prompt[ceremony.End](c)
				if said := strings.Join(e.Text, " "); e.Good || !strings.Contains(said, "Initialised, shares lost: stop") || !strings.Contains(said, "this attempt did it") {
					t.Errorf("ended %+v", e)
				}
				c.wantNoSecret()
			})
		})
	}
}

func TestAnInitialisationThatDidNotArriveIsNoLoss(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "uninitialised"}, func(r *rig) {
		c := r.inReach("3", "2")
		c.do(ceremony.Continue{})
		c.apply(ceremony.Confirmed{})
		c.next()
		r.happens(demo.Refuse{Node: r.nodes()[0], Status: 500})
		c.next() // an answer that no such server gives, and nothing was taken
		r.happens(demo.Refuse{Node: r.nodes()[0]})
		for len(c.queue) > 0 {
			c.next()
		}
		if e := prompt[ceremony.End](c); e.Title != "Not initialised" {
			t.Errorf("ended %+v", e)
		}
		r.wantBlank(0)
		c.pick("again")
		c.do(ceremony.Continue{})
		c.do(ceremony.Confirmed{})
		if p := c.handOut(); len(p.shares) != 3 {
			t.Errorf("%d shares", len(p.shares))
		}
		c.wantNoSecret()
	})
}

func TestASecondClusterIsNotMade(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		if ceremony.Uninitialised(r.look()) {
			t.Error("a cluster with keys is taken for one without")
		}
		if e := prompt[ceremony.End](r.initialising()); !strings.Contains(strings.Join(e.Text, " "), "a second cluster") {
			t.Errorf("ended %+v", e)
		}
	})
	scene(t, demo.Options{Scenario: "uninitialised"}, func(r *rig) {
		r.happens(demo.Stop{Node: r.nodes()[2]})
		c := r.initialising()
		c.do(ceremony.Continue{})
		if want := prompt[ceremony.TypeOut](c).Want; want != "the silent nodes hold no data" {
			t.Errorf("asked to type %q", want)
		}
		c.do(ceremony.Confirmed{})
		c.pick(r.cluster.Addresses()[0])
		c.through()
		c.fill("1", "1")
		c.do(ceremony.Continue{})
		c.pick("open")
		c.pick("open")
		r.happens(demo.Stop{Node: r.nodes()[1]})
		c.observe()
		c.do(ceremony.Continue{})
		if want := prompt[ceremony.TypeOut](c).Want; want != "the silent nodes hold no data" {
			t.Errorf("of one that fell silent since: asked to type %q", want)
		}
		c.wantNoSecret()
	})
	scene(t, demo.Options{Scenario: "uninitialised"}, func(r *rig) {
		c := r.inReach("2", "2")
		if _, err := r.clients.Client(r.cluster.Addresses()[0], false).Init(r.t.Context(), vault.InitConfig{Shares: 1, Threshold: 1}); err != nil {
			t.Fatal(err)
		}
		c.do(ceremony.Continue{})
		c.do(ceremony.Confirmed{})
		c.wantAlarm("somebody initialised it. Nothing was sent.")
		c.wantNoSecret()
	})
}
