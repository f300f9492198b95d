package vault

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Autopilot is the active node's judgement of the Raft peers.
type Autopilot struct {
	Healthy   bool
	Tolerance int // how many voters may still be lost
	Leader    string
	Voters    []string
	Servers   []AutopilotServer // by id
}

// AutopilotServer is autopilot's view of one peer.
type AutopilotServer struct {
	ID          string
	Name        string
	Address     string
	NodeStatus  string // alive, left, failed
	Status      string // leader, voter, non-voter
	NodeType    string // what it is meant to be: a voter, or one that never votes
	Healthy     bool
	LastContact time.Duration // with the leader
	LastTerm    uint64
	LastIndex   uint64
	StableSince time.Time
	Version     string
}

type wireAutopilot struct {
	Healthy   bool                        `json:"healthy"`
	Tolerance int                         `json:"failure_tolerance"`
	Leader    string                      `json:"leader"`
	Voters    list[string]                `json:"voters"`
	Servers   values[wireAutopilotServer] `json:"servers"`
}

type wireAutopilotServer struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Address     string `json:"address"`
	NodeStatus  string `json:"node_status"`
	Status      string `json:"status"`
	NodeType    string `json:"node_type"`
	Healthy     bool   `json:"healthy"`
	LastContact string `json:"last_contact"`
	LastTerm    uint64 `json:"last_term"`
	LastIndex   uint64 `json:"last_index"`
	StableSince string `json:"stable_since"`
	Version     string `json:"version"`
}

// Autopilot asks GET sys/storage/raft/autopilot/state. It needs a token and an active node.
func (c *Client) Autopilot(ctx context.Context) (Autopilot, error) {
	return ask(ctx, c, call{path: "sys/storage/raft/autopilot/state", token: true, limit: maxList}, decodeAutopilot)
}

func decodeAutopilot(body []byte) (Autopilot, error) {
	w, err := decodeData[wireAutopilot](body)
	if err != nil {
		return Autopilot{}, err
	}
	a := Autopilot{Healthy: w.Healthy, Tolerance: w.Tolerance, Leader: clean(w.Leader)}
	for _, v := range w.Voters {
		a.Voters = append(a.Voters, clean(v))
	}
	for _, s := range w.Servers {
		contact, err := parseSpan(s.LastContact)
		if err != nil {
			return Autopilot{}, err
		}
		stable, err := parseTime(s.StableSince)
		if err != nil {
			return Autopilot{}, err
		}
		a.Servers = append(a.Servers, AutopilotServer{
			ID: clean(s.ID), Name: clean(s.Name), Address: clean(s.Address), NodeStatus: clean(s.NodeStatus),
			Status: clean(s.Status), NodeType: clean(s.NodeType), Healthy: s.Healthy, LastContact: contact, LastTerm: s.LastTerm,
			LastIndex: s.LastIndex, StableSince: stable, Version: clean(s.Version),
		})
	}
	slices.SortFunc(a.Servers, func(x, y AutopilotServer) int { return strings.Compare(x.ID, y.ID) })
	return a, nil
}

// AutopilotConfig holds the server's own thresholds, which judge contact and lag.
type AutopilotConfig struct {
	CleanupDead       bool
	DeadThreshold     time.Duration
	ContactThreshold  time.Duration
	MaxTrailing       uint64
	MinQuorum         int
	StabilizationTime time.Duration
}

type wireAutopilotConfig struct {
	CleanupDead   bool   `json:"cleanup_dead_servers"`
	Dead          string `json:"dead_server_last_contact_threshold"`
	Contact       string `json:"last_contact_threshold"`
	Trailing      uint64 `json:"max_trailing_logs"`
	MinQuorum     int    `json:"min_quorum"`
	Stabilization string `json:"server_stabilization_time"`
}

// AutopilotConfig asks GET sys/storage/raft/autopilot/configuration. It needs a token.
func (c *Client) AutopilotConfig(ctx context.Context) (AutopilotConfig, error) {
	return ask(ctx, c, call{path: "sys/storage/raft/autopilot/configuration", token: true}, decodeAutopilotConfig)
}

func decodeAutopilotConfig(body []byte) (AutopilotConfig, error) {
	w, err := decodeData[wireAutopilotConfig](body)
	if err != nil {
		return AutopilotConfig{}, err
	}
	a := AutopilotConfig{CleanupDead: w.CleanupDead, MaxTrailing: w.Trailing, MinQuorum: w.MinQuorum}
	if a.DeadThreshold, err = parseSpan(w.Dead); err != nil {
		return AutopilotConfig{}, err
	}
	if a.ContactThreshold, err = parseSpan(w.Contact); err != nil {
		return AutopilotConfig{}, err
	}
	if a.StabilizationTime, err = parseSpan(w.Stabilization); err != nil {
		return AutopilotConfig{}, err
	}
	return a, nil
}
