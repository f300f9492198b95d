package timeline_test

import (
	"slices"
	"testing"
	"time"

	"warder/vault"
)

func slowed(d time.Duration) func(*vault.Node) { return func(n *vault.Node) { n.RTT = d } }

func TestLatencyIsComparedWithTheNodesOwnPast(t *testing.T) {
	t.Parallel()
	w := newWorld("a")
	for i := range 15 {
		w.see(standby("a", slowed(time.Duration(2+i%3)*time.Millisecond)))
	}
	w.see(standby("a", slowed(time.Second))) // one slow answer is no other usual
	for i := range 4 {
		if _, _, ok := w.h.Latency(address("a")); ok {
			t.Errorf("a comparison with %d samples", 16+i)
		}
		w.see(standby("a", slowed(50*time.Millisecond)))
	}
	usual, recent, ok := w.h.Latency(address("a"))
	if want := 3 * time.Millisecond; !ok || usual != want || recent != 50*time.Millisecond {
		t.Errorf("Latency = %v, %v, %v; want %v, 50ms, true", usual, recent, ok, want)
	}
	if _, _, ok := w.h.Latency("https://unknown:1"); ok {
		t.Error("a node that nobody knows has a latency")
	}
}

func TestSeriesKeepTheirOrderWhenTheyTurn(t *testing.T) {
	t.Parallel()
	w := newWorld("a")
	for i := range 130 {
		w.see(standby("a", slowed(time.Duration(i+1)*time.Millisecond)))
	}
	got := w.h.LatencySeries(address("a"))
	if len(got) != 120 || got[0] != 11 || got[119] != 130 || !slices.IsSorted(got) {
		t.Errorf("the series is %v", got)
	}
}

func TestRatesAreOfCountersThatRise(t *testing.T) {
	t.Parallel()
	w := newWorld("a")
	at := func(index uint64, r vault.Rewrap) {
		w.see(active("a", func(n *vault.Node) { n.Leader.Value.Applied = index }, rewrap(r)))
	}
	at(100, vault.Rewrap{Running: true, Processed: 10})
	at(120, vault.Rewrap{Running: true, Processed: 410})
	at(5, vault.Rewrap{Running: true, Processed: 20}) // begun anew
	at(9, vault.Rewrap{Processed: 40})                // ended meanwhile
	at(9, vault.Rewrap{Processed: 40})
	if got, want := w.h.AppliedSeries(address("a")), []float64{10, 2, 0}; !slices.Equal(got, want) {
		t.Errorf("applied: %v, want %v", got, want)
	}
	if got, want := w.h.RewrapSeries(), []float64{200, 10}; !slices.Equal(got, want) {
		t.Errorf("rewrap: %v, want %v", got, want)
	}
}

func TestSinceWhenThingsStand(t *testing.T) {
	t.Parallel()
	w := newWorld("a", "b")
	given := func(s *vault.SealStatus) { s.Progress = 1 }
	rekey := func(p int) func(*vault.Node) {
		return underway(vault.Ceremonies{Rekey: vault.Underway{Started: p >= 0, Nonce: "1", Progress: p}})
	}
	w.see(sealed("a"), active("b", rekey(-1)))
	if _, ok := w.h.ProgressSince(address("a")); ok {
		t.Error("no share is given since a while")
	}
	if _, ok := w.h.CeremonySince("rekey"); ok {
		t.Error("no ceremony is under way since a while")
	}
	w.see(sealed("a", seal(given)), active("b", rekey(1)))
	at := w.now
	w.see(sealed("a", seal(given)), active("b", rekey(1)))
	if since, ok := w.h.ProgressSince(address("a")); !ok || !since.Equal(at) {
		t.Errorf("ProgressSince = %v, %v; want %v", since, ok, at)
	}
	if since, ok := w.h.CeremonySince("rekey"); !ok || !since.Equal(at) {
		t.Errorf("CeremonySince = %v, %v; want %v", since, ok, at)
	}
	w.see(standby("a"), active("b", rekey(2)))
	if _, ok := w.h.ProgressSince(address("a")); ok {
		t.Error("an unsealed node has shares")
	}
	if since, _ := w.h.CeremonySince("rekey"); !since.Equal(w.now) {
		t.Errorf("a share given does not move the time: %v", since)
	}
}
