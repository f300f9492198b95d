package demo

import "time"

// autopilot is the leader's judgement of the peers, made anew every two seconds. It is worked out when somebody asks or
// something changes, tick by tick as the leader would have made it.
type autopilot struct {
	settings settings
	verdicts map[*node]*verdict
	ticked   time.Time
}

// settings is the autopilot configuration.
type settings struct {
	cleanup         bool
	lastContact     time.Duration
	deadLastContact time.Duration
	trailing        uint64
	minQuorum       int
	stabilisation   time.Duration
	noUpgrades      bool
}

func defaultSettings() settings {
	return settings{
		lastContact:     10 * time.Second,
		deadLastContact: 24 * time.Hour,
		trailing:        1000,
		stabilisation:   10 * time.Second,
	}
}

// verdict is what autopilot holds of one server at the last tick.
type verdict struct {
	healthy bool
	since   time.Time // since when it has been stable
	contact time.Duration
	index   uint64
}

const (
	autopilotTick  = 2 * time.Second
	autopilotTicks = 32 // after so many nothing changes any more that time alone can change
)

// begin forgets what the leader before had seen.
func (a *autopilot) begin(at time.Time) {
	a.verdicts = map[*node]*verdict{}
	a.ticked = time.Time{}
}

// settleAutopilot brings autopilot to its latest tick before the present.
func (c *Cluster) settleAutopilot() {
	if c.raft.leader == nil {
		return
	}
	last := c.at.Add(-(c.at.Sub(c.raft.since) % autopilotTick))
	next := c.autopilot.ticked.Add(autopilotTick)
	if c.autopilot.ticked.IsZero() {
		next = c.raft.since
	}
	if skip := last.Add(-autopilotTicks * autopilotTick); skip.After(next) {
		next = skip
	}
	for ; !next.After(last); next = next.Add(autopilotTick) {
		c.tick(next)
	}
}

func (c *Cluster) tick(at time.Time) {
	c.autopilot.ticked = at
	for _, p := range c.raft.peers {
		v := c.observe(p.node, at)
		c.autopilot.verdicts[p.node] = v
		if !p.voter && !p.never && v.healthy && at.Sub(v.since) >= c.autopilot.settings.stabilisation {
			p.voter = true
		}
	}
	if c.autopilot.settings.cleanup {
		c.cleanUp()
	}
}

// observe judges one server at one tick. Becoming healthy restarts its stable time; becoming unhealthy leaves it.
func (c *Cluster) observe(n *node, at time.Time) *verdict {
	v := &verdict{contact: c.contact(n, at), index: c.applied(n, at)}
	if n != c.raft.leader {
		v.index = c.applied(n, at.Add(-v.contact))
	}
	v.healthy = judge(c.autopilot.settings, v.contact, v.index, c.raft.log.committed(at))
	v.since = at
	if before := c.autopilot.verdicts[n]; before != nil && (before.healthy || !v.healthy) {
		v.since = before.since
	}
	return v
}

// contact is how long ago the leader last heard of a server; of one that never spoke to it, since it began to lead.
func (c *Cluster) contact(n *node, at time.Time) time.Duration {
	if n == c.raft.leader {
		return 0
	}
	echo := c.lastEcho(n, at)
	if echo.Before(c.raft.since) {
		echo = c.raft.since
	}
	return max(0, at.Sub(echo))
}

// judge applies the server's own thresholds.
func judge(s settings, contact time.Duration, index, leader uint64) bool {
	return contact <= s.lastContact && index+s.trailing >= leader
}

// tolerance is how many more voters may be lost: the healthy ones beyond the quorum.
func tolerance(voters, healthy int) int { return max(0, healthy-quorum(voters)) }

// cleanUp removes servers that have been dead for too long, as far as the minimum allows.
//
// After the documentation: in the recordings nobody was dead for long enough.
func (c *Cluster) cleanUp() {
	s := c.autopilot.settings
	for _, p := range append([]*peer(nil), c.raft.peers...) {
		if c.autopilot.verdicts[p.node].contact > s.deadLastContact && len(c.raft.peers) > max(3, s.minQuorum) {
			c.unpeer(p.node)
		}
	}
}

// unpeer takes a server out of the Raft configuration.
func (c *Cluster) unpeer(n *node) {
	for i, p := range c.raft.peers {
		if p.node == n {
			c.raft.peers = append(c.raft.peers[:i:i], c.raft.peers[i+1:]...)
			delete(c.autopilot.verdicts, n)
			return
		}
	}
}
