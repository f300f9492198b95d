package vault

import (
	"context"
	"errors"
	"time"
)

// Leader is the answer of sys/leader: whom the node takes for the active one.
type Leader struct {
	HAEnabled      bool
	IsSelf         bool
	ActiveSince    time.Time // known to the active node only
	Address        string    // empty when the node knows of no active one
	ClusterAddress string
	Committed      uint64 // Raft index; 0 where the storage is not Raft
	Applied        uint64
}

type wireLeader struct {
	HAEnabled      *bool  `json:"ha_enabled"`
	IsSelf         bool   `json:"is_self"`
	ActiveTime     string `json:"active_time"`
	Address        string `json:"leader_address"`
	ClusterAddress string `json:"leader_cluster_address"`
	Committed      uint64 `json:"raft_committed_index"`
	Applied        uint64 `json:"raft_applied_index"`
}

// Leader asks GET sys/leader. It needs no token; a sealed node does not answer it. OpenBao leaves out what is false or empty.
func (c *Client) Leader(ctx context.Context) (Leader, error) {
	return ask(ctx, c, call{path: "sys/leader"}, decodeLeader)
}

func decodeLeader(body []byte) (Leader, error) {
	var w wireLeader
	if err := decode(body, &w); err != nil {
		return Leader{}, err
	}
	if w.HAEnabled == nil {
		return Leader{}, errors.New("ha_enabled is missing")
	}
	since, err := parseTime(w.ActiveTime)
	if err != nil {
		return Leader{}, err
	}
	return Leader{
		HAEnabled: *w.HAEnabled, IsSelf: w.IsSelf, ActiveSince: since,
		Address: clean(w.Address), ClusterAddress: clean(w.ClusterAddress),
		Committed: w.Committed, Applied: w.Applied,
	}, nil
}

// HANode is one node that has echoed to the active one; a sealed node is not among them.
type HANode struct {
	Hostname       string // no identity: several nodes may share it
	Address        string // its API address, as it announces it
	ClusterAddress string
	Active         bool
	LastEcho       time.Time // zero for the active node
	Version        string
	Skew           time.Duration
}

type wireHA struct {
	Nodes list[wireHANode] `json:"nodes"`
}

type wireHANode struct {
	Hostname string  `json:"hostname"`
	API      string  `json:"api_address"`
	Cluster  string  `json:"cluster_address"`
	Active   bool    `json:"active_node"`
	LastEcho *string `json:"last_echo"`
	Version  string  `json:"version"`
	Skew     int64   `json:"clock_skew_ms"`
}

// HAStatus asks GET sys/ha-status. It needs a token.
func (c *Client) HAStatus(ctx context.Context) ([]HANode, error) {
	return ask(ctx, c, call{path: "sys/ha-status", token: true, limit: maxList}, decodeHA)
}

func decodeHA(body []byte) ([]HANode, error) {
	var w wireHA
	if err := decode(body, &w); err != nil {
		return nil, err
	}
	if w.Nodes == nil {
		return nil, errors.New("nodes is missing")
	}
	nodes := make([]HANode, len(w.Nodes))
	for i, n := range w.Nodes {
		nodes[i] = HANode{
			Hostname: clean(n.Hostname), Address: clean(n.API), ClusterAddress: clean(n.Cluster),
			Active: n.Active, Version: clean(n.Version), Skew: time.Duration(n.Skew) * time.Millisecond,
		}
		if n.LastEcho != nil {
			echo, err := parseTime(*n.LastEcho)
			if err != nil {
				return nil, err
			}
			nodes[i].LastEcho = echo
		}
	}
	return nodes, nil
}
