package timeline_test

import (
	"fmt"
	"testing"
	"time"

	"warder/vault"
	"warder/vault/timeline"
)

// BenchmarkObserve is one look at a thousand nodes, of which so many answered since the last.
func BenchmarkObserve(b *testing.B) {
	for _, fresh := range []int{0, 20, 1000} {
		b.Run(fmt.Sprintf("%d_of_1000_answered", fresh), func(b *testing.B) {
			steps := []vault.Snapshot{thousand(began)}
			for i := range 100 {
				is := vault.Snapshot{Nodes: append([]*vault.Node{}, steps[i].Nodes...)}
				copy(is.Nodes, thousand(began.Add(time.Duration(i+1) * 50 * time.Millisecond)).Nodes[:fresh])
				steps = append(steps, is)
			}
			var h timeline.History
			h.Observe(vault.Snapshot{}, steps[0], began)
			now, at := began, 0
			for b.Loop() {
				now, at = now.Add(50*time.Millisecond), at%(len(steps)-1)+1
				h.Observe(steps[at-1], steps[at], now)
			}
		})
	}
}

func thousand(at time.Time) vault.Snapshot {
	var s vault.Snapshot
	for i := range 1000 {
		r := standby(fmt.Sprint("n", i))
		if i == 0 {
			r = active("n0")
		}
		s.Nodes = append(s.Nodes, r(at))
	}
	return s
}
