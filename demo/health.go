package demo

import (
	"net/http"
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
	if q.c.betweenSeals(q.asked) != nil {
		return answer{status: http.StatusInternalServerError}
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
	step := c.lastEcho(n, c.at).UnixNano()
	took = 1 + int64(c.dice.wander(n.id, step)*1.3) + n.slow.Milliseconds()
	other := time.Duration(0)
	if c.raft.leader != nil {
		other = c.raft.leader.skew
	}
	return took, (n.skew - other).Milliseconds() - took/2
}
