package vault

import (
	"context"
	"errors"
)

// RaftServer is one member of the Raft configuration.
type RaftServer struct {
	ID      string
	Address string // its cluster address
	Leader  bool
	Voter   bool
}

type wireRaft struct {
	Config *struct {
		Servers list[struct {
			ID      string `json:"node_id"`
			Address string `json:"address"`
			Leader  bool   `json:"leader"`
			Voter   bool   `json:"voter"`
		}] `json:"servers"`
	} `json:"config"`
}

// RaftConfiguration asks GET sys/storage/raft/configuration. It needs a token. OpenBao answers it even when the quorum is
// lost; elsewhere the active node has to be there.
func (c *Client) RaftConfiguration(ctx context.Context) ([]RaftServer, error) {
	return ask(ctx, c, call{path: "sys/storage/raft/configuration", token: true, limit: maxList}, decodeRaft)
}

func decodeRaft(body []byte) ([]RaftServer, error) {
	w, err := decodeData[wireRaft](body)
	if err != nil {
		return nil, err
	}
	if w.Config == nil {
		return nil, errors.New("config is missing")
	}
	servers := make([]RaftServer, len(w.Config.Servers))
	for i, s := range w.Config.Servers {
		servers[i] = RaftServer{ID: clean(s.ID), Address: clean(s.Address), Leader: s.Leader, Voter: s.Voter}
	}
	return servers, nil
}
