package demo

import "time"

// vaultLeader is Vault's sys/leader. OpenBao leaves out what is false or empty.
type vaultLeader struct {
	HAEnabled      bool      `json:"ha_enabled"`
	IsSelf         bool      `json:"is_self"`
	ActiveTime     time.Time `json:"active_time"`
	Address        string    `json:"leader_address"`
	ClusterAddress string    `json:"leader_cluster_address"`
	PerfStandby    bool      `json:"performance_standby"`
	LastRemoteWAL  uint64    `json:"performance_standby_last_remote_wal"`
	Committed      uint64    `json:"raft_committed_index,omitempty"`
	Applied        uint64    `json:"raft_applied_index,omitempty"`
}

type baoLeader struct {
	HAEnabled      bool       `json:"ha_enabled"`
	IsSelf         bool       `json:"is_self,omitempty"`
	ActiveTime     *time.Time `json:"active_time,omitempty"`
	Address        string     `json:"leader_address,omitempty"`
	ClusterAddress string     `json:"leader_cluster_address,omitempty"`
	Committed      uint64     `json:"raft_committed_index,omitempty"`
	Applied        uint64     `json:"raft_applied_index,omitempty"`
}

func getLeader(q *request) answer {
	c, n := q.c, q.asked
	index := c.applied(n, c.at)
	l := vaultLeader{HAEnabled: true, Committed: index, Applied: index}
	l.PerfStandby = c.condition(n) == performance
	if n.follows != nil {
		l.Address, l.ClusterAddress = n.follows.api, "https://"+n.follows.cluster
	}
	if c.leads(n) {
		l.IsSelf, l.ActiveTime = true, c.raft.since.UTC()
	}
	if !c.product.bao() {
		return reply(l)
	}
	b := baoLeader{l.HAEnabled, l.IsSelf, nil, l.Address, l.ClusterAddress, l.Committed, l.Applied}
	if l.IsSelf {
		b.ActiveTime = &l.ActiveTime
	}
	return reply(b)
}

// member is a node of sys/ha-status.
type member struct {
	Hostname       string     `json:"hostname"`
	API            string     `json:"api_address"`
	Cluster        string     `json:"cluster_address"`
	Active         bool       `json:"active_node"`
	LastEcho       *time.Time `json:"last_echo"`
	Version        string     `json:"version"`
	UpgradeVersion string     `json:"upgrade_version"`
	*echoes
}

// echoes is what Vault adds to it.
type echoes struct {
	Took   int64 `json:"echo_duration_ms"`
	Skew   int64 `json:"clock_skew_ms"`
	Canary int64 `json:"replication_primary_canary_age_ms"`
}

// getHAStatus lists the active node and the standbys that it heard lately: a sealed or dead one is missing.
func getHAStatus(q *request) answer {
	c := q.c
	nodes := []member{}
	for _, n := range c.nodes {
		m := member{
			Hostname: n.id, API: n.api, Cluster: "https://" + n.cluster, Active: c.leads(n),
			Version: n.version, UpgradeVersion: n.version,
		}
		if !m.Active {
			echo := c.heard(n)
			if echo.IsZero() || c.at.Sub(echo) >= echoRemembered || c.raft.peer(n) == nil {
				continue
			}
			echo = echo.UTC()
			m.LastEcho = &echo
		}
		if !c.product.bao() {
			m.echoes = &echoes{}
			if !m.Active {
				m.Took, m.Skew = c.echo(n)
			}
		}
		nodes = append(nodes, m)
	}
	return q.dataOnTop(map[string]any{"nodes": nodes})
}
