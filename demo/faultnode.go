package demo

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// withNode finds the node and does something to it that may change who takes part.
func (c *Cluster) withNode(id string, do func(*node)) error {
	n, err := c.node(id)
	if err != nil {
		return err
	}
	c.settleAutopilot()
	do(n)
	c.participation()
	return nil
}

func (f Stop) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) { c.halt(n) })
}

func (f Start) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) {
		if n.process != down || c.misconfigured(n) || c.opensItself(n) && n.joined && !n.reachesSeal() {
			return
		}
		n.process, n.shown = up, c.seal.custody.shape
		c.doors.open(n)
		for i := range n.backends {
			n.backends[i].healthy, n.backends[i].since = true, time.Time{}
			c.notice(n, i)
		}
		if c.opensItself(n) && n.joined {
			c.join(n)
		}
	})
}

func (f Hang) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) {
		if n.process == up {
			n.process, n.wake = hung, make(chan struct{})
		}
	})
}

func (f Unhang) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) {
		if n.process == hung {
			n.process = up
			close(n.wake)
		}
	})
}

// halt ends a node's process: what it had in memory is gone, and its listener with it.
func (c *Cluster) halt(n *node) {
	if n.process == down {
		return
	}
	if n.process == hung {
		close(n.wake)
	}
	n.process, n.sealed, n.unseal, n.follows = down, true, unsealing{}, nil
	n.rotation, n.attempt = [ceremonyKinds]*rekey{}, nil
	n.modes, n.recovery = time.Time{}, nil
	c.doors.close(n)
}

func (f Slow) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) { n.slow = f.By })
}

func (f Seal) apply(c *Cluster) error {
	n, err := c.node(f.Node)
	if err == nil && !n.sealed {
		c.sealNode(n)
	}
	return err
}

func (f Unseal) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) {
		if n.sealed && n.joined && n.process == up && n.recovery == nil && !n.removed {
			c.open(n)
		}
	})
}

func (StepDown) apply(c *Cluster) error {
	c.stepDown()
	return nil
}

func (f Remove) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) { c.removePeer(n) })
}

func (f Rejoin) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) {
		if c.initialised && c.raft.peer(n) == nil {
			n.removed, n.outside, n.sealed, n.frozen = false, false, true, 0
			c.join(n)
		}
	})
}

func (f Lag) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) { n.lag = float64(max(0, f.Entries)) })
}

func (f Skew) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) { n.skew = f.By })
}

func (f Upgrade) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) { n.version = f.Version })
}

func (f Downgrade) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) {
		n.version = c.product.era().before + strings.TrimPrefix(n.version, baseVersion(n.version))
		// Another version takes a restart, from which on autopilot counts its stable time.
		if c.settleAutopilot(); c.raft.leader != nil {
			delete(c.autopilot.verdicts, n)
			c.autopilot.verdicts[n] = c.observe(n, c.at)
		}
	})
}

func (f Demote) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) {
		if p := c.raft.peer(n); p != nil && !c.leads(n) {
			p.voter = false
			delete(c.autopilot.verdicts, n)
		}
	})
}

func (f LoseReplies) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) { n.lose = f.Count })
}

func (f Refuse) apply(c *Cluster) error {
	if f.Status != 0 && http.StatusText(f.Status) == "" {
		return fmt.Errorf("no HTTP status %d", f.Status)
	}
	return c.withNode(f.Node, func(n *node) { n.refuse = refusal{f.Status, f.Text} })
}

// removePeer takes a node out of the configuration. A running Vault node learns of it and seals itself; one that was
// down learns of it minutes after it has come back.
func (c *Cluster) removePeer(n *node) {
	if c.raft.peer(n) == nil {
		return
	}
	led := c.leads(n)
	n.frozen = c.applied(n, c.at)
	n.outside = true
	c.unpeer(n)
	c.raft.log.add(1)
	if led {
		c.loseLeader()
	}
	c.learnRemoval(n)
}

// learnRemoval seals a node that runs and has been told that it is no member any longer. OpenBao's never are.
func (c *Cluster) learnRemoval(n *node) {
	if n.outside && n.process == up && !n.sealed && !c.product.bao() {
		n.removed, n.sealed = true, true
		c.leave(n)
	}
}

// removalNews is how long a node that came back outside the cluster goes on without noticing.
//
// After the documentation: a recording shows that it does so for six seconds at least.
const removalNews = 2 * time.Minute
