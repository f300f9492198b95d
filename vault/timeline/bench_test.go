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
			was := thousand(began)
			var h timeline.History
			h.Observe(vault.Snapshot{}, was, began)
			now := began
			for b.Loop() {
				b.StopTimer()
				now = now.Add(50 * time.Millisecond)
				is := vault.Snapshot{Nodes: append([]*vault.Node{}, was.Nodes...)}
				copy(is.Nodes, thousand(now).Nodes[:fresh])
				b.StartTimer()
				h.Observe(was, is, now)
				was = is
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
