package demo

import (
	"net/http"
	"time"
)

// tell writes lines as they come, until one side goes.
func (f front) tell(out http.ResponseWriter, r *http.Request, w *watcher) {
	defer f.c.forget(w)
	out.WriteHeader(http.StatusOK)
	flusher, _ := out.(http.Flusher)
	turns, stop := f.c.turns()
	defer stop()
	for {
		if flusher != nil {
			flusher.Flush()
		}
		select {
		case line, more := <-w.lines:
			if !more {
				return
			}
			if _, err := out.Write(line); err != nil {
				return
			}
		case <-turns:
			f.c.turn()
		case <-r.Context().Done():
			return
		case <-f.c.closed:
			return
		}
	}
}

// turns says when to bring the cluster to the present though nobody asks anything of it: each second where the clock is the machine's.
// One that a test turns is read when that test asks, and at no other time.
func (c *Cluster) turns() (<-chan time.Time, func()) {
	if !c.ticks {
		return nil, func() {}
	}
	t := time.NewTicker(time.Second)
	return t.C, t.Stop
}

func (c *Cluster) turn() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.advance(c.now())
	c.endLogs()
}

func (c *Cluster) forget(w *watcher) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.watchers, w)
}
