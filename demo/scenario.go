package demo

import (
	"fmt"
	"strings"
	"time"
)

// Scenario is a named situation of an on-call life.
type Scenario struct {
	Name     string
	Sentence string
	plan     plan
}

// start is what became of the cluster before the timetable begins.
type start int

const (
	running start = iota
	sealed        // initialised, every node sealed
	fresh         // never initialised
)

// plan is a scenario without its name: the cluster, and what happens to it when.
type plan struct {
	nodes      int
	nonVoters  int
	start      start
	seal       string
	backends   []string
	shares     shape
	enterprise bool

	performance bool // standbys are performance standbys
	secondary   bool // the cluster is a DR secondary
	writes      float64

	entries           float64 // to rewrap
	rewrapRate        float64
	rewrapFailing     int // one entry in so many
	rewrapFailingRuns int

	retryJoin bool // fresh nodes look for the cluster by themselves
	noToken   bool
	rival     bool // somebody else cancels every ceremony
	unaudited bool // no audit device
	many      int  // leases below one prefix, and half as many policies
	tlsNeeded bool
	tlsDays   []int  // left to each node's certificate; 41 beyond the list
	misnamed  int    // the node, counted from 1, whose certificate is for another name; 0: none
	store     string // the status of a key store beside the cluster; "": there is none
	timetable []entry
}

// entry is a line of a timetable: a fault at an instant before or after the demo begins, once or again and again.
type entry struct {
	at    time.Duration
	every time.Duration // 0: once
	fault Fault
}

func (p plan) voters() int { return p.nodes - p.nonVoters }

// past is how far back the simulation must begin.
func (p plan) past() time.Duration {
	past := 15 * time.Minute
	for _, e := range p.timetable {
		past = max(past, time.Minute-e.at)
	}
	return past
}

// on fits a plan to a product and a number of nodes. OpenBao has one seal, no enterprise edition and other node names.
func (p plan) on(product Product, nodes int) plan {
	if nodes > 0 {
		p.nodes = nodes
	}
	if product.bao() {
		p.enterprise = false
		if len(p.backends) > 1 {
			p.seal, p.backends = "awskms", []string{"awskms"}
		}
	}
	return p
}

// schedule puts an entry into the simulation. A fault that does not apply, since its node or backend is not in this
// cluster, does not happen.
func (c *Cluster) schedule(at time.Time, e entry) {
	c.after(at.Sub(c.at), func() {
		_ = c.renamed(e.fault).apply(c)
		if e.every > 0 {
			c.schedule(at.Add(e.every), e)
		}
	})
}

func findScenario(name string) (Scenario, error) {
	if name == "" {
		name = scenarios[0].Name
	}
	var names []string
	for _, s := range scenarios {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
	}
	return Scenario{}, fmt.Errorf("unknown scenario %q: want one of %s", name, strings.Join(names, ", "))
}

// Scenarios lists all, the default first.
func Scenarios() []Scenario { return append([]Scenario(nil), scenarios...) }

// healthyPlan is what most scenarios begin from: three nodes under Shamir 3 of 5, and nothing wrong.
func healthyPlan(timetable ...entry) plan {
	return plan{
		nodes: 3, start: running, seal: "shamir", backends: []string{"shamir"}, shares: shape{3, 5}, writes: 0.4,
		timetable: timetable,
	}
}

// sealHAPlan is an enterprise cluster with two seal backends.
func sealHAPlan(timetable ...entry) plan {
	return plan{
		nodes: 3, seal: "multiseal", backends: []string{"awskms-eu", "awskms-us"}, shares: shape{3, 5},
		enterprise: true, writes: 8,
		entries: 96_000, rewrapRate: 210, rewrapFailing: 1700, rewrapFailingRuns: 1,
		timetable: timetable,
	}
}

// begun is the plan with another beginning. Fresh nodes but the first look for the cluster by themselves.
func (p plan) begun(s start) plan {
	p.start, p.retryJoin = s, true
	return p
}

// told is the plan where fresh nodes join only when they are told to.
func (p plan) told() plan {
	p.retryJoin = false
	return p
}

// certified is the plan over TLS, with certificates that are valid for so many days more, node by node.
func (p plan) certified(days ...int) plan {
	p.tlsNeeded, p.tlsDays = true, days
	return p
}

// misnaming is the plan over TLS, with a node whose certificate is for another name.
func (p plan) misnaming(node int) plan {
	p.tlsNeeded, p.misnamed = true, node
	return p
}

func (p plan) sized(nodes int) plan {
	p.nodes = nodes
	return p
}

func (p plan) unsealedBy(backend string) plan {
	p.seal, p.backends = backend, []string{backend}
	return p
}

// unwritten is the plan without an audit device.
func (p plan) unwritten() plan {
	p.unaudited = true
	return p
}

// crowded is the plan with so many leases, and half as many policies.
func (p plan) crowded(leases int) plan {
	p.many = leases
	return p
}

func (p plan) contested() plan {
	p.rival = true
	return p
}

func (p plan) tokenless() plan {
	p.noToken = true
	return p
}
