package vault

import "time"

// What is true of the whole cluster several nodes may have told, at different times. Each method here gives the newest
// telling and the node that told it; the node is nil when none has told anything.

// HA is the newest list of nodes that echo to the active one.
func (s Snapshot) HA() (Section[[]HANode], *Node) {
	return newest(s.Nodes, func(n *Node) *Section[[]HANode] { return &n.HA })
}

// Raft is the newest Raft configuration.
func (s Snapshot) Raft() (Section[[]RaftServer], *Node) {
	return newest(s.Nodes, func(n *Node) *Section[[]RaftServer] { return &n.Raft })
}

// Autopilot is the newest judgement of autopilot.
func (s Snapshot) Autopilot() (Section[Autopilot], *Node) {
	return newest(s.Nodes, func(n *Node) *Section[Autopilot] { return &n.Autopilot })
}

// AutopilotConfig is the newest set of autopilot's thresholds.
func (s Snapshot) AutopilotConfig() (Section[AutopilotConfig], *Node) {
	return newest(s.Nodes, func(n *Node) *Section[AutopilotConfig] { return &n.AutopilotConfig })
}

// Rewrap is the newest state of the seal rewrap.
func (s Snapshot) Rewrap() (Section[Rewrap], *Node) {
	return newest(s.Nodes, func(n *Node) *Section[Rewrap] { return &n.Rewrap })
}

// Keys is the newest state of the barrier's key.
func (s Snapshot) Keys() (Section[KeyStatus], *Node) {
	return newest(s.Nodes, func(n *Node) *Section[KeyStatus] { return &n.Keys })
}

// Token is what was last said of our token.
func (s Snapshot) Token() (Section[TokenInfo], *Node) {
	return newest(s.Nodes, func(n *Node) *Section[TokenInfo] { return &n.Token })
}

// Capabilities are what our token may do, as last said.
func (s Snapshot) Capabilities() (Section[Capabilities], *Node) {
	return newest(s.Nodes, func(n *Node) *Section[Capabilities] { return &n.Capabilities })
}

// Doors is how the ceremony endpoints were last found.
func (s Snapshot) Doors() (Section[Doors], *Node) {
	return newest(s.Nodes, func(n *Node) *Section[Doors] { return &n.Doors })
}

// Ceremonies is what was last said of the ceremonies under way.
func (s Snapshot) Ceremonies() (Section[Ceremonies], *Node) {
	return newest(s.Nodes, func(n *Node) *Section[Ceremonies] { return &n.Ceremonies })
}

// Audit is where requests are written down, as last said.
func (s Snapshot) Audit() (Section[[]AuditDevice], *Node) {
	return newest(s.Nodes, func(n *Node) *Section[[]AuditDevice] { return &n.Audit })
}

// Rotation is when the servers rotate the barrier's key, as last said.
func (s Snapshot) Rotation() (Section[RotateConfig], *Node) {
	return newest(s.Nodes, func(n *Node) *Section[RotateConfig] { return &n.Rotation })
}

// Replication is the newest state of the replication.
func (s Snapshot) Replication() (Section[Replication], *Node) {
	return newest(s.Nodes, func(n *Node) *Section[Replication] { return &n.Replication })
}

// newest takes the youngest value and the outcome of the youngest try, which need not be of the same node.
func newest[T any](nodes []*Node, pick func(*Node) *Section[T]) (Section[T], *Node) {
	var out Section[T]
	var from *Node
	for _, n := range nodes {
		s := pick(n)
		if s.Known() && (from == nil || s.At.After(out.At)) {
			out.Value, out.At, from = s.Value, s.At, n
		}
		if s.Tried.After(out.Tried) {
			out.Tried, out.Err = s.Tried, s.Err
		}
	}
	return out, from
}

// Name is what the cluster calls itself, or "" where it hides it.
func (s Snapshot) Name() string {
	for _, n := range s.Nodes {
		if v := n.Health.Value.ClusterName; v != "" {
			return v
		}
	}
	return ""
}

// ID is the cluster's id, or "" where no unsealed node was heard.
func (s Snapshot) ID() string {
	for _, n := range s.Nodes {
		if v := n.Health.Value.ClusterID; v != "" {
			return v
		}
	}
	return ""
}

// TokenLeft is how long our token still lives; ok is false when that is not known or it does not expire.
func (s Snapshot) TokenLeft(now time.Time) (left time.Duration, ok bool) {
	t, _ := s.Token()
	if !t.Known() || !t.Value.Expires {
		return 0, false
	}
	return max(0, t.Value.TTL-t.Age(now)), true
}
