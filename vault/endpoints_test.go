package vault

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// envelope are the fields around the data of an answer, which say nothing of the cluster.
var envelope = []string{"request_id", "lease_id", "renewable", "lease_duration", "wrap_info", "warnings", "auth", "mount_type"}

func with(list []string, more ...string) []string { return append(slices.Clone(list), more...) }

// recordedPaths are what was looked up when capabilities were recorded.
var recordedPaths = []string{"sys/seal", "sys/rotate", "sys/step-down", "sys/storage/raft/configuration", "sys/sealwrap/rewrap"}

// endpoints are all that this package reads, by path.
var endpoints = map[string]endpoint{
	"sys/health": {
		ask: func(ctx context.Context, c *Client) (any, error) {
			h, _, err := c.Health(ctx)
			return h, err
		},
		facts:   about(healthFacts),
		ignored: []string{"echo_duration_ms", "replication_primary_canary_age_ms", "last_request_forwarding_heartbeat_ms"},
	},
	"sys/seal-status": {
		ask: asks((*Client).SealStatus), facts: about(sealFacts), ignored: []string{"build_date", "commit_date"},
	},
	"sys/init": {
		ask:   asks((*Client).InitStatus),
		facts: about(func(done bool) []fact { return []fact{{"initialized", done}} }),
	},
	"sys/seal-backend-status": {ask: asks((*Client).SealBackendStatus), facts: about(backendFacts)},
	"sys/leader": {
		ask: asks((*Client).Leader), facts: about(leaderFacts),
		ignored: []string{"performance_standby", "performance_standby_last_remote_wal"},
	},
	"sys/ha-status": {
		token: true, ask: asks((*Client).HAStatus), facts: about(haFacts), ignored: with(envelope, "data", "nodes.*.upgrade_version", "nodes.*.echo_duration_ms", "nodes.*.replication_primary_canary_age_ms"),
	},
	"sys/storage/raft/configuration": {
		token: true, ask: asks((*Client).RaftConfiguration), facts: about(raftFacts), ignored: with(envelope, "data.config.index", "data.config.servers.*.protocol_version"),
	},
	"sys/storage/raft/autopilot/state": {
		token: true, ask: asks((*Client).Autopilot), facts: about(autopilotFacts), ignored: envelope,
	},
	"sys/storage/raft/autopilot/configuration": {
		token: true, ask: asks((*Client).AutopilotConfig), facts: about(thresholdFacts),
		ignored: with(envelope, "data.disable_upgrade_migration"),
	},
	"sys/sealwrap/rewrap": {token: true, ask: asks((*Client).Rewrap)}, // never 200 in a recording
	"sys/key-status": {
		token: true, ask: asks((*Client).KeyStatus), ignored: with(envelope, "term", "install_time", "encryptions"),
		facts: about(func(k KeyStatus) []fact {
			return []fact{{"data.term", k.Term}, {"data.install_time", k.Installed}, {"data.encryptions", k.Encryptions}}
		}),
	},
	"sys/audit": {token: true, ask: asks((*Client).AuditDevices), ignored: with(envelope, "data"), facts: about(func([]AuditDevice) []fact { return nil })}, // none in a recording
	"sys/rotate/config": {
		token: true, ask: asks((*Client).RotateConfig), ignored: with(envelope, "data.interval"), // a number, where a time is read else
		facts: about(func(r RotateConfig) []fact {
			return []fact{{"data.enabled", r.Enabled}, {"data.max_operations", r.MaxOperations}}
		}),
	},
	"sys/replication/status": {
		ask: asks((*Client).Replication), ignored: envelope,
		facts: about(func(r Replication) []fact { return []fact{{"data.mode", r.DR.Mode}} }),
	},
	"sys/capabilities-self": {
		token: true, ignored: with(envelope, recordedPaths...), facts: about(capabilityFacts),
		ask: func(ctx context.Context, c *Client) (any, error) { return c.CapabilitiesSelf(ctx, recordedPaths...) },
	},
	"auth/token/lookup-self": {
		token: true, ask: asks((*Client).LookupSelf), facts: about(tokenFacts),
		ignored: with(
			envelope, "data.creation_time", "data.creation_ttl", "data.entity_id", "data.expire_time", "data.explicit_max_ttl",
			"data.id", "data.meta", "data.num_uses", "data.orphan", "data.path", "data.type",
		),
	},
	"sys/generate-root/attempt": {ask: asks((*Client).Doors), want: func(r recorded) any {
		// How the doors are kept is told by the status; what stands in the answer is the ceremonies' affair.
		return map[int]Doors{200: DoorsOpen, 403: DoorsToken, 405: DoorsClosed}[r.Status]
	}},
}

func healthFacts(h Health) []fact {
	return []fact{
		{"initialized", h.Initialised},
		{"sealed", h.Sealed},
		{"standby", h.Standby},
		{"performance_standby", h.PerformanceStandby},
		{"removed_from_cluster", h.Removed},
		{"replication_dr_mode", h.ReplicationDR},
		{"replication_performance_mode", h.ReplicationPerf},
		{"server_time_utc", h.ServerTime.Unix()},
		{"version", h.Version},
		{"cluster_name", h.ClusterName},
		{"cluster_id", h.ClusterID},
		{"enterprise", h.Enterprise},
		{"ha_connection_healthy", h.HAConnection},
		{"clock_skew_ms", h.ClockSkew.Milliseconds()},
	}
}

func sealFacts(s SealStatus) []fact {
	return []fact{
		{"type", s.Type},
		{"initialized", s.Initialised},
		{"sealed", s.Sealed},
		{"t", s.Threshold},
		{"n", s.Shares},
		{"progress", s.Progress},
		{"nonce", s.Nonce},
		{"version", s.Version},
		{"migration", s.Migration},
		{"cluster_name", s.ClusterName},
		{"cluster_id", s.ClusterID},
		{"recovery_seal", s.RecoverySeal},
		{"recovery_seal_type", s.RecoverySealType},
		{"storage_type", s.StorageType},
		{"removed_from_cluster", s.Removed},
	}
}

func backendFacts(s SealBackendStatus) []fact {
	out := []fact{{"healthy", s.Healthy}, {"unhealthy_since", s.UnhealthySince}, {"fully_wrapped", s.FullyWrapped}}
	for i, b := range s.Backends {
		at := fmt.Sprintf("backends.%d.", i)
		out = append(out, fact{at + "name", b.Name}, fact{at + "healthy", b.Healthy}, fact{at + "unhealthy_since", b.UnhealthySince})
	}
	return out
}

func leaderFacts(l Leader) []fact {
	return []fact{
		{"ha_enabled", l.HAEnabled},
		{"is_self", l.IsSelf},
		{"active_time", l.ActiveSince},
		{"leader_address", l.Address},
		{"leader_cluster_address", l.ClusterAddress},
		{"raft_committed_index", l.Committed},
		{"raft_applied_index", l.Applied},
	}
}

func haFacts(nodes []HANode) []fact {
	var out []fact
	for i, n := range nodes {
		at := fmt.Sprintf("nodes.%d.", i)
		out = append(
			out, fact{at + "hostname", n.Hostname}, fact{at + "api_address", n.Address},
			fact{at + "cluster_address", n.ClusterAddress}, fact{at + "active_node", n.Active},
			fact{at + "last_echo", n.LastEcho}, fact{at + "version", n.Version},
			fact{at + "clock_skew_ms", n.Skew.Milliseconds()},
		)
	}
	return out
}

func raftFacts(servers []RaftServer) []fact {
	var out []fact
	for i, s := range servers {
		at := fmt.Sprintf("data.config.servers.%d.", i)
		out = append(out, fact{at + "node_id", s.ID}, fact{at + "address", s.Address}, fact{at + "leader", s.Leader}, fact{at + "voter", s.Voter})
	}
	return out
}

func autopilotFacts(a Autopilot) []fact {
	out := []fact{{"data.healthy", a.Healthy}, {"data.failure_tolerance", a.Tolerance}, {"data.leader", a.Leader}}
	for i, v := range a.Voters {
		out = append(out, fact{fmt.Sprintf("data.voters.%d", i), v})
	}
	for _, s := range a.Servers {
		at := "data.servers." + s.ID + "."
		out = append(
			out, fact{at + "id", s.ID}, fact{at + "name", s.Name}, fact{at + "address", s.Address},
			fact{at + "node_status", s.NodeStatus}, fact{at + "status", s.Status}, fact{at + "node_type", s.NodeType}, fact{at + "healthy", s.Healthy},
			fact{at + "last_contact", s.LastContact}, fact{at + "last_term", s.LastTerm}, fact{at + "last_index", s.LastIndex},
			fact{at + "stable_since", s.StableSince}, fact{at + "version", s.Version},
		)
	}
	return out
}

func thresholdFacts(a AutopilotConfig) []fact {
	return []fact{
		{"data.cleanup_dead_servers", a.CleanupDead},
		{"data.dead_server_last_contact_threshold", a.DeadThreshold},
		{"data.last_contact_threshold", a.ContactThreshold},
		{"data.max_trailing_logs", a.MaxTrailing},
		{"data.min_quorum", a.MinQuorum},
		{"data.server_stabilization_time", a.StabilizationTime},
	}
}

func capabilityFacts(p Capabilities) []fact {
	var out []fact
	for _, path := range recordedPaths {
		for i, c := range p[path] {
			out = append(out, fact{fmt.Sprintf("data.%s.%d", path, i), c})
		}
	}
	return out
}

func tokenFacts(t TokenInfo) []fact {
	out := []fact{
		{"data.display_name", t.DisplayName},
		{"data.ttl", int64(t.TTL / time.Second)},
		{"data.renewable", t.Renewable},
		{"data.accessor", t.Accessor},
	}
	for i, p := range t.Policies {
		out = append(out, fact{fmt.Sprintf("data.policies.%d", i), p})
	}
	return out
}
