package rules

import (
	"time"

	"warder/vault"
)

// seen is what many rules ask of a snapshot, looked up once: with 1,000 nodes each search costs as much as a rule.
type seen struct {
	served bool
	at     time.Time // of the newest answer
	names  map[*vault.Node]string
	peers  map[string]int // by Raft id: the member that speaks for it
	nodes  map[string]*vault.Node

	ha       said[[]vault.HANode]
	raft     said[[]vault.RaftServer]
	auto     said[vault.Autopilot]
	limits   said[vault.AutopilotConfig]
	rewrap   said[vault.Rewrap]
	keys     said[vault.KeyStatus]
	rotation said[vault.RotateConfig]
	token    said[vault.TokenInfo]
}

// said is an answer about the cluster, and the node that gave it.
type said[T any] struct {
	vault.Section[T]
	by *vault.Node
}

func saying[T any](s vault.Section[T], by *vault.Node) said[T] { return said[T]{s, by} }

func look(s vault.Snapshot, members []vault.Member) *seen {
	v := &seen{
		at: s.At(), names: make(map[*vault.Node]string, len(members)), peers: map[string]int{},
		nodes: make(map[string]*vault.Node, len(members)),
		ha:    saying(s.HA()), raft: saying(s.Raft()), auto: saying(s.Autopilot()), limits: saying(s.AutopilotConfig()),
		rewrap: saying(s.Rewrap()), keys: saying(s.Keys()), rotation: saying(s.Rotation()), token: saying(s.Token()),
	}
	for i, m := range members {
		if m.Node != nil {
			v.names[m.Node], v.nodes[m.Node.Address] = m.Name, m.Node
			v.served = v.served || m.Node.State().Serving()
		}
		if m.Autopilot == nil {
			continue
		}
		// Of several addresses of one peer, one that answers speaks for it.
		if _, known := v.peers[m.Autopilot.ID]; !known || heard(m) {
			v.peers[m.Autopilot.ID] = i
		}
	}
	return v
}

// The methods of Snapshot, without its searches.

// Node finds a node by its address; nil when it is not known.
func (s Scene) Node(address string) *vault.Node { return s.seen.nodes[address] }

// HA is the newest list of nodes that echo to the active one.
func (s Scene) HA() (vault.Section[[]vault.HANode], *vault.Node) {
	return s.seen.ha.Section, s.seen.ha.by
}

// Raft is the newest Raft configuration.
func (s Scene) Raft() (vault.Section[[]vault.RaftServer], *vault.Node) {
	return s.seen.raft.Section, s.seen.raft.by
}

// Autopilot is the newest judgement of autopilot.
func (s Scene) Autopilot() (vault.Section[vault.Autopilot], *vault.Node) {
	return s.seen.auto.Section, s.seen.auto.by
}

// AutopilotConfig is the newest set of autopilot's thresholds.
func (s Scene) AutopilotConfig() (vault.Section[vault.AutopilotConfig], *vault.Node) {
	return s.seen.limits.Section, s.seen.limits.by
}

// Rewrap is the newest state of the seal rewrap.
func (s Scene) Rewrap() (vault.Section[vault.Rewrap], *vault.Node) {
	return s.seen.rewrap.Section, s.seen.rewrap.by
}

// Keys is the newest state of the barrier's key.
func (s Scene) Keys() (vault.Section[vault.KeyStatus], *vault.Node) {
	return s.seen.keys.Section, s.seen.keys.by
}

// Rotation is when the servers rotate the barrier's key, as last said.
func (s Scene) Rotation() (vault.Section[vault.RotateConfig], *vault.Node) {
	return s.seen.rotation.Section, s.seen.rotation.by
}

// Token is what was last said of our token.
func (s Scene) Token() (vault.Section[vault.TokenInfo], *vault.Node) {
	return s.seen.token.Section, s.seen.token.by
}
