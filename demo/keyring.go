package demo

import (
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
	Enabled  bool  `json:"enabled"`
	Interval int64 `json:"interval"`
	Maximum  int64 `json:"max_operations"`
}

const maxOperations = 3865470566

func newKeyring(at time.Time, index uint64) keyring {
	return keyring{
		term: 1, installed: at, used: index,
		rotation: rotationConfig{Enabled: true, Maximum: maxOperations},
	}
}

func getKeyStatus(q *request) answer {
	k := &q.c.keyring
	return q.dataOnTop(map[string]any{
		"term":         k.term,
		"install_time": k.installed.UTC().Format(time.RFC3339Nano),
		"encryptions":  q.c.applied(q.at, q.c.clock.at) - min(k.used, q.c.applied(q.at, q.c.clock.at)),
	})
}

func putRotate(q *request) answer {
	c := q.c
	c.raft.log.add(2)
	c.keyring.term++
	c.keyring.installed = c.clock.at
	c.keyring.used = c.raft.log.committed(c.clock.at) - 1
	return noContent()
}

func getRotateConfig(q *request) answer { return q.data(q.c.keyring.rotation) }

func putRotateConfig(q *request) answer {
	in := struct {
		Enabled  *bool    `json:"enabled"`
		Interval *seconds `json:"interval"`
		Maximum  *int64   `json:"max_operations"`
	}{}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	next := q.c.keyring.rotation
	if in.Enabled != nil {
		next.Enabled = *in.Enabled
	}
	if in.Interval != nil {
		next.Interval = int64(time.Duration(*in.Interval) / time.Second)
		if next.Interval != 0 && next.Interval < int64(24*time.Hour/time.Second) {
			return refuse(http.StatusBadRequest, "interval must be greater or equal to 24h0m0s")
		}
	}
	if in.Maximum != nil {
		next.Maximum = *in.Maximum
		if next.Maximum < 1000000 || next.Maximum > maxOperations {
			return refuse(http.StatusBadRequest, "max_operations must be in the range [1000000, 3865470566]")
		}
	}
	q.c.keyring.rotation = next
	return noContent()
}
