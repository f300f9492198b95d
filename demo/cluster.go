package demo

import (
	"crypto/rand"
	"fmt"
	"io"
	"sync"
	"time"

	"warder/keys"
)

// Options says which cluster to make. The zero value is the scenario seal-ha on Vault 1.21, on the machine's own clock
// and randomness.
type Options struct {
	Scenario string           // "" is seal-ha
	Product  Product          // whose server it speaks as
	TLS      bool             // serve HTTPS under a throwaway CA, one certificate per node
	Now      func() time.Time // nil: time.Now
	Random   io.Reader        // nil: crypto/rand; a seeded reader and clock make a scenario run the same twice
	Nodes    int              // 0: as many as the scenario has
}

// Cluster is a simulated cluster: its whole state, under one mutex. It has no goroutine of its own but those that
// accept and serve connections; each request first brings the state to the present.
type Cluster struct {
	mu sync.Mutex
	clock
	now     func() time.Time
	ticks   bool // the clock is the machine's
	dice    *dice
	product Product
	plan    plan

	id          string
	initialised bool
	nodes       []*node
	raft        raft
	autopilot   autopilot
	seal        seal
	migration   migration
	keyring     keyring
	rewrap      rewrap
	tokens      tokens
	ceremonies  ceremonies
	stores      []*store
	holdings    *holdings
	former      []custody // keys that were in force before, which a snapshot may be of
	watchers    map[*watcher]bool
	history     time.Time // when the cluster was first installed, days before the demo began

	entrance
}

// New makes a cluster and brings it to where its scenario begins. It serves nobody before Listen or ListenPipe.
func New(o Options) (*Cluster, error) {
	scenario, err := findScenario(o.Scenario)
	if err != nil {
		return nil, err
	}
	plan := scenario.plan.on(o.Product, o.Nodes)
	if o.Random == nil {
		o.Random = rand.Reader
	}
	ticks := o.Now == nil
	if ticks {
		o.Now = time.Now
	}
	c, err := build(o, plan)
	if err == nil {
		c.ticks = ticks
	}
	return c, err
}

// build starts the simulation as far back as the plan's timetable reaches, so that what began before the demo has its
// age, and then lets that past happen.
func build(o Options, p plan) (*Cluster, error) {
	dice, err := newDice(o.Random)
	if err != nil {
		return nil, err
	}
	present := o.Now()
	c := &Cluster{now: o.Now, dice: dice, product: o.Product, plan: p, id: dice.uuid()}
	c.at = present.Add(-p.past())
	c.history = present.Add(-73*time.Hour - time.Duration(dice.between(0, float64(time.Hour))))
	c.entrance.closed = make(chan struct{})
	for i := range p.nodes {
		c.nodes = append(c.nodes, newNode(c, i))
	}
	c.shelve(present)
	if err := c.found(); err != nil {
		return nil, fmt.Errorf("scenario: %w", err)
	}
	if p.tlsNeeded || o.TLS {
		if err := c.certify(present); err != nil {
			return nil, err
		}
	}
	for _, e := range p.timetable {
		c.schedule(present.Add(e.at), e)
	}
	c.advance(present)
	return c, nil
}

// Token is a root token, or nothing in the scenario that has none.
func (c *Cluster) Token() keys.Secret {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.plan.noToken {
		return keys.Secret{}
	}
	return duplicate(c.tokens.root)
}

// Shares are the shares that unseal the cluster, or the recovery shares where it unseals itself: raw bytes, the
// x-coordinate last. There are none before the cluster is initialised.
func (c *Cluster) Shares() []keys.Secret {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []keys.Secret
	for _, share := range c.seal.custody.shares {
		out = append(out, duplicate(share))
	}
	return out
}

// duplicate is a Secret of its own, which the caller may wipe.
func duplicate(s keys.Secret) keys.Secret {
	var own keys.Secret
	s.Use(func(b []byte) { own = keys.NewSecret(append([]byte(nil), b...)) })
	return own
}

// Nodes are the nodes' names, in the order of Addresses.
func (c *Cluster) Nodes() []string {
	var out []string
	for _, n := range c.nodes {
		out = append(out, n.id)
	}
	return out
}

// node finds a node by its name.
func (c *Cluster) node(id string) (*node, error) {
	for _, n := range c.nodes {
		if n.id == id {
			return n, nil
		}
	}
	return nil, fmt.Errorf("no node %q in this cluster", id)
}

// name is what the cluster calls itself once it has been initialised.
func (c *Cluster) name() string { return "demo" }
