package demo

import (
	"net/http"
	"strings"
	"time"
)

// joinRequest is sys/storage/raft/join; certificates and auto-join are taken and not looked at.
type joinRequest struct {
	Leader   string `json:"leader_api_addr"`
	AutoJoin string `json:"auto_join"`
	NonVoter bool   `json:"non_voter"`
	Retry    bool   `json:"retry"`
}

type joinAnswer struct {
	Joined bool `json:"joined"`
}

// putJoin gives an uninitialised node the cluster's storage, if the address is a member's that can let it in.
//
// After the documentation: the words of the refusal.
func putJoin(q *request) answer {
	var in joinRequest
	if bad := q.decodeLeniently(&in); bad != nil {
		return *bad
	}
	n := q.asked
	if n.joined {
		return reply(joinAnswer{true})
	}
	if in.Leader == "" && in.AutoJoin == "" {
		return refuse(http.StatusBadRequest, "either leader_api_addr or auto_join must be provided")
	}
	if q.c.memberAt(in.Leader) == nil && in.AutoJoin == "" {
		return refuse(http.StatusInternalServerError, "failed to join raft cluster: failed to get raft challenge")
	}
	n.nonVoter = in.NonVoter
	q.c.join(n)
	return reply(joinAnswer{true})
}

// memberAt is the unsealed member with this API address, which can let others in while there is an active node.
func (c *Cluster) memberAt(address string) *node {
	for _, n := range c.nodes {
		if n.api == strings.TrimSuffix(address, "/") && n.serves(&c.raft) && c.raft.leader != nil {
			return n
		}
	}
	return nil
}

// joinLater has the nodes that look for a cluster by themselves find it, once it has an active node.
func (c *Cluster) joinLater() {
	if !c.plan.retryJoin {
		return
	}
	for _, n := range c.nodes {
		c.after(2*time.Second, func() {
			if !n.joined && n.process == up && c.raft.leader != nil {
				c.join(n)
			}
		})
	}
}

func putRemovePeer(q *request) answer {
	var in struct {
		ID string `json:"server_id"`
	}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	if in.ID == "" {
		return refuse(http.StatusBadRequest, "no server id provided")
	}
	c := q.c
	if n, err := c.node(in.ID); err == nil {
		c.settleAutopilot()
		c.removePeer(n)
		c.participation()
	}
	return noContent()
}

// putPeerVote makes a voter of a permanent non-voter, or the other way round.
//
// After the source of OpenBao: the words for an unknown server.
func putPeerVote(vote bool) func(*request) answer {
	return func(q *request) answer {
		var in struct {
			ID string `json:"server_id"`
		}
		if bad := q.decode(&in); bad != nil {
			return *bad
		}
		if in.ID == "" {
			return refuse(http.StatusBadRequest, "no server id provided")
		}
		n, err := q.c.node(in.ID)
		if err != nil || q.c.raft.peer(n) == nil {
			return refuse(http.StatusInternalServerError, "server not found in cluster configuration")
		}
		q.c.settleAutopilot()
		p := q.c.raft.peer(n)
		p.voter, p.never, n.nonVoter = vote, !vote, !vote
		q.c.participation()
		return noContent()
	}
}
