package demo

import (
	"fmt"
	"net/http"
	"time"
)

// Fault is something that happens to the cluster: one of the structs of this package, and no other. Each is applied at
// the present instant by Apply, by a scenario's timetable, or by a POST to the control address.
type Fault interface {
	apply(*Cluster) error
}

// Apply lets a fault happen now.
func (c *Cluster) Apply(f Fault) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.advance(c.now())
	return f.apply(c)
}

type (
	// Stop ends a node's process: it refuses connections.
	Stop struct{ Node string }
	// Start runs a stopped node again: sealed under Shamir; under auto-unseal it unseals itself, or, when no seal
	// backend can be reached, its process ends at once.
	Start struct{ Node string }
	// Hang lets a node accept connections and answer nothing.
	Hang struct{ Node string }
	// Unhang lets it answer again, also what it was asked meanwhile.
	Unhang struct{ Node string }
	// Slow delays every answer of a node; 0 ends that.
	Slow struct {
		Node string
		By   time.Duration
	}
	// Seal seals a node.
	Seal struct{ Node string }
	// Unseal opens a node as if its custodians had come.
	Unseal struct{ Node string }
	// StepDown has the leader hand over.
	StepDown struct{}
	// Remove takes a node out of the Raft configuration. Vault's node learns of it if it runs.
	Remove struct{ Node string }
	// Rejoin lets a removed node in again, its storage wiped.
	Rejoin struct{ Node string }
	// Lag holds a node's log so many entries behind.
	Lag struct {
		Node    string
		Entries int
	}
	// Skew sets a node's clock off.
	Skew struct {
		Node string
		By   time.Duration
	}
	// Upgrade gives a node another version.
	Upgrade struct{ Node, Version string }
	// Demote takes a node's vote; autopilot gives it back once the node has been stable for long enough.
	Demote struct{ Node string }
	// LoseReplies has a node act on so many writes and break the connection instead of answering.
	LoseReplies struct {
		Node  string
		Count int
	}
	// Refuse has a node answer everything but sys/health with this status; 0 ends that.
	Refuse struct {
		Node   string
		Status int
		Text   string
	}
	// Break makes a seal backend unreachable from a node, or from all when Node is empty. The servers notice at
	// their next test, unless Noticed says that they were just using it.
	Break struct {
		Backend, Node string
		Noticed       bool
	}
	// Mend makes it reachable again.
	Mend struct {
		Backend, Node string
		Noticed       bool
	}
	// StartRewrap starts a rewrap, or does nothing while one runs.
	StartRewrap struct{}
)

type refusal struct {
	status int
	text   string
}

func (r refusal) answer() *answer {
	if r.status == 0 {
		return nil
	}
	return refused(refuse(r.status, r.text))
}

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
		if n.process != down || c.seal.auto() && n.joined && !n.reachesSeal() {
			return
		}
		n.process = up
		c.doors.open(n)
		for i := range n.backends {
			n.backends[i].healthy, n.backends[i].since = true, time.Time{}
			n.notice(i, c.at)
		}
		if c.seal.auto() && n.joined {
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
	n.process, n.sealed, n.unseal = down, true, unsealing{}
	n.rotation = [ceremonyKinds]*rekey{}
	n.modes = time.Time{}
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
		if n.sealed && n.joined && n.process == up && !n.removed {
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
		if c.raft.peer(n) == nil {
			n.removed, n.told, n.sealed, n.frozen = false, false, true, 0
			c.join(n)
		}
	})
}

func (f Lag) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) { n.lag = float64(f.Entries) })
}

func (f Skew) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) { n.skew = f.By })
}

func (f Upgrade) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) { n.version = f.Version })
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
				n.notice(i, c.at)
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
	if !c.rewrap.running && c.raft.leader != nil {
		c.startRewrap()
	}
	return nil
}

// removePeer takes a node out of the configuration. A running Vault node learns of it and seals itself; one that was
// down learns of it minutes after it has come back.
func (c *Cluster) removePeer(n *node) {
	if c.raft.peer(n) == nil {
		return
	}
	led := c.leads(n)
	c.unpeer(n)
	c.raft.log.add(1)
	n.told = true
	if led {
		c.loseLeader()
	}
	if n.process == up && !n.sealed && !c.product.bao() {
		n.removed, n.sealed = true, true
	}
}
