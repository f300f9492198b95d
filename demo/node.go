package demo

import (
	"fmt"
	"time"
)

// process is what became of a node's server process.
type process int

const (
	up   process = iota
	hung         // accepts connections, never answers
	down         // refuses connections
)

// node is one server: what only it knows. What the cluster agrees on is in Cluster.
type node struct {
	id      string
	index   int
	api     string // https://127.0.0.1:8200
	cluster string // 127.0.0.1:9200, Raft's own address
	version string

	pipe     *pipeListener // under ListenPipe
	process  process
	recovery *recovery     // it was started with -recovery
	wake     chan struct{} // closed when a hang ends
	slow     time.Duration
	skew     time.Duration
	lose     int // how many answers will be lost after the act
	refuse   refusal

	joined   bool // has the cluster's storage, so knows that it is initialised
	sealed   bool
	removed  bool // has learnt that it was removed from the cluster
	nonVoter bool // joins for good without a vote
	outside  bool // was taken out of the Raft configuration, whether it knows or not
	unseal   unsealing
	shown    shape // threshold and number of the shares that it reports: a standby's may be old

	follows  *node     // whom it takes for the active node; a dead one until there is another
	echoes   time.Time // when it began to send heartbeats to the present active node; zero: it has not
	lost     time.Time // since when it takes no part in Raft; zero: it does
	modes    time.Time // from when on it knows the replication modes
	holdoff  time.Time // until when it does not stand for election
	frozen   uint64    // last index that it holds while it takes no part
	behind   float64   // entries to catch up with at back
	back     time.Time
	lag      float64 // entries that it stays behind
	backends []backendView
	rotation [ceremonyKinds]*rekey // OpenBao keeps a rotation on the node that was asked
	attempt  *rootAttempt          // of when it led: OpenBao has it again once the node leads again
}

func newNode(c *Cluster, i int) *node {
	e := c.product.era()
	n := &node{
		id:      fmt.Sprintf("%s-%d", e.nodes, i+1),
		index:   i,
		version: e.version,
		sealed:  true,
		wake:    make(chan struct{}),
		lost:    c.at,
	}
	if c.plan.enterprise {
		n.version += e.suffix
	}
	n.api = fmt.Sprintf("http://%s.demo:8200", n.id)
	n.cluster = n.id + ".demo:8201"
	return n
}

// serves says whether the node takes part in Raft: running, unsealed and a member.
// leads says whether the node is the active one.
func (c *Cluster) leads(n *node) bool { return c.raft.leader == n }

func (n *node) serves(r *raft) bool {
	return n.process == up && !n.sealed && n.joined && r.peer(n) != nil
}

const (
	// The recorded standbys were never silent for longer than three seconds and a half.
	echoInterval = 3 * time.Second
	echoLateness = 400 * time.Millisecond
	echoNoticed  = 100 * time.Millisecond

	echoHealthy     = 10 * time.Second // a heartbeat older than this is an unhealthy connection
	echoRemembered  = 15 * time.Second // a node that was silent for longer is left out of ha-status
	leaseTimeout    = 2500 * time.Millisecond
	stepDownHoldoff = 10 * time.Second
)

// lastEcho is the node's latest heartbeat to the active node that has been noticed at an instant; zero if there was
// none. Each but the first comes a little late.
func (c *Cluster) lastEcho(n *node, at time.Time) time.Time {
	if n.echoes.IsZero() {
		return time.Time{}
	}
	if !n.lost.IsZero() && n.lost.Before(at) {
		at = n.lost
	}
	at = at.Add(-echoNoticed)
	for count := int64(at.Sub(n.echoes) / echoInterval); count > 0; count-- {
		late := time.Duration(c.dice.wander(n.id, n.echoes.Unix()+count) * float64(echoLateness))
		if echo := n.echoes.Add(time.Duration(count)*echoInterval + late); !echo.After(at) {
			return echo
		}
	}
	return n.echoes
}
