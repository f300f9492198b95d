package ui

import (
	"fmt"
	"slices"

	"warder/theme"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
)

// remove takes the peer out of the Raft configuration.
func (n nodeActs) remove() act {
	id := n.peerID()
	x := n.peerAct(act{
		name: "Remove from Raft", hint: "for good: to come back its storage has to be emptied",
		path: "sys/storage/raft/remove-peer", word: "remove " + id,
		follows: func(map[string]string) []views.Fact {
			return n.whatIf("what follows", rules.Removed)
		},
		line: func(map[string]string) string { return rules.Command(n.active, "operator raft remove-peer", id) },
		do:   func(map[string]string) error { return n.leading().RemovePeer(n.ctx, id) },
	}, func(peer *vault.RaftServer) (bool, string) { return peer == nil, "gone" })
	if x.refuse == "" && n.member.Raft.Leader {
		x.refuse = "it leads: have it step down first"
	}
	return x
}

// promote gives a non-voter a vote.
func (n nodeActs) promote() act {
	x := n.peerAct(act{
		name: "Promote to voter", hint: "it gets a vote",
		path: "sys/storage/raft/promote",
		follows: func(map[string]string) []views.Fact {
			return []views.Fact{views.Say("what follows", "It votes, and counts for the quorum: "+n.quorum(1)+".", theme.Plain)}
		},
		line: func(map[string]string) string { return rules.Command(n.active, "operator raft promote", n.peerID()) },
		do:   func(map[string]string) error { return n.leading().PromotePeer(n.ctx, n.peerID()) },
	}, func(peer *vault.RaftServer) (bool, string) { return peer != nil && peer.Voter, "voter" })
	if x.refuse == "" && n.member.Raft.Voter {
		x.refuse = "it votes"
	}
	return x
}

// demote takes a voter's vote.
func (n nodeActs) demote() act {
	x := n.peerAct(act{
		name: "Demote to non-voter", hint: "it keeps a copy of the data and loses its vote",
		path: "sys/storage/raft/demote", word: "demote " + n.peerID(),
		follows: func(map[string]string) []views.Fact {
			return []views.Fact{views.Say("what follows", "It votes no more and can never lead, until it is promoted: "+n.quorum(-1)+".", theme.Warn)}
		},
		line: func(map[string]string) string { return rules.Command(n.active, "operator raft demote", n.peerID()) },
		do:   func(map[string]string) error { return n.leading().DemotePeer(n.ctx, n.peerID()) },
	}, func(peer *vault.RaftServer) (bool, string) { return peer != nil && !peer.Voter, "non-voter" })
	switch {
	case x.refuse != "":
	case !n.member.Raft.Voter:
		x.refuse = "it has no vote"
	case n.member.Raft.Leader:
		x.refuse = "it leads: have it step down first"
	}
	return x
}

// peerAct completes an act on the Raft configuration, which the active node keeps and which is read back there.
func (n nodeActs) peerAct(x act, reached func(*vault.RaftServer) (done bool, as string)) act {
	x.needs = []string{"update"}
	x.prove = func(map[string]string) (bool, []views.Fact, error) {
		var servers []vault.RaftServer
		done, err := soon(n.ctx, func() (done bool, err error) {
			c, err := n.leader()
			if err != nil {
				return false, err
			}
			if servers, err = c.RaftConfiguration(n.ctx); err != nil {
				return false, err
			}
			done, _ = reached(find(servers, n.peerID()))
			return done, nil
		})
		if err != nil {
			return false, nil, err
		}
		now := "as it was"
		if done {
			_, now = reached(find(servers, n.peerID()))
		}
		return done, []views.Fact{views.Say(n.peerID(), now, theme.Plain), views.Say("peers", fmt.Sprint(len(servers)), theme.Plain)}, nil
	}
	switch {
	case n.member.Raft == nil:
		x.refuse = "it is not known to be in the Raft configuration"
	case n.active == nil:
		x.refuse = "there is not one active node to do it"
	}
	return x
}

func find(servers []vault.RaftServer, id string) *vault.RaftServer {
	if i := slices.IndexFunc(servers, func(s vault.RaftServer) bool { return s.ID == id }); i >= 0 {
		return &servers[i]
	}
	return nil
}

func (n nodeActs) peerID() string {
	if n.member.Raft == nil {
		return n.name
	}
	return n.member.Raft.ID
}

// leading is the client of the active node.
func (n nodeActs) leading() *vault.Client { return n.cluster.Client(n.active.Address, n.active.Learnt) }

// quorum says how many voters there will be, and how many of them have to take part.
func (n nodeActs) quorum(more int) string {
	voters := more
	for _, m := range n.scene.Members {
		if m.Raft != nil && m.Raft.Voter {
			voters++
		}
	}
	return fmt.Sprintf("%s then, of which %d have to take part", count(voters, "voter", "voters"), voters/2+1)
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
