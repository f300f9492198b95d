package timeline_test

import (
	"testing"
	"time"

	"warder/vault/timeline"
)

func TestTheLeadIsToldOnceWhenItIsSure(t *testing.T) {
	t.Parallel()
	settled := round{[]reading{active("a"), standby("b", follows("a")), standby("c", follows("a"))}, ""}
	for name, rounds := range map[string][]round{
		"the first leader seen is no event": {settled, settled},
		"another leads": {
			settled,
			{[]reading{standby("a", follows("b")), active("b"), standby("c", follows("b"))}, "leader-changed b: became the active node, after a"},
		},
		"the new one is heard before the old": {
			settled,
			{[]reading{active("b")}, "leader-changed b: became the active node, after a"},
			{[]reading{standby("a", follows("b")), standby("c", follows("b"))}, ""},
		},
		"the old one is heard first, and nobody is said to be lost": {
			settled,
			{[]reading{standby("a", follows("b"))}, ""},
			{[]reading{standby("c", follows("b"))}, ""},
			{[]reading{active("b")}, "leader-changed b: became the active node, after a"},
		},
		"a silent leader whom the others still name is not lost": {
			settled,
			{[]reading{silent("a"), standby("b", follows("a")), standby("c", follows("a"))}, "silent a: stopped answering: connection refused"},
			{[]reading{silent("a"), standby("b", follows("a")), standby("c", follows("a"))}, ""},
			{[]reading{active("a")}, "back a: answers again"},
		},
		"the leader dies and nobody follows it": {
			settled,
			{[]reading{silent("a"), standby("b", follows("a")), standby("c", follows("a"))}, "silent a: stopped answering: connection refused"},
			{[]reading{silent("a"), standby("b"), standby("c")}, "leader-lost : no node is active (before: a)"},
			{[]reading{silent("a"), standby("b"), standby("c")}, ""},
			{[]reading{silent("a"), active("b"), standby("c")}, "leader-back b: became the active node; there was none"},
		},
		"all silent says nothing of the lead": {
			settled,
			{[]reading{silent("a"), silent("b"), silent("c")}, "silent a: stopped answering: connection refused\n" +
				"silent b: stopped answering: connection refused\nsilent c: stopped answering: connection refused"},
			{[]reading{silent("a"), silent("b"), silent("c")}, ""},
			{[]reading{active("a"), standby("b"), standby("c")}, "back a: answers again\nback b: answers again\nback c: answers again"},
		},
		"nobody leads from the start": {
			{[]reading{silent("a"), standby("b"), standby("c")}, ""},
			{[]reading{silent("a"), standby("b"), standby("c")}, ""},
			{[]reading{silent("a"), active("b"), standby("c")}, "leader-back b: became the active node; there was none"},
		},
		"the same one, elected again between two looks": {
			{[]reading{active("a", led(began))}, ""},
			{[]reading{active("a", led(began.Add(3*time.Second)))}, "leader-changed a: became the active node again"},
			{[]reading{active("a", led(began.Add(3*time.Second)))}, ""},
		},
		"two who both say it do not change the lead at every look": {
			settled,
			{[]reading{active("a"), active("b")}, "leader-changed b: became the active node, after a"},
			{[]reading{active("a"), active("b")}, ""},
			{[]reading{active("a"), active("b")}, ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld("a", "b", "c")
			for i, r := range rounds {
				if got := lines(w.see(r.readings...)); got != r.want {
					t.Errorf("round %d:\n%s\nwant:\n%s", i, got, r.want)
				}
			}
		})
	}
}

func TestALeaderTellsSinceWhenItLeads(t *testing.T) {
	t.Parallel()
	w := newWorld("a", "b")
	w.see(active("a", led(began)), standby("b"))
	since := began.Add(time.Second)
	events := w.see(standby("a"), active("b", led(since)))
	if len(events) != 1 || !events[0].Told || !events[0].At.Equal(since) {
		t.Errorf("got %+v, want one event at %v as told", events, since)
	}
	w.see(active("a"), standby("b"))
	if got := w.h.LeaderChanges(began); got != 2 {
		t.Errorf("LeaderChanges = %d, want 2", got)
	}
	if got := w.h.LeaderChanges(w.now); got != 1 {
		t.Errorf("LeaderChanges since the last = %d, want 1", got)
	}
	var none *timeline.History
	if none.LeaderChanges(began) != 0 || none.Events() != nil || none.Observe(w.snap, w.snap, w.now) != nil {
		t.Error("a nil History has seen something")
	}
}
