package demo

import (
	"math"
	"net/http"
	"time"
)

// rewrap is the background work that wraps every entry anew with all healthy seals.
//
// After the documentation: a recording shows only that the community edition refuses it.
type rewrap struct {
	running bool
	total   float64
	rate    float64 // entries a second
	failing int     // one entry in so many fails
	from    time.Time
	done    float64 // before from
	runs    int
	broken  bool // the leader was lost midway
	stalled bool // it runs, and nothing moves
}

// processed is how many entries have been dealt with at an instant. The pace is not even: it swings about the rate.
func (r *rewrap) processed(at time.Time) int64 {
	if !r.running || r.stalled || at.Before(r.from) {
		return int64(r.done)
	}
	return int64(min(r.total, r.done+pace(r.rate, at.Sub(r.from).Seconds())))
}

// pace is rate × seconds with a swing of two fifths either way in nine seconds; it never falls.
func pace(rate, seconds float64) float64 {
	const turn = 2 * math.Pi / 9
	return rate*seconds - rate*0.4/turn*(math.Cos(turn*seconds)-1)
}

func (r *rewrap) failed(processed int64) int64 {
	if r.failing == 0 {
		return 0
	}
	return processed / int64(r.failing)
}

// startRewrap begins a run; it ends by itself. Each run after the first meets fewer entries that fail.
func (c *Cluster) startRewrap() {
	r := &c.rewrap
	r.runs++
	r.running, r.broken, r.stalled, r.done, r.from = true, false, false, 0, c.at
	r.total, r.rate, r.failing = c.plan.entries, c.plan.rewrapRate, c.plan.rewrapFailing
	if r.runs > c.plan.rewrapFailingRuns {
		r.failing = 0
	}
	c.raft.log.flow(c.at, c.plan.writes+r.rate/rewrapBatch)
	c.endRewrapLater()
}

// rewrapBatch is how many entries one entry of the Raft log carries.
const rewrapBatch = 16

func (c *Cluster) endRewrapLater() {
	r, run := &c.rewrap, c.rewrap.runs
	left := max(0, r.total-float64(r.processed(c.at))) / r.rate
	c.after(time.Duration(left*float64(time.Second))+50*time.Millisecond, func() {
		switch {
		case !r.running || r.runs != run:
		case r.processed(c.at) < int64(r.total):
			c.endRewrapLater()
		default:
			r.done, r.running = r.total, false
			c.seal.wrapped = r.failed(int64(r.total)) == 0 && c.allSealsHealthy()
			c.raft.log.flow(c.at, c.plan.writes)
		}
	})
}

// interrupt stops a run, whose counts are lost with the leader that made it.
func (r *rewrap) interrupt() {
	r.broken = r.running
	r.running, r.done = false, 0
}

// resumeRewrap has a new leader begin anew what its predecessor did not end.
func (c *Cluster) resumeRewrap() {
	if c.rewrap.broken {
		c.startRewrap()
	}
}

func (c *Cluster) allSealsHealthy() bool {
	for _, n := range c.nodes {
		for _, view := range n.backends {
			if !view.healthy {
				return false
			}
		}
	}
	return true
}

type rewrapEntries struct {
	Failed    int64 `json:"failed"`
	Processed int64 `json:"processed"`
	Succeeded int64 `json:"succeeded"`
}

type rewrapStatus struct {
	Entries rewrapEntries `json:"entries"`
	Running bool          `json:"is_running"`
}

func getRewrap(q *request) answer {
	if !q.c.plan.enterprise {
		return refuse(http.StatusNotFound, "enterprise-only feature")
	}
	r := &q.c.rewrap
	processed := r.processed(q.c.at)
	failed := r.failed(processed)
	return q.data(rewrapStatus{rewrapEntries{failed, processed, processed - failed}, r.running})
}

func putRewrap(q *request) answer {
	if !q.c.plan.enterprise {
		return refuse(http.StatusNotFound, "enterprise-only feature")
	}
	if q.c.rewrap.running {
		return answer{status: http.StatusOK}
	}
	q.c.startRewrap()
	return noContent()
}
