package demo

import (
	"fmt"
	"net/http"
	"time"
)

// migration is a change of the seal, node by node: each is restarted with another seal stanza, and the first of these that
// leads writes the root key anew for the seal of its stanza.
//
// After the documentation: a recording shows none; a real OpenBao did the same.
type migration struct {
	from    string           // the seal of those that were not restarted; "" before anybody was
	stanzas map[*node]string // the seal of those that were
	waits   map[*node]bool   // those that were restarted with another seal than the stored one
}

type (
	// Restart ends a node's process and runs it again with another seal stanza.
	Restart struct{ Node, Seal string }
	// Roll restarts the next node with another seal stanza, as soon as those before are unsealed: the leader comes last, once it
	// has stepped down. It does nothing while there is nothing to do.
	Roll struct{ Seal string }
)

// kindOf is the seal that the node is configured for.
func (c *Cluster) kindOf(n *node) string {
	switch stanza, there := c.migration.stanzas[n]; {
	case there:
		return stanza
	case c.migration.from != "":
		return c.migration.from
	}
	return c.seal.kind
}

func (c *Cluster) automatic(n *node) bool { return c.kindOf(n) != shamirSeal }

// migrates says that the node waits for the migration, or for the leader to do it.
func (c *Cluster) migrates(n *node) bool {
	return c.migration.waits[n] && c.kindOf(n) != c.seal.kind
}

// opensItself says that the node's seal unseals it.
func (c *Cluster) opensItself(n *node) bool { return c.automatic(n) && !c.migrates(n) }

// misconfigured says that the node's stanza is that of a seal which is no more. Its process ends at once.
func (c *Cluster) misconfigured(n *node) bool {
	return c.migration.from != "" && c.kindOf(n) != c.seal.kind && !c.migrates(n)
}

const shamirSeal = "shamir"

// migratable refuses shares with the flag where nothing migrates, and shares without it where something does.
func (c *Cluster) migratable(n *node, flag bool) *answer {
	var no answer
	switch {
	case flag && !c.migration.waits[n]:
		no = refuse(http.StatusInternalServerError, "can't perform a seal migration, no migration seal found")
	case !flag && c.migrates(n):
		no = refuse(http.StatusInternalServerError, "migrate option not provided and seal migration is pending")
	default:
		return nil
	}
	return &no
}

// betweenSeals is what OpenBao's standbys answer once they are unsealed for a change that the leader has still to make.
func (c *Cluster) betweenSeals(n *node) *answer {
	if !c.product.bao() || !c.migrates(n) || n.sealed {
		return nil
	}
	expects := "expected"
	if c.automatic(n) {
		expects = "loaded"
	}
	no := refuse(http.StatusInternalServerError,
		fmt.Sprintf("barrier seal type of %q does not match %s type of %q", c.seal.kind, expects, c.kindOf(n)))
	return &no
}

// migrateSeal is done by a new leader that was restarted with another stanza: the shares stay, and are of the other kind from
// now on.
func (c *Cluster) migrateSeal(leader *node) {
	if c.migrates(leader) {
		c.seal.kind, c.seal.wrapped = c.kindOf(leader), c.plan.enterprise
		c.seal.backends = []string{c.seal.kind}
		c.raft.log.add(4)
	}
}

func (f Restart) apply(c *Cluster) error {
	if len(c.seal.backends) != 1 || f.Seal == "" {
		return fmt.Errorf("no migration from %v to %q", c.seal.backends, f.Seal)
	}
	n, err := c.node(f.Node)
	if err != nil {
		return err
	}
	if err := (Stop{n.id}).apply(c); err != nil {
		return err
	}
	if c.migration.from == "" {
		c.migration = migration{from: c.seal.kind, stanzas: map[*node]string{}, waits: map[*node]bool{}}
	}
	c.migration.stanzas[n], c.migration.waits[n] = f.Seal, f.Seal != c.seal.kind
	return Start{n.id}.apply(c)
}

func (f Roll) apply(c *Cluster) error {
	if c.raft.leader == nil {
		return nil
	}
	var next *node
	for _, n := range c.nodes {
		switch _, restarted := c.migration.stanzas[n]; {
		case restarted && (n.sealed || n.process != up):
			return nil
		case !restarted && n != c.raft.leader && next == nil:
			next = n
		}
	}
	if next == nil {
		return nil
	}
	return Restart{next.id, f.Seal}.apply(c)
}

// rollPause is how often whoever restarts the nodes looks whether the next may be.
const rollPause = 10 * time.Second

// migrating is the plan with a change of the seal under way.
func (p plan) migrating(to string) plan {
	p.timetable = append(p.timetable, entry{at: -3 * rollPause, every: rollPause, fault: Roll{to}})
	return p
}

// backendName is what the node calls one of its backends.
func (c *Cluster) backendName(n *node, i int) string {
	if c.migration.from != "" {
		return c.kindOf(n)
	}
	return c.seal.backends[i]
}
