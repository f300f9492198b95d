package demo

import (
	"net/http"
	"testing"
	"time"
)

func TestThePaceSwingsAndNeverFalls(t *testing.T) {
	t.Parallel()
	last, slowest, fastest := 0.0, 1e9, 0.0
	for s := 1.0; s <= 90; s++ {
		done := pace(200, s)
		step := done - last
		if step < 0 {
			t.Fatalf("it falls after %v s", s)
		}
		last, slowest, fastest = done, min(slowest, step), max(fastest, step)
	}
	if mean := last / 90; mean < 199 || mean > 201 {
		t.Errorf("the mean is %v a second, want 200", mean)
	}
	if slowest > 140 || fastest < 260 {
		t.Errorf("between %v and %v a second: it hardly swings", slowest, fastest)
	}
}

func TestARewrapCountsEndsAndCanBeStartedAgain(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "rewrap"})
	const path = "sys/sealwrap/rewrap"
	status := func() (entries fields, running bool) {
		got := a.wants(1, path, http.StatusOK)
		return got["entries"].(map[string]any), got["is_running"].(bool)
	}
	first, running := status()
	if !running {
		t.Fatal("not running")
	}
	if code, _ := a.put(1, path, nil); code != http.StatusOK {
		t.Errorf("started while it runs: status %d", code)
	}
	a.pass(10 * time.Second)
	second, _ := status()
	if second["processed"].(float64) <= first["processed"].(float64) {
		t.Errorf("no progress: %v, then %v", first, second)
	}
	a.pass(20 * time.Minute)
	end, running := status()
	if running || end["failed"] == 0.0 {
		t.Fatalf("at the end: %v, running %t", end, running)
	}
	if end["processed"].(float64) != end["succeeded"].(float64)+end["failed"].(float64) {
		t.Errorf("the counts do not add up: %v", end)
	}
	if got := a.wants(1, "sys/seal-backend-status", http.StatusOK)["fully_wrapped"]; got != false {
		t.Errorf("fully wrapped in spite of failures: %v", got)
	}
	if code, _ := a.put(1, path, nil); code != http.StatusNoContent {
		t.Errorf("started again: status %d", code)
	}
	a.pass(20 * time.Minute)
	if again, running := status(); running || again["failed"] != 0.0 {
		t.Errorf("the second run ended with %v, running %t", again, running)
	}
	if got := a.wants(1, "sys/seal-backend-status", http.StatusOK)["fully_wrapped"]; got != true {
		t.Error("not fully wrapped after a run without failures")
	}
}

func TestANewLeaderBeginsTheRewrapAnew(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "rewrap"})
	a.pass(time.Minute)
	before := a.wants(1, "sys/sealwrap/rewrap", http.StatusOK)["entries"].(map[string]any)["processed"].(float64)
	a.happen(StepDown{})
	a.pass(3 * time.Second)
	got := a.wants(0, "sys/sealwrap/rewrap", http.StatusOK)
	if after := got["entries"].(map[string]any)["processed"].(float64); after >= before || got["is_running"] != true {
		t.Errorf("processed %v before, %v after; running %v", before, after, got["is_running"])
	}
}
