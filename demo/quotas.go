package demo

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// rateLimit is a quota of requests. The demo keeps it and lets everybody through.
type rateLimit struct {
	Path, Role      string
	Rate            float64
	Interval, Block int64 // in seconds
	Inheritable     bool
}

func listLimits(q *request) answer { return q.named(sortedNames(q.holds().Limits)) }

func getLimit(q *request) answer {
	l := q.holds().Limits[q.name]
	if l == nil {
		return nothingListed(q)
	}
	return q.data(map[string]any{
		"name": q.name, "type": "rate-limit", "path": l.Path, "role": l.Role, "rate": l.Rate, "interval": l.Interval,
		"block_interval": l.Block, "inheritable": l.Inheritable || l.Path == "",
	})
}

func putLimit(q *request) answer {
	var in struct {
		Path        string  `json:"path"`
		Role        string  `json:"role"`
		Rate        float64 `json:"rate"`
		Interval    seconds `json:"interval"`
		Block       seconds `json:"block_interval"`
		Inheritable bool    `json:"inheritable"`
	}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	if in.Rate <= 0 {
		return refuse(http.StatusBadRequest, "'rate' is invalid")
	}
	l := &rateLimit{
		Path: in.Path, Role: in.Role, Rate: in.Rate, Interval: max(1, wholeSeconds(time.Duration(in.Interval))),
		Block: wholeSeconds(time.Duration(in.Block)), Inheritable: in.Inheritable,
	}
	if l.Path != "" {
		l.Path = pathOf(l.Path)
		if !q.holds().mounted(l.Path) {
			return refuse(http.StatusBadRequest, fmt.Sprintf("invalid mount path %q", l.Path))
		}
	}
	q.holds().Limits[q.name] = l
	return noContent()
}

// mounted says that a path is a mount's, or below one.
func (h *holdings) mounted(path string) bool {
	if auth, ok := strings.CutPrefix(path, "auth/"); ok {
		return h.Auth[auth] != nil
	}
	for mount := range h.Mounts {
		if strings.HasPrefix(path, mount) {
			return true
		}
	}
	return false
}

func deleteLimit(q *request) answer {
	delete(q.holds().Limits, q.name)
	return noContent()
}
