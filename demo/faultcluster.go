package demo

import (
	"errors"
	"fmt"
)

func (f Break) apply(c *Cluster) error { return c.reach(f.Backend, f.Node, true, f.Noticed) }

func (f Mend) apply(c *Cluster) error { return c.reach(f.Backend, f.Node, false, f.Noticed) }

// reach cuts a backend off from nodes, or connects it again.
func (c *Cluster) reach(backend, id string, cut, noticed bool) error {
	found := false
	for _, n := range c.nodes {
		if id != "" && n.id != id {
			continue
		}
		for i := range n.backends {
			if c.seal.backends[i] != backend {
				continue
			}
			found = true
			n.backends[i].cut = cut
			if noticed && n.process == up {
				c.notice(n, i)
			}
		}
	}
	if !found {
		return fmt.Errorf("no seal backend %q on node %q", backend, id)
	}
	if cut && c.plan.enterprise {
		c.seal.wrapped = false
	}
	return nil
}

func (StartRewrap) apply(c *Cluster) error {
	if !c.plan.enterprise {
		return errors.New("this edition has no rewrap")
	}
	if !c.rewrap.running && c.raft.leader != nil {
		c.seal.wrapped = false
		c.startRewrap()
	}
	return nil
}

func (StallRewrap) apply(c *Cluster) error {
	if !c.rewrap.running {
		return errors.New("no rewrap runs")
	}
	c.rewrap.done, c.rewrap.stalled = float64(c.rewrap.processed(c.at)), true
	return nil
}

func (f NeglectKey) apply(c *Cluster) error {
	c.keyring.installed = c.at.Add(-f.Age)
	c.keyring.rotation.interval = f.Interval
	if c.history.After(c.keyring.installed) {
		c.history = c.keyring.installed
	}
	return nil
}

func (f StartRekey) apply(c *Cluster) error {
	kind := barrierRekey
	if c.seal.auto() {
		kind = recoveryRekey
	}
	if c.raft.leader == nil {
		return errors.New("no active node to rekey")
	}
	wanted := shape{f.Threshold, f.Shares}
	if err := wanted.check(); err != nil {
		return err
	}
	held := (&request{c: c, at: c.raft.leader}).slot(kind)
	if *held != nil {
		return errors.New("a rekey is in progress")
	}
	*held = c.startRekey(kind, wanted, nil, false, f.Verify)
	given := max(0, min(f.Given, c.seal.custody.threshold-1, len(c.seal.custody.shares)))
	(*held).given = append((*held).given, c.seal.custody.shares[:given]...)
	return nil
}

func (f Replicate) apply(c *Cluster) error {
	if c.plan.secondary != f.DRSecondary {
		c.ceremonies.lost()
	}
	c.plan.secondary, c.plan.performance = f.DRSecondary, f.PerformanceStandbys
	return nil
}

func (CancelCeremonies) apply(c *Cluster) error {
	c.ceremonies.lost()
	for _, n := range c.nodes {
		n.attempt = nil
	}
	c.eachRekey(func(held **rekey) { *held = nil })
	return nil
}
