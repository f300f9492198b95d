package demo

import (
	"net/http"
	"strconv"
	"time"
)

// vaultHealth is Vault's sys/health.
type vaultHealth struct {
	Initialized   bool   `json:"initialized"`
	Sealed        bool   `json:"sealed"`
	Standby       bool   `json:"standby"`
	PerfStandby   bool   `json:"performance_standby"`
	PerfMode      string `json:"replication_performance_mode"`
	DRMode        string `json:"replication_dr_mode"`
	ServerTimeUTC int64  `json:"server_time_utc"`
	Version       string `json:"version"`
	Enterprise    bool   `json:"enterprise"`
	ClusterName   string `json:"cluster_name,omitempty"`
	ClusterID     string `json:"cluster_id,omitempty"`
	EchoMillis    int64  `json:"echo_duration_ms"`
	SkewMillis    int64  `json:"clock_skew_ms"`
	CanaryMillis  int64  `json:"replication_primary_canary_age_ms"`
	Removed       bool   `json:"removed_from_cluster"`
	HAHealthy     *bool  `json:"ha_connection_healthy,omitempty"`
	HeartbeatAge  *int64 `json:"last_request_forwarding_heartbeat_ms,omitempty"`
}

// baoHealth is OpenBao's.
type baoHealth struct {
	Initialized   bool   `json:"initialized"`
	Sealed        bool   `json:"sealed"`
	Standby       bool   `json:"standby"`
	PerfMode      string `json:"replication_performance_mode"`
	DRMode        string `json:"replication_dr_mode"`
	ServerTimeUTC int64  `json:"server_time_utc"`
	Version       string `json:"version"`
	ClusterName   string `json:"cluster_name,omitempty"`
	ClusterID     string `json:"cluster_id,omitempty"`
}

// health answers GET and HEAD of sys/health; the state is in the status code, which the caller may rename.
func (q *request) health() answer {
	if q.method != http.MethodGet && q.method != http.MethodHead {
		return refuse(http.StatusMethodNotAllowed)
	}
	condition := q.c.condition(q.asked)
	status := condition.status()
	if len(q.query) > 0 {
		var no *answer
		if status, no = q.renamed(condition); no != nil {
			return *no
		}
	}
	if q.c.product.bao() {
		return answer{status: status, body: q.c.baoHealth(q.asked)}
	}
	return answer{status: status, body: q.c.vaultHealth(q.asked, condition)}
}

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
	return n.lastEcho(at)
}

// renamed applies the query: a code of the caller's own for each condition, and a standby that counts as active.
func (q *request) renamed(d condition) (int, *answer) {
	bad := refuse(http.StatusBadRequest)
	for _, known := range conditions {
		if text := q.query.Get(known.parameter); text != "" {
			if code, err := strconv.Atoi(text); err != nil || code < 200 || code > 999 {
				return 0, &bad
			}
		}
	}
	for parameter, condition := range map[string]condition{"standbyok": standing, "perfstandbyok": performance} {
		text, given := q.query[parameter]
		if !given {
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
	if text := q.query.Get(conditions[d].parameter); text != "" {
		code, _ := strconv.Atoi(text)
		return code, nil
	}
	return d.status(), nil
}

func (c *Cluster) baoHealth(n *node) baoHealth {
	h := baoHealth{
		Initialized: n.joined, Sealed: n.sealed, Standby: n != c.raft.leader,
		ServerTimeUTC: c.at.Add(n.skew).Unix(), Version: n.version,
	}
	h.PerfMode, h.DRMode = c.replication(n, "primary")
	if !n.sealed {
		h.ClusterName, h.ClusterID = c.name(), c.id
	}
	return h
}

func (c *Cluster) vaultHealth(n *node, d condition) vaultHealth {
	h := vaultHealth{
		Initialized: n.joined, Sealed: n.sealed, Standby: n != c.raft.leader, PerfStandby: d == performance,
		ServerTimeUTC: c.at.Add(n.skew).Unix(), Version: n.version, Enterprise: c.plan.enterprise,
		Removed: n.removed,
	}
	h.PerfMode, h.DRMode = c.replication(n, "disabled")
	if n.sealed {
		return h
	}
	h.ClusterName, h.ClusterID = c.name(), c.id
	if n == c.raft.leader {
		return h
	}
	if echo := c.heard(n); !echo.IsZero() {
		age := c.at.Sub(echo).Milliseconds()
		healthy := c.at.Sub(echo) < echoHealthy
		h.HAHealthy, h.HeartbeatAge = &healthy, &age
		h.EchoMillis, h.SkewMillis = c.echo(n)
	}
	return h
}

// replication is both replication modes; a standby does not know them before the active node told it.
func (c *Cluster) replication(n *node, performance string) (string, string) {
	if n.sealed || n != c.raft.leader && (n.modes.IsZero() || n.modes.After(c.at)) {
		return "unknown", "unknown"
	}
	if c.plan.secondary {
		return "disabled", "secondary"
	}
	return performance, "disabled"
}

// echo is how long the node's last heartbeat took, and by how much its clock differs from the active node's.
func (c *Cluster) echo(n *node) (took, skew int64) {
	step := n.lastEcho(c.at).UnixNano()
	took = 1 + int64(c.dice.wander(n.id, step)*1.3) + n.slow.Milliseconds()
	other := time.Duration(0)
	if c.raft.leader != nil {
		other = c.raft.leader.skew
	}
	return took, (n.skew - other).Milliseconds() - took/2
}
