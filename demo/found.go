package demo

import "time"

// found makes the cluster as the plan has it before the timetable begins: not yet initialised, sealed, or running for
// days.
func (c *Cluster) found() error {
	c.autopilot.settings = defaultSettings()
	c.autopilot.begin(c.at)
	c.seal.kind, c.seal.backends = c.plan.seal, c.plan.backends
	c.seal.wrapped = !c.seal.auto() || c.plan.enterprise
	for _, n := range c.nodes {
		c.watchSeals(n)
	}
	c.raft.since = c.at
	c.holdings = newHoldings("")
	if c.plan.start == fresh {
		return nil
	}
	custody, err := c.entrust(c.plan.shares)
	if err != nil {
		return err
	}
	c.initialised = true
	c.seal.custody = custody
	c.tokens.root = c.issueRoot().id
	index := c.dice.between(180_000, 220_000)
	c.keyring = newKeyring(c.history, uint64(index)-uint64(c.dice.between(20_000, 60_000)))
	c.raft.term = 3 + uint64(c.dice.between(0, 5))
	c.raft.log = journal{index: index, at: c.at}
	for i, n := range c.nodes {
		n.joined, n.shown, n.frozen = true, custody.shape, uint64(index)
		c.raft.peers = append(c.raft.peers, &peer{node: n, voter: i < c.plan.voters(), never: i >= c.plan.voters()})
	}
	c.furnish()
	if c.plan.start == running {
		c.opened()
	}
	return nil
}

// opened unseals every node and has one lead since the day on which the cluster was installed.
func (c *Cluster) opened() {
	for _, n := range c.nodes {
		n.sealed, n.lost, n.back = false, time.Time{}, c.at
	}
	leader := c.nodes[min(1, len(c.nodes)-1)]
	c.raft.leader, c.raft.since = leader, c.history
	c.raft.log.flow(c.at, c.plan.writes)
	for i, n := range c.nodes {
		n.modes, n.follows = c.history, leader
		stable := c.history
		if n != leader {
			n.echoes = c.history.Add(time.Duration(c.dice.between(0, float64(echoInterval))))
			stable = stable.Add(time.Duration(1+i) * 2 * autopilotTick)
		}
		c.autopilot.verdicts[n] = &verdict{healthy: true, since: stable}
	}
	c.autopilot.ticked = c.at.Add(-autopilotTick)
}
