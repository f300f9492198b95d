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
	l := &rateLimit{
		Path: in.Path, Role: in.Role, Rate: in.Rate, Interval: max(1, wholeSeconds(time.Duration(in.Interval))),
		Block: wholeSeconds(time.Duration(in.Block)), Inheritable: in.Inheritable,
	}
	if l.Path != "" {
		l.Path = pathOf(l.Path)
	}
	if no := q.holds().limitable(q.name, l); no != nil {
		return *no
	}
	q.holds().Limits[q.name] = l
	return noContent()
}

// limitable says what stands against a quota.
//
// After the source of OpenBao: the words.
func (h *holdings) limitable(name string, l *rateLimit) *answer {
	auth, isAuth := strings.CutPrefix(l.Path, "auth/")
	switch {
	case l.Rate <= 0:
		return refused(refuse(http.StatusBadRequest, "'rate' is invalid"))
	case l.Block < 0:
		return refused(refuse(http.StatusBadRequest, "'block' is invalid"))
	case l.Path != "" && !h.mounted(l.Path):
		return refused(refuse(http.StatusBadRequest, fmt.Sprintf("invalid mount path %q", l.Path)))
	case l.Role != "" && (!isAuth || h.Auth[auth] == nil):
		return refused(refuse(http.StatusBadRequest, fmt.Sprintf(
			"Mount path %q is not a valid auth method and therefore unsuitable for use with role-based quotas", l.Path)))
	}
	for other, o := range h.Limits {
		if other != name && o.Path == l.Path && o.Role == l.Role {
			return refused(refuse(http.StatusBadRequest, fmt.Sprintf("quota rule with similar properties exists under the name %q", other)))
		}
	}
	return nil
}

// limiting is what holds for all quotas.
type limiting struct {
	Audited bool     `json:"enable_rate_limit_audit_logging"`
	Headers bool     `json:"enable_rate_limit_response_headers"`
	Exempt  []string `json:"rate_limit_exempt_paths"`
}

// exemptAtFirst are the paths that no quota is for until somebody says so.
//
// After the source of OpenBao: which they are.
var exemptAtFirst = []string{
	"sys/generate-recovery-token/attempt", "sys/generate-recovery-token/update", "sys/generate-root/attempt",
	"sys/generate-root/update", "sys/health", "sys/seal-status", "sys/unseal",
}

func getLimiting(q *request) answer { return q.data(q.holds().Limited) }

// putLimiting sets all of it: what is not named is off.
func putLimiting(q *request) answer {
	in := struct {
		Audited bool `json:"enable_rate_limit_audit_logging"`
		Headers bool `json:"enable_rate_limit_response_headers"`
		Exempt  any  `json:"rate_limit_exempt_paths"`
	}{}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	q.holds().Limited = limiting{in.Audited, in.Headers, append([]string{}, texts(in.Exempt)...)}
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
