package demo

import (
	"fmt"
	"net/http"
	"time"
)

// keyring is the barrier's keys: their term, how often the present one was used, and when it will be replaced.
type keyring struct {
	term      int
	installed time.Time
	used      uint64 // the log's index when it was installed: each entry is one encryption
	rotation  rotationConfig
}

type rotationConfig struct {
	enabled  bool
	interval time.Duration
	maximum  int64
}

const (
	minOperations = 1_000_000
	maxOperations = 3_865_470_566
)

func newKeyring(at time.Time, index uint64) keyring {
	return keyring{
		term: 1, installed: at, used: index,
		rotation: rotationConfig{enabled: true, maximum: maxOperations},
	}
}

func getKeyStatus(q *request) answer {
	k := &q.c.keyring
	return q.dataOnTop(map[string]any{
		"term":         k.term,
		"install_time": k.installed.UTC().Format(time.RFC3339Nano),
		"encryptions":  q.c.applied(q.at, q.c.at) - min(k.used, q.c.applied(q.at, q.c.at)),
	})
}

func putRotate(q *request) answer {
	c := q.c
	if no := c.sealsAllow(); no != nil {
		return *no
	}
	c.raft.log.add(2)
	c.keyring.term++
	c.keyring.installed = c.at
	c.keyring.used = c.raft.log.committed(c.at) - 1
	return noContent()
}

// getRotateConfig shows no interval as the number 0 and any other as text, as the servers do.
func getRotateConfig(q *request) answer {
	r := q.c.keyring.rotation
	var interval any = 0
	if r.interval != 0 {
		interval = r.interval.String()
	}
	return q.data(map[string]any{"enabled": r.enabled, "interval": interval, "max_operations": r.maximum})
}

func putRotateConfig(q *request) answer {
	in := struct {
		Enabled  *bool    `json:"enabled"`
		Interval *seconds `json:"interval"`
		Maximum  *number  `json:"max_operations"`
	}{}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	next := q.c.keyring.rotation
	set(&next.enabled, in.Enabled)
	set((*seconds)(&next.interval), in.Interval)
	set((*number)(&next.maximum), in.Maximum)
	switch {
	case next.interval != 0 && next.interval < 24*time.Hour:
		return refuse(http.StatusBadRequest, "interval must be greater or equal to 24h0m0s")
	case next.maximum < minOperations || next.maximum > maxOperations:
		return refuse(http.StatusBadRequest,
			fmt.Sprintf("max_operations must be in the range [%d,%d]", minOperations, maxOperations))
	}
	q.c.keyring.rotation = next
	return noContent()
}
