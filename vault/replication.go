package vault

import (
	"context"
	"time"
)

// Replication is how clusters follow one another: for disaster recovery, and for performance.
type Replication struct {
	DR, Performance ReplicationSide
}

// ReplicationSide is this cluster's part in one of the two.
type ReplicationSide struct {
	Mode       string // disabled, primary, secondary; as the server says
	State      string // running on a primary; stream-wals on a secondary that follows; others, as the server says
	Connection string // of a secondary with its primary: ready where it is well
	Corrupted  bool   // the server found its Merkle tree corrupted
	Peers      []ReplicationPeer
}

// ReplicationPeer is a node of the other cluster.
type ReplicationPeer struct {
	Name      string // a secondary's id, or a primary's address
	Status    string // connected, disconnected
	Heartbeat time.Time
}

type wireReplication struct {
	Mode        string          `json:"mode"` // where there is no replication at all
	DR          wireReplicating `json:"dr"`
	Performance wireReplicating `json:"performance"`
}

type wireReplicating struct {
	Mode        string              `json:"mode"`
	State       string              `json:"state"`
	Connection  string              `json:"connection_state"`
	Corrupted   bool                `json:"corrupted_merkle_tree"`
	Primaries   list[wireOtherNode] `json:"primaries"`
	Secondaries list[wireOtherNode] `json:"secondaries"`
}

type wireOtherNode struct {
	ID        string `json:"node_id"`
	API       string `json:"api_address"`
	Status    string `json:"connection_status"`
	Heartbeat string `json:"last_heartbeat"`
}

// Replication asks GET sys/replication/status, which needs no token. Only Vault Enterprise replicates.
func (c *Client) Replication(ctx context.Context) (Replication, error) {
	return ask(ctx, c, call{path: "sys/replication/status"}, decodeReplication)
}

func decodeReplication(body []byte) (Replication, error) {
	w, err := decodeData[wireReplication](body)
	if err != nil {
		return Replication{}, err
	}
	var r Replication
	if r.DR, err = w.DR.side(w.Mode); err != nil {
		return Replication{}, err
	}
	if r.Performance, err = w.Performance.side(w.Mode); err != nil {
		return Replication{}, err
	}
	return r, nil
}

func (w wireReplicating) side(mode string) (ReplicationSide, error) {
	s := ReplicationSide{Mode: clean(w.Mode), State: clean(w.State), Connection: clean(w.Connection), Corrupted: w.Corrupted}
	if s.Mode == "" {
		s.Mode = clean(mode)
	}
	for _, n := range append(w.Primaries, w.Secondaries...) {
		p := ReplicationPeer{Name: clean(n.ID), Status: clean(n.Status)}
		if p.Name == "" {
			p.Name = clean(n.API)
		}
		var err error
		if p.Heartbeat, err = parseTime(n.Heartbeat); err != nil {
			return ReplicationSide{}, err
		}
		s.Peers = append(s.Peers, p)
	}
	return s, nil
}
