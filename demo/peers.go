package demo

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

type raftServer struct {
	ID       string `json:"node_id"`
	Address  string `json:"address"`
	Leader   bool   `json:"leader"`
	Protocol string `json:"protocol_version"`
	Voter    bool   `json:"voter"`
}

func getRaftConfiguration(q *request) answer {
	q.c.settleAutopilot()
	servers := []raftServer{}
	for _, p := range q.c.raft.peers {
		servers = append(servers, raftServer{p.id, p.cluster, p.node == q.at.follows, "3", p.voter})
	}
	return q.data(map[string]any{"config": map[string]any{"servers": servers, "index": 0}})
}

type autopilotState struct {
	Tolerance int                        `json:"failure_tolerance"`
	Healthy   bool                       `json:"healthy"`
	Leader    string                     `json:"leader"`
	Servers   map[string]autopilotServer `json:"servers"`
	Voters    []string                   `json:"voters"`
	NonVoters []string                   `json:"non_voters,omitempty"`
}

type autopilotServer struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Address     string    `json:"address"`
	NodeStatus  string    `json:"node_status"`
	LastContact string    `json:"last_contact"`
	LastTerm    uint64    `json:"last_term"`
	LastIndex   uint64    `json:"last_index"`
	Healthy     bool      `json:"healthy"`
	StableSince time.Time `json:"stable_since"`
	Status      string    `json:"status"`
	Version     string    `json:"version"`
	NodeType    string    `json:"node_type"`
}

func getAutopilotState(q *request) answer {
	c := q.c
	c.settleAutopilot()
	s := autopilotState{Healthy: true, Leader: c.raft.leader.id, Servers: map[string]autopilotServer{}, Voters: []string{}}
	voters, healthy := 0, 0
	for _, p := range c.raft.peers {
		server := c.autopilotServer(p)
		s.Servers[p.id] = server
		s.Healthy = s.Healthy && server.Healthy
		if !p.voter {
			s.NonVoters = append(s.NonVoters, p.id)
			continue
		}
		s.Voters = append(s.Voters, p.id)
		voters++
		if server.Healthy {
			healthy++
		}
	}
	slices.SortStableFunc(s.Voters, func(a, b string) int {
		return leaderFirst(s.Leader, a) - leaderFirst(s.Leader, b)
	})
	s.Tolerance = tolerance(voters, healthy)
	return q.data(s)
}

func leaderFirst(leader, id string) int {
	if id == leader {
		return 0
	}
	return 1
}

func (c *Cluster) autopilotServer(p *peer) autopilotServer {
	v := c.autopilot.verdicts[p.node]
	if v == nil {
		v = c.observe(p.node, c.autopilot.ticked)
	}
	s := autopilotServer{
		ID: p.id, Name: p.id, Address: p.cluster, NodeStatus: "alive", LastContact: v.contact.String(),
		LastTerm: c.raft.term, LastIndex: v.index, Healthy: v.healthy, StableSince: v.since.UTC(),
		Status: "voter", Version: baseVersion(p.version), NodeType: "voter",
	}
	if v.contact > c.autopilot.settings.deadLastContact {
		s.NodeStatus = "left"
	}
	switch {
	case c.leads(p.node):
		s.Status = "leader"
	case p.never:
		s.Status, s.NodeType = "non-voter", "read-replica"
	case !p.voter:
		s.Status = "non-voter"
	}
	return s
}

// baseVersion is a version without its edition, as autopilot compares them.
func baseVersion(version string) string {
	base, _, _ := strings.Cut(version, "+")
	return base
}

func getSettings(q *request) answer {
	s := q.c.autopilot.settings
	shown := map[string]any{
		"cleanup_dead_servers":               s.cleanup,
		"dead_server_last_contact_threshold": s.deadLastContact.String(),
		"last_contact_threshold":             s.lastContact.String(),
		"max_trailing_logs":                  s.trailing,
		"min_quorum":                         s.minQuorum,
		"server_stabilization_time":          s.stabilisation.String(),
	}
	if !q.c.product.bao() {
		shown["disable_upgrade_migration"] = s.noUpgrades
	}
	return q.data(shown)
}

func putSettings(q *request) answer {
	in := struct {
		Cleanup         *bool    `json:"cleanup_dead_servers"`
		DeadLastContact *seconds `json:"dead_server_last_contact_threshold"`
		LastContact     *seconds `json:"last_contact_threshold"`
		Trailing        *number  `json:"max_trailing_logs"`
		MinQuorum       *number  `json:"min_quorum"`
		Stabilisation   *seconds `json:"server_stabilization_time"`
		NoUpgrades      *bool    `json:"disable_upgrade_migration"`
	}{}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	q.c.settleAutopilot()
	s := q.c.autopilot.settings
	set(&s.cleanup, in.Cleanup)
	set(&s.noUpgrades, in.NoUpgrades)
	set((*seconds)(&s.deadLastContact), in.DeadLastContact)
	set((*seconds)(&s.lastContact), in.LastContact)
	set((*seconds)(&s.stabilisation), in.Stabilisation)
	if in.Trailing != nil {
		s.trailing = uint64(max(0, *in.Trailing))
	}
	if in.MinQuorum != nil {
		s.minQuorum = int(*in.MinQuorum)
	}
	if s.cleanup && s.minQuorum < 3 {
		return refuse(http.StatusBadRequest,
			fmt.Sprintf("min_quorum must be set when cleanup_dead_servers is set and it should at least be 3; "+
				"cleanup_dead_servers: %t, min_quorum: %#x", s.cleanup, s.minQuorum))
	}
	q.c.autopilot.settings = s
	return noContent()
}

// set overwrites what the request names.
func set[T any](field *T, given *T) {
	if given != nil {
		*field = *given
	}
}
