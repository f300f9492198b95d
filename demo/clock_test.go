package demo

import (
	"slices"
	"testing"
	"time"
)

func TestTimersFireInOrderAtTheirOwnInstants(t *testing.T) {
	t.Parallel()
	begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	k := clock{at: begin}
	var fired []string
	note := func(name string) func() {
		return func() { fired = append(fired, name+" "+k.at.Sub(begin).String()) }
	}
	k.after(3*time.Second, note("late"))
	k.after(time.Second, func() {
		note("early")()
		k.after(time.Second, note("set by early"))
	})
	k.after(3*time.Second, note("late too"))
	k.after(10*time.Second, note("not yet"))
	k.advance(begin.Add(5 * time.Second))
	want := []string{"early 1s", "set by early 2s", "late 3s", "late too 3s"}
	if !slices.Equal(fired, want) {
		t.Errorf("fired %v, want %v", fired, want)
	}
	if !k.at.Equal(begin.Add(5 * time.Second)) {
		t.Errorf("the clock stands at %v", k.at)
	}
}

func TestAClockThatGoesBackChangesNothing(t *testing.T) {
	t.Parallel()
	begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	k := clock{at: begin}
	k.advance(begin.Add(-time.Hour))
	if !k.at.Equal(begin) {
		t.Errorf("the clock went back to %v", k.at)
	}
}
