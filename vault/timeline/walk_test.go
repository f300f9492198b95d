package timeline_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"warder/vault"
	"warder/vault/timeline"
)

// anything is a random reading of a node.
func anything(r *rand.Rand, name string) reading {
	flip := func() bool { return r.IntN(2) == 0 }
	codes := []int{
		vault.CodeActive, vault.CodeStandby, vault.CodeStandby, vault.CodePerfStandby, vault.CodeCutOff, vault.CodeSealed,
		vault.CodeUninit, vault.CodeRemoved, vault.CodeDRSecondary,
	}
	if r.IntN(4) == 0 {
		return silent(name)
	}
	alter := []func(*vault.Node){
		seal(func(s *vault.SealStatus) { s.Progress, s.Shares = r.IntN(3), 4+r.IntN(2) }),
		health(func(h *vault.Health) { h.Version = fmt.Sprint("1.", r.IntN(3)) }),
		certificate(fmt.Sprint(r.IntN(3))), led(began.Add(time.Duration(r.IntN(9)) * time.Second)),
		backend(flip(), began), autopilot(r.IntN(3), flip()), term(uint64(r.IntN(3)), began),
		rewrap(vault.Rewrap{Running: flip(), Processed: uint64(r.IntN(100)), Failed: uint64(r.IntN(2))}),
		peers([]string{"a", "b", "c", "-c", "d"}[:r.IntN(5)]...),
		underway(vault.Ceremonies{Rekey: vault.Underway{Started: flip(), Nonce: fmt.Sprint(r.IntN(2)), Verifying: flip()}}),
	}
	r.Shuffle(len(alter), func(i, j int) { alter[i], alter[j] = alter[j], alter[i] })
	return node(name, codes[r.IntN(len(codes))], alter[:r.IntN(len(alter))]...)
}

// copied is the same snapshot in other memory, so that nothing is skipped for being the same pointer.
func copied(s vault.Snapshot) vault.Snapshot {
	var out vault.Snapshot
	for _, n := range s.Nodes {
		m := *n
		out.Nodes = append(out.Nodes, &m)
	}
	return out
}

// TestTheSameSnapshotAgainIsNoEvent walks at random: whatever happened, what was seen once is no event when it is seen again,
// and every event says all of itself.
func TestTheSameSnapshotAgainIsNoEvent(t *testing.T) {
	t.Parallel()
	known := map[timeline.Kind]bool{}
	for _, m := range timeline.Kinds() {
		known[m.Kind] = true
	}
	names := []string{"a", "b", "c", "d"}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		w := newWorld(names...)
		for range 60 {
			var readings []reading
			for _, n := range names[:1+r.IntN(len(names))] {
				readings = append(readings, anything(r, n))
			}
			for _, e := range w.see(readings...) {
				if !known[e.Kind] || e.Text == "" || e.At.IsZero() {
					t.Fatalf("seed %d: half an event: %+v", seed, e)
				}
			}
			w.h.Observe(w.snap, w.snap, w.now) // this may settle who leads
			for _, again := range []vault.Snapshot{w.snap, copied(w.snap)} {
				if got := w.h.Observe(w.snap, again, w.now.Add(time.Second)); len(got) > 0 {
					t.Fatalf("seed %d: seen again:\n%s", seed, lines(got))
				}
			}
		}
	}
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	w := newWorld("a", "b")
	for i := range 2000 {
		code := vault.CodeStandby
		if i%2 == 0 {
			code = vault.CodeSealed
		}
		w.see(node("a", code), active("b"))
	}
	if got := len(w.h.Events()); got != 500 {
		t.Errorf("%d events are kept, want 500", got)
	}
	if got := len(w.h.LatencySeries(address("a"))); got != 120 {
		t.Errorf("%d samples are kept, want 120", got)
	}
	// Who is no longer asked is forgotten.
	smaller := vault.Snapshot{Nodes: w.snap.Nodes[1:]}
	w.h.Observe(w.snap, smaller, w.now)
	if w.h.LatencySeries(address("a")) != nil || w.h.LatencySeries(address("b")) == nil {
		t.Error("the record of a node that is gone is kept, or that of another lost")
	}
}
