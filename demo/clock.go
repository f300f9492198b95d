package demo

import (
	"container/heap"
	"time"
)

// timer is something that will happen in the simulated world. The sequence number keeps timers of one instant in the
// order in which they were set.
type timer struct {
	at  time.Time
	seq int
	do  func()
}

type timers []timer

func (t timers) Len() int { return len(t) }

func (t timers) Less(i, j int) bool {
	if !t[i].at.Equal(t[j].at) {
		return t[i].at.Before(t[j].at)
	}
	return t[i].seq < t[j].seq
}

func (t timers) Swap(i, j int) { t[i], t[j] = t[j], t[i] }

func (t *timers) Push(x any) { *t = append(*t, x.(timer)) }

func (t *timers) Pop() any {
	last := (*t)[len(*t)-1]
	*t = (*t)[:len(*t)-1]
	return last
}

// clock is simulated time: at is the instant that the state describes, and timers are what lies ahead of it.
type clock struct {
	at     time.Time
	timers timers
	seq    int
}

// after has something done d from now, in simulated time.
func (k *clock) after(d time.Duration, do func()) {
	k.seq++
	heap.Push(&k.timers, timer{at: k.at.Add(d), seq: k.seq, do: do})
}

// advance brings the state to now: what was due happens at the instant at which it was due, in order. A clock that
// stands still or goes back leaves the state alone.
func (k *clock) advance(now time.Time) {
	for len(k.timers) > 0 && !k.timers[0].at.After(now) {
		next := heap.Pop(&k.timers).(timer)
		k.at = next.at
		next.do()
	}
	if now.After(k.at) {
		k.at = now
	}
}
