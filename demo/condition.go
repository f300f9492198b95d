package demo

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// condition is what a node is, as far as its health goes.
type condition int

const (
	leading condition = iota
	standing
	performance // After the documentation: no recording shows a performance standby.
	secondary   // After the documentation: no recording shows a DR secondary.
	cutOff      // After the documentation: a standby that has lost the active node.
	blank
	closed
	expelled // After the documentation: removed from the cluster, and aware of it.
)

// conditions names each condition's code and the parameter that renames it.
var conditions = [...]struct {
	code      int
	parameter string
}{
	leading:     {200, "activecode"},
	standing:    {429, "standbycode"},
	performance: {473, "performancestandbycode"},
	secondary:   {472, "drsecondarycode"},
	cutOff:      {474, "haunhealthycode"},
	blank:       {501, "uninitcode"},
	closed:      {503, "sealedcode"},
	expelled:    {530, "removedcode"},
}

func (d condition) status() int { return conditions[d].code }

// condition decides in the servers' order: the first that holds.
func (c *Cluster) condition(n *node) condition {
	bao := c.product.bao()
	switch {
	case !n.joined:
		return blank
	case n.removed && !bao:
		return expelled
	case n.sealed:
		return closed
	case !bao && n != c.raft.leader && c.silent(n):
		return cutOff
	case c.plan.secondary && !bao:
		return secondary
	case n == c.raft.leader:
		return leading
	case c.plan.performance && !bao:
		return performance
	}
	return standing
}

// silent says that a standby once had the active node and has not heard of it for too long.
func (c *Cluster) silent(n *node) bool {
	echo := c.heard(n)
	return !echo.IsZero() && c.at.Sub(echo) >= echoHealthy
}

// heard is the last heartbeat that a standby had answered: none comes back while nobody leads.
func (c *Cluster) heard(n *node) time.Time {
	at := c.at
	if c.raft.leader == nil {
		at = c.raft.since
	}
	if n.echoes.IsZero() || n.echoes.After(at) {
		return time.Time{}
	}
	return c.lastEcho(n, at)
}

// renamed applies the query: a code of the caller's own for each condition, and a standby that counts as active. OpenBao passes over what
// it has no condition for.
func (q *request) renamed(d condition) (int, *answer) {
	bad := refuse(http.StatusBadRequest)
	codes := map[condition]int{}
	for c, known := range conditions {
		text, given := q.query[known.parameter]
		if !given || q.c.product.bao() && !slices.Contains(baoConditions, condition(c)) {
			continue
		}
		code, err := strconv.Atoi(text[0])
		if err != nil || code < 200 || code > 999 {
			return 0, &bad
		}
		codes[condition(c)] = code
	}
	for parameter, condition := range map[string]condition{"standbyok": standing, "perfstandbyok": performance} {
		text, given := q.query[parameter]
		if !given || q.c.product.bao() && condition != standing {
			continue
		}
		ok, err := strconv.ParseBool(text[0])
		if err != nil && text[0] != "" {
			return 0, &bad
		}
		if ok && d == condition {
			d = leading
		}
	}
	if code, given := codes[d]; given {
		return code, nil
	}
	return d.status(), nil
}

// baoConditions are those that OpenBao knows.
var baoConditions = []condition{leading, standing, blank, closed}
