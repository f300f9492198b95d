package demo

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const maxBody = 32 << 20

// front is a node's http.Handler.
type front struct {
	c *Cluster
	n *node
}

// ServeHTTP answers as the node would at this instant: not at all when it is down or hangs, late when it is slow.
func (f front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := &request{c: f.c, asked: f.n, at: f.n, method: r.Method, header: r.Header}
	path, ours := strings.CutPrefix(r.URL.Path, "/v1/")
	if !ours {
		http.NotFound(w, r)
		return
	}
	q.path, q.uri = strings.TrimSuffix(path, "/"), r.URL.RequestURI()
	if r.URL.RawQuery != "" {
		q.query = r.URL.Query()
	}
	if r.Method != http.MethodGet {
		q.take(w, r.Body)
	}
	a, delay, lost := f.answer(r, q)
	if delay > 0 && !f.pause(r, delay) || lost {
		panic(http.ErrAbortHandler)
	}
	if l, ok := a.body.(logged); ok {
		f.tell(w, r, l.watcher)
		return
	}
	write(w, r, a)
}

// take reads the body before the mutex is held: all of it, but of a snapshot its files, as they come.
func (q *request) take(w http.ResponseWriter, body io.ReadCloser) {
	if e, _ := lookup(q.path); e != nil && e.upload {
		q.files, q.failed = unpack(http.MaxBytesReader(w, body, maxState+maxBody))
		return
	}
	if body == http.NoBody {
		return
	}
	all, err := io.ReadAll(http.MaxBytesReader(w, body, maxBody))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	q.body = all
}

// answer takes the mutex, brings the cluster to the present, and asks the node. The reply may be lost after the act.
func (f front) answer(r *http.Request, q *request) (a answer, delay time.Duration, lost bool) {
	f.c.mu.Lock()
	defer f.c.mu.Unlock()
	f.c.advance(f.c.now())
	for f.n.process != up {
		if f.n.process == down || !f.sleepThrough(r) {
			panic(http.ErrAbortHandler)
		}
		f.c.advance(f.c.now())
	}
	a = q.answer()
	if len(f.c.watchers) > 0 {
		f.c.logAt(f.n, "trace", "core.http", "request", "method", r.Method, "path", q.path, "status", strconv.Itoa(a.status))
	}
	f.c.endLogs()
	if f.n.lose > 0 && q.method != http.MethodGet && q.method != http.MethodHead {
		f.n.lose--
		lost = true
	}
	return a, f.n.slow, lost
}

// sleepThrough waits, without the mutex, until a hang ends; false if the caller or the demo goes first.
func (f front) sleepThrough(r *http.Request) bool {
	wake := f.n.wake
	f.c.mu.Unlock()
	defer f.c.mu.Lock()
	select {
	case <-wake:
		return true
	case <-r.Context().Done():
		return false
	case <-f.c.closed:
		return false
	}
}

func (f front) pause(r *http.Request, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-r.Context().Done():
		return false
	case <-f.c.closed:
		return false
	}
}

// answer routes one request. It is called with the cluster's mutex held and its time at the present.
func (q *request) answer() answer {
	if q.asked.recovery != nil {
		return q.recovering()
	}
	if q.path == "sys/health" {
		return q.health()
	}
	if q.method == http.MethodGet && q.query.Get("list") == "true" {
		q.method = "LIST"
	}
	if no := q.asked.refuse.answer(); no != nil {
		return *no
	}
	q.identify()
	if no := q.enterSpace(); no != nil {
		return *no
	}
	e, name := lookup(q.path)
	q.name = name
	h, no := q.route(e)
	if no != nil {
		return *no
	}
	return q.wrap(h(q))
}

func write(w http.ResponseWriter, r *http.Request, a answer) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	if a.location != "" {
		h.Set("Location", a.location)
	}
	if a.body == nil {
		w.WriteHeader(a.status)
		return
	}
	if plain, ok := a.body.(plainText); ok {
		w.WriteHeader(a.status)
		io.WriteString(w, string(plain))
		return
	}
	if raw, ok := a.body.(binary); ok {
		h.Set("Content-Type", "application/gzip")
		w.WriteHeader(a.status)
		w.Write(raw)
		return
	}
	h.Set("Content-Type", "application/json")
	w.WriteHeader(a.status)
	if r.Method != http.MethodHead {
		json.NewEncoder(w).Encode(a.body)
	}
}
