package timeline

import (
	"slices"
	"time"
)

// kept is how many samples of a series are kept.
const kept = 120

// series are the newest samples of one measure, the oldest first. It grows to what is kept and then only turns.
type series struct {
	samples []float64
	next    int // where the oldest stands, once it is full
}

func (s *series) add(v float64) {
	if len(s.samples) < kept {
		s.samples = append(s.samples, v)
		return
	}
	s.samples[s.next] = v
	s.next = (s.next + 1) % kept
}

// all are the samples in their order, as a copy.
func (s *series) all() []float64 {
	if s == nil {
		return nil
	}
	return append(slices.Clone(s.samples[s.next:]), s.samples[:s.next]...)
}

// What a comparison with the past needs: so many samples in all, of which the last few are the present.
const (
	enough  = 20
	present = 5
)

// Latency is a node's usual round trip and its recent one; ok is false as long as there is too little past to compare with.
// The usual one is the median of the samples kept but the last five, which are some minutes; the recent one is theirs.
func (h *History) Latency(address string) (usual, recent time.Duration, ok bool) {
	all := h.LatencySeries(address)
	if len(all) < enough {
		return 0, 0, false
	}
	last := len(all) - present
	return median(all[:last]), median(all[last:]), true
}

// median sorts what it is given.
func median(ms []float64) time.Duration {
	slices.Sort(ms)
	mid := ms[len(ms)/2]
	if len(ms)%2 == 0 {
		mid = (mid + ms[len(ms)/2-1]) / 2
	}
	return time.Duration(mid * float64(time.Millisecond))
}

// LatencySeries are the round trips of a node's health answers in milliseconds, the newest last.
func (h *History) LatencySeries(address string) []float64 {
	if h == nil || h.nodes[address] == nil {
		return nil
	}
	return h.nodes[address].latency.all()
}

// AppliedSeries are the Raft entries per second that a node applied between answers of sys/leader, the newest last.
func (h *History) AppliedSeries(address string) []float64 {
	if h == nil || h.nodes[address] == nil {
		return nil
	}
	return h.nodes[address].applied.all()
}

// RewrapSeries are the entries per second that the rewrap processed between answers while it ran, the newest last.
func (h *History) RewrapSeries() []float64 {
	if h == nil {
		return nil
	}
	return h.rewrapRate.all()
}

// rate is how many per second a counter rose; ok is false when it went back, as a counter does that begins anew.
func rate(from, to uint64, span time.Duration) (perSecond float64, ok bool) {
	if span <= 0 || to < from {
		return 0, false
	}
	return float64(to-from) / span.Seconds(), true
}
