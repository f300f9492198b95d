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

const beat = 5 * time.Second

// heartbeat has each node say now and then that it lives and what it is at, while somebody listens.
func (c *Cluster) heartbeat() {
	c.after(beat, c.heartbeat)
	if len(c.watchers) == 0 {
		return
	}
	for _, n := range c.nodes {
		switch {
		case c.leads(n):
			c.logAt(n, "debug", "core.autopilot", "all servers are judged", "peers", fmt.Sprint(len(c.raft.peers)))
			c.logAt(n, "info", "expiration", "leases in force", "count", fmt.Sprint(len(c.holdings.Leases)))
		case n.follows != nil:
			c.logAt(n, "info", "core", "standing by", "active", n.follows.id)
		default:
			c.logAt(n, "warn", "core", "no active node")
		}
	}
	if r := &c.rewrap; r.running {
		done := r.processed(c.at)
		c.log("info", "core.sealwrap", "rewrap is under way", "processed", fmt.Sprint(done), "failed", fmt.Sprint(r.failed(done)))
	}
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
		if w.node != n || n.process != up || slices.Index(logLevels, level) < w.least {
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
