package demo

import "time"

// loseLeader leaves the cluster without a leader. What only the leader remembered is gone, or out of reach.
func (c *Cluster) loseLeader() {
	c.settleAutopilot()
	old := c.raft.leader
	c.raft.leader, c.raft.since = nil, c.at
	c.raft.election++
	c.raft.voting = false
	c.raft.log.flow(c.at, 0)
	c.rewrap.interrupt()
	c.layAside(old)
	if old == nil {
		return
	}
	c.logAt(old, "warn", "core", "leadership lost, stopping active operation")
	old.follows = nil
	if old.lost.IsZero() {
		old.frozen, old.behind = c.raft.log.committed(c.at), 0
		old.echoes, old.modes = time.Time{}, time.Time{}
	}
}

// stepDown has the leader hand over, and stay out of the next election.
func (c *Cluster) stepDown() {
	old := c.raft.leader
	if old == nil {
		return
	}
	old.holdoff = c.at.Add(stepDownHoldoff)
	c.handOver()
}

// handOver has the leader give up its place in good order: everybody knows at once, and soon there is another.
func (c *Cluster) handOver() {
	c.loseLeader()
	for _, n := range c.nodes {
		n.follows = nil
	}
	c.callElection(time.Duration(c.dice.between(float64(300*time.Millisecond), float64(600*time.Millisecond))))
}

// callElection elects a leader after a delay, unless one was called already or things have changed by then.
func (c *Cluster) callElection(delay time.Duration) {
	if c.raft.voting {
		return
	}
	c.raft.voting = true
	c.raft.election++
	mark := c.raft.election
	c.after(delay, func() {
		if c.raft.election != mark {
			return
		}
		c.raft.voting = false
		if winner := c.candidate(); winner != nil {
			c.lead(winner)
		}
	})
}

// candidate is the voter with the longest log among those that take part, and of several the one that has done so for
// longest: one that has just stepped down only if there is no other.
func (c *Cluster) candidate() *node {
	if !c.raft.canElect() {
		return nil
	}
	var best *node
	for _, p := range c.raft.peers {
		if p.voter && p.serves(&c.raft) && (best == nil || c.better(p.node, best)) {
			best = p.node
		}
	}
	return best
}

func (c *Cluster) better(a, b *node) bool {
	if waitsA, waitsB := a.holdoff.After(c.at), b.holdoff.After(c.at); waitsA != waitsB {
		return waitsB
	}
	if indexA, indexB := c.applied(a, c.at), c.applied(b, c.at); indexA != indexB {
		return indexA > indexB
	}
	return a.back.Before(b.back)
}

// lead makes a node the leader. The others find it within half a second; one that led before needs longer.
func (c *Cluster) lead(n *node) {
	c.raft.term++
	c.raft.election++
	c.raft.leader, c.raft.since, n.follows = n, c.at, n
	c.logAt(n, "info", "core", "acquired lock, enabling active operation")
	c.raft.log.flow(c.at, c.plan.writes)
	c.raft.log.add(3)
	n.shown = c.seal.custody.shape
	c.migrateSeal(n)
	c.ceremonies.root, n.attempt = n.attempt, nil
	n.echoes, n.modes, n.behind = time.Time{}, c.at, 0
	for _, other := range c.nodes {
		if other == n || !other.lost.IsZero() {
			continue
		}
		delay := time.Duration(c.dice.between(float64(150*time.Millisecond), float64(350*time.Millisecond)))
		if other.holdoff.After(c.at) {
			delay = 1600 * time.Millisecond
		}
		c.connect(other, delay)
	}
	c.autopilot.begin(c.at)
	c.resumeRewrap()
	c.joinLater()
}
