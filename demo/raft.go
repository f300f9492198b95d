package demo

import (
	"math"
	"time"
)

// raft is the consensus that the nodes hold: who leads, in which term, over which log.
type raft struct {
	term     uint64
	leader   *node     // nil while there is none
	since    time.Time // of the present leader, or of the lack of one
	peers    []*peer
	log      journal
	election int // counts changes, so that a timer set before one does nothing after it
	voting   bool
}

// peer is one server of the Raft configuration.
type peer struct {
	*node
	voter bool
	never bool // autopilot does not give it a vote
}

func (r *raft) peer(n *node) *peer {
	for _, p := range r.peers {
		if p.node == n {
			return p
		}
	}
	return nil
}

// quorum is how many of so many voters must agree.
func quorum(voters int) int { return voters/2 + 1 }

// canElect says whether enough voters take part for the cluster to have a leader.
func (r *raft) canElect() bool {
	voters, able := 0, 0
	for _, p := range r.peers {
		if !p.voter {
			continue
		}
		voters++
		if p.serves(r) {
			able++
		}
	}
	return voters > 0 && able >= quorum(voters)
}

// journal is the replicated log: an index that grows while there is a leader.
type journal struct {
	index float64
	at    time.Time
	rate  float64 // entries a second; 0 while nobody leads
}

func (j *journal) committed(at time.Time) uint64 {
	if at.Before(j.at) {
		return uint64(j.index)
	}
	return uint64(j.index + j.rate*at.Sub(j.at).Seconds())
}

// flow changes the rate from now on.
func (j *journal) flow(at time.Time, rate float64) {
	j.index += j.rate * at.Sub(j.at).Seconds()
	j.at, j.rate = at, rate
}

func (j *journal) add(entries float64) { j.index += entries }

// A follower that catches up reads so many entries a second; one that is too far behind is given a snapshot, which
// leaves it few to read.
const (
	catchUp        = 1500
	snapshotBeyond = 10_000
	snapshotLeaves = 500
)

// applied is the index that the node has reached.
func (c *Cluster) applied(n *node, at time.Time) uint64 {
	committed := c.raft.log.committed(at)
	if n == c.raft.leader {
		return committed
	}
	if !n.lost.IsZero() || n.outside {
		return min(n.frozen, committed)
	}
	missing := max(0, n.behind-catchUp*at.Sub(n.back).Seconds())
	if n.lag > 0 {
		step := at.UnixNano() / int64(3*time.Second)
		missing += n.lag * (0.7 + 0.6*c.dice.wander(n.id, step))
	}
	return uint64(math.Max(0, float64(committed)-missing))
}

// leave notes that the node takes no part any longer. Calling it again changes nothing.
func (c *Cluster) leave(n *node) {
	if n.lost.IsZero() {
		n.frozen = c.applied(n, c.at)
		n.lost = c.at
	}
}

// enter notes that the node takes part from now on, behind by what happened in its absence.
func (c *Cluster) enter(n *node) {
	if n.lost.IsZero() {
		return
	}
	committed := c.raft.log.committed(c.at)
	n.behind = float64(committed - min(n.frozen, committed))
	if n.behind > snapshotBeyond {
		n.behind = snapshotLeaves
	}
	n.back, n.lost = c.at, time.Time{}
	n.echoes, n.modes, n.follows = time.Time{}, time.Time{}, nil
	if c.raft.leader != nil && c.raft.leader != n {
		c.connect(n, 500*time.Millisecond)
	}
}

// connect has a standby begin its heartbeats to the active node, after a delay. A node that is no member any longer
// connects, and is never told how replication stands.
func (c *Cluster) connect(n *node, delay time.Duration) {
	n.follows = c.raft.leader
	n.echoes = c.at.Add(delay)
	if c.raft.peer(n) != nil {
		n.modes = n.echoes
	} else {
		n.modes = time.Time{}
	}
}

// participation is called after anything that changes who takes part. It settles who was healthy until now, and sets
// off what follows: a leader lost, a lease that runs out, an election.
func (c *Cluster) participation() {
	for _, n := range c.nodes {
		if n.process == up && !n.sealed && n.joined {
			c.enter(n)
		} else {
			c.leave(n)
		}
	}
	if l := c.raft.leader; l != nil && !l.serves(&c.raft) {
		c.loseLeader()
	}
	if c.raft.canElect() {
		if c.raft.leader == nil {
			c.callElection(c.timeout())
		}
		return
	}
	if c.raft.leader != nil {
		mark := c.raft.election
		c.after(leaseTimeout, func() {
			if c.raft.election == mark && !c.raft.canElect() {
				c.loseLeader()
			}
		})
	}
}

// timeout is how long the voters wait for a silent leader before they stand for election. One alone need not wait.
func (c *Cluster) timeout() time.Duration {
	if len(c.raft.peers) == 1 {
		return 100 * time.Millisecond
	}
	return time.Duration(c.dice.between(float64(5*time.Second), float64(10*time.Second)))
}
