package conformance

import (
	"slices"
	"testing"

	"warder/vault"
)

// guarded asks all that needs a token and that every server has.
func guarded(t *testing.T, node *vault.Client) map[string]error {
	t.Helper()
	out := map[string]error{}
	_, out["HA status"] = node.HAStatus(t.Context())
	_, out["Raft configuration"] = node.RaftConfiguration(t.Context())
	_, out["autopilot"] = node.Autopilot(t.Context())
	_, out["autopilot configuration"] = node.AutopilotConfig(t.Context())
	_, out["key status"] = node.KeyStatus(t.Context())
	_, out["lookup"] = node.LookupSelf(t.Context())
	_, out["capabilities"] = node.CapabilitiesSelf(t.Context(), vault.WatchedPaths...)
	return out
}

func everyRead(t *testing.T, c *cluster) {
	active := c.active(t)
	c.readsVital(t, active)
	c.readsRaft(t, active)
	node := c.at(active)
	_, err := node.Rewrap(t.Context())
	ends(t, "rewrap without an enterprise edition", err, unsupported)
	_, err = c.bare(active).SealBackendStatus(t.Context())
	c.differs(t, "seal backends", err)
	if d, err := c.bare(active).Doors(t.Context()); err != nil || d != c.doors() {
		t.Errorf("doors: %s, want %s (%v)", d, c.doors(), err)
	}
	key, err := node.KeyStatus(t.Context())
	if works(t, "key status", err); key.Term != 1 || key.Installed.IsZero() {
		t.Errorf("key status: %+v", key)
	}
	self, err := node.LookupSelf(t.Context())
	if works(t, "lookup", err); !self.Root() || self.Expires || self.Accessor == "" {
		t.Errorf("our token: %+v", self)
	}
	may, err := node.CapabilitiesSelf(t.Context(), vault.WatchedPaths...)
	works(t, "capabilities", err)
	for _, path := range vault.WatchedPaths {
		if !may.May(path, "read") {
			t.Errorf("a root token may not read %s", path)
		}
	}
}

// readsVital asks each node what it answers for itself.
func (c *cluster) readsVital(t *testing.T, active int) {
	t.Helper()
	for i := range c.nodes {
		h, _, err := c.bare(i).Health(t.Context())
		works(t, "health", err)
		if !h.Initialised || h.Sealed || h.Standby == (i == active) || h.Version == "" || h.ClusterName == "" || h.ServerTime.IsZero() {
			t.Errorf("health of node %d: %+v", i, h)
		}
		s, err := c.bare(i).SealStatus(t.Context())
		works(t, "seal status", err)
		if s.Sealed || s.Threshold != 3 || s.Shares != 5 || s.StorageType != "raft" || s.ClusterID != h.ClusterID {
			t.Errorf("seal status of node %d: %+v", i, s)
		}
		l, err := c.bare(i).Leader(t.Context())
		works(t, "leader", err)
		if !l.HAEnabled || l.IsSelf != (i == active) || l.ActiveSince.IsZero() == l.IsSelf || l.Address != c.nodes[active] || l.Committed == 0 {
			t.Errorf("leader of node %d: %+v", i, l)
		}
	}
}

// readsRaft asks the active node for what is the cluster's.
func (c *cluster) readsRaft(t *testing.T, active int) {
	t.Helper()
	node := c.at(active)
	ha, err := node.HAStatus(t.Context())
	works(t, "HA status", err)
	for _, h := range ha {
		i := slices.Index(c.nodes, h.Address)
		if i < 0 || h.Active != (i == active) || h.LastEcho.IsZero() != h.Active || h.ClusterAddress == "" {
			t.Errorf("HA status: %+v", h)
		}
	}
	raft, err := node.RaftConfiguration(t.Context())
	works(t, "Raft configuration", err)
	leaders := 0
	for _, r := range raft {
		if r.Leader {
			leaders++
		}
		if !r.Voter || r.ID == "" || r.Address == "" {
			t.Errorf("Raft server: %+v", r)
		}
	}
	state, err := node.Autopilot(t.Context())
	works(t, "autopilot", err)
	if len(ha) != 3 || len(raft) != 3 || leaders != 1 || len(state.Servers) != 3 {
		t.Errorf("%d HA nodes, %d Raft servers, %d leaders, %d in autopilot", len(ha), len(raft), leaders, len(state.Servers))
	}
	if state.Tolerance != 1 || state.Leader == "" {
		t.Errorf("autopilot: tolerance %d, leader %q", state.Tolerance, state.Leader)
	}
	config, err := node.AutopilotConfig(t.Context())
	works(t, "autopilot configuration", err)
	if config.ContactThreshold == 0 || config.MaxTrailing == 0 || config.StabilizationTime == 0 || config.DeadThreshold == 0 {
		t.Errorf("autopilot configuration: %+v", config)
	}
}

func standbyReads(t *testing.T, c *cluster) {
	node := c.at(c.standby(t))
	for what, err := range guarded(t, node) {
		ends(t, what, err, accepted)
	}
	raft, err := node.RaftConfiguration(t.Context())
	if works(t, "Raft configuration", err); len(raft) != 3 {
		t.Errorf("a standby names %d Raft servers", len(raft))
	}
}

func refusedReads(t *testing.T, c *cluster) {
	active, standby := c.active(t), c.standby(t)
	for _, node := range []int{active, standby} {
		for what, err := range guarded(t, c.stranger.Client(c.nodes[node], false)) {
			ends(t, what+" with a token of nobody", err, denied)
		}
		for what, err := range guarded(t, c.bare(node)) {
			ends(t, what+" without a token", err, noToken)
		}
	}
	_, err := c.bare(active).Rekey(t.Context(), vault.DoorsOpen, vault.BarrierKey)
	c.differs(t, "a rekey's state without a token", err)
}
