package demo

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// watcher reads a node's log. What it does not take in time is dropped, as the servers do.
type watcher struct {
	node    *node
	least   int // level
	asJSON  bool
	lines   chan []byte
	dropped int
}

const logRoom = 512

var logLevels = []string{"trace", "debug", "info", "warn", "error"}

// logged is an answer that has no end of its own.
type logged struct{ *watcher }

// getMonitor begins to tell what a node logs.
//
// After the source of OpenBao: the words of refusals, the lines' form, and that each node tells its own. What is logged is the
// demo's own.
//
// After the documentation: that a standby of Vault's sends the caller to the active node.
func getMonitor(q *request) answer {
	if !q.c.product.bao() && !q.c.leads(q.asked) && q.asked.follows != nil {
		return answer{status: http.StatusTemporaryRedirect, location: q.asked.follows.api + q.uri}
	}
	level, format := q.query.Get("log_level"), strings.ToLower(q.query.Get("log_format"))
	if level == "" {
		level = "info"
	}
	least := slices.Index(logLevels, strings.ToLower(level))
	switch {
	case least < 0:
		return refuse(http.StatusBadRequest, "unknown log level")
	case format != "" && format != "standard" && format != "json":
		return refuse(http.StatusBadRequest, "unknown log format")
	}
	w := &watcher{node: q.at, least: least, asJSON: format == "json", lines: make(chan []byte, logRoom)}
	if q.c.watchers == nil {
		q.c.watchers = map[*watcher]bool{}
		q.c.heartbeat()
	}
	q.c.watchers[w] = true
	return answer{status: http.StatusOK, body: logged{w}}
}

// heartbeat says now and then that Raft lives, while somebody may be listening.
func (c *Cluster) heartbeat() {
	c.log("debug", "core.autopilot", "all servers are judged", "peers", fmt.Sprint(len(c.raft.peers)))
	c.after(7*time.Second, c.heartbeat)
}

// log has the active node log something.
func (c *Cluster) log(level, module, message string, pairs ...string) {
	if c.raft.leader != nil {
		c.logAt(c.raft.leader, level, module, message, pairs...)
	}
}

// logAt gives a line to who watches the node.
func (c *Cluster) logAt(n *node, level, module, message string, pairs ...string) {
	for w := range c.watchers {
		if w.node != n || slices.Index(logLevels, level) < w.least {
			continue
		}
		if w.dropped > 0 && len(w.lines) < logRoom {
			w.lines <- w.line(c.at, "warn", "", fmt.Sprintf("Monitor dropped %d logs during monitor request", w.dropped), nil)
			w.dropped = 0
		}
		select {
		case w.lines <- w.line(c.at, level, module, message, pairs):
		default:
			w.dropped++
		}
	}
}

func (w *watcher) line(at time.Time, level, module, message string, pairs []string) []byte {
	if !w.asJSON {
		text := fmt.Sprintf("%s [%s]  %s: %s", at.UTC().Format("2006-01-02T15:04:05.000Z"), strings.ToUpper(level), module, message)
		for i := 0; i+1 < len(pairs); i += 2 {
			text += fmt.Sprintf(" %s=%s", pairs[i], pairs[i+1])
		}
		return []byte(text + "\n")
	}
	out := map[string]string{"@level": level, "@message": message, "@module": module, "@timestamp": at.UTC().Format("2006-01-02T15:04:05.000000Z")}
	for i := 0; i+1 < len(pairs); i += 2 {
		out[pairs[i]] = pairs[i+1]
	}
	line, _ := json.Marshal(out) // texts can always be written
	return append(line, '\n')
}

// endLogs ends what is told of nodes that are sealed now.
func (c *Cluster) endLogs() {
	for w := range c.watchers {
		if !w.node.sealed {
			continue
		}
		select {
		case w.lines <- []byte("core received sealed state change, ending monitor session"):
		default:
		}
		close(w.lines)
		delete(c.watchers, w)
	}
}

// tell writes lines as they come, until one side goes.
func (f front) tell(out http.ResponseWriter, r *http.Request, w *watcher) {
	defer f.c.forget(w)
	out.WriteHeader(http.StatusOK)
	flusher, _ := out.(http.Flusher)
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
		case <-r.Context().Done():
			return
		case <-f.c.closed:
			return
		}
	}
}

func (c *Cluster) forget(w *watcher) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.watchers, w)
}
