package vault

import (
	"slices"
	"strings"
	"time"
)

// maxLearnt bounds how many addresses servers can make us ask.
const maxLearnt = 1000

// Snapshot is all that is known of a cluster at one moment. It is a value: Merge gives a new one and leaves the old one be.
type Snapshot struct {
	Nodes []*Node // those given first, then those learnt, each group in the order of its coming
}

// NewSnapshot starts with the given addresses and nothing known of them.
func NewSnapshot(given ...string) Snapshot {
	var s Snapshot
	for _, a := range given {
		s.Nodes = append(s.Nodes, &Node{Address: a})
	}
	return s
}

// Merge lays readings over the snapshot, and learns the addresses that they name. An answer from an address that is no longer
// asked is dropped.
func (s Snapshot) Merge(readings ...*Node) Snapshot {
	next := Snapshot{Nodes: slices.Clone(s.Nodes)}
	at := make(map[string]int, len(s.Nodes))
	for i, n := range s.Nodes {
		at[n.Address] = i
	}
	var addresses []string
	for _, r := range readings {
		if i, ok := at[r.Address]; ok {
			next.Nodes[i] = mergeNode(next.Nodes[i], r)
			addresses = append(addresses, next.named(next.Nodes[i], r)...)
		}
	}
	next = next.learn(addresses)
	for _, r := range readings {
		next = next.joined(r)
	}
	return next.forget()
}

// joined notes which cluster address belongs to which API address, as a reading of ha-status says.
func (s Snapshot) joined(r *Node) Snapshot {
	if !r.HA.Fresh() {
		return s
	}
	byAPI := map[string]string{}
	for _, h := range r.HA.Value {
		if a, ok := learnable(h.Address); ok {
			byAPI[a] = h.ClusterAddress
		}
	}
	for i, n := range s.Nodes {
		c := byAPI[n.Address]
		if l := n.Leader; c == "" && l.Fresh() && l.Value.IsSelf {
			c = l.Value.ClusterAddress // the active node, asked under another name than its own
		}
		if c != "" && c != n.ClusterAddress {
			m := *n
			m.ClusterAddress = c
			s.Nodes[i] = &m
		}
	}
	return s
}

// named are the addresses that a reading names, without those of nodes that are asked under another name already.
func (s Snapshot) named(n *Node, r *Node) []string {
	var out []string
	if l := r.Leader; l.Fresh() && !l.Value.IsSelf {
		out = append(out, l.Value.Address)
	}
	if !r.HA.Fresh() {
		return out
	}
	given := map[string]bool{}
	for _, m := range s.Nodes {
		if m.ClusterAddress != "" && !m.Learnt && !m.Balanced() {
			given[m.ClusterAddress] = true
		}
	}
	for _, h := range r.HA.Value {
		if h.Active && n.Leader.Fresh() && n.Leader.Value.IsSelf || given[h.ClusterAddress] {
			continue
		}
		out = append(out, h.Address)
	}
	return out
}

// learn adds addresses that are not known yet. Only http and https are asked, and so many at most.
func (s Snapshot) learn(addresses []string) Snapshot {
	known := map[string]bool{}
	learnt := 0
	for _, n := range s.Nodes {
		known[n.Address] = true
		if n.Learnt {
			learnt++
		}
		if l := n.Leader; l.Fresh() && l.Value.IsSelf {
			if a, ok := learnable(l.Value.Address); ok {
				known[a] = true // the active node under its own name
			}
		}
	}
	for _, text := range addresses {
		a, ok := learnable(text)
		if !ok || known[a] || learnt >= maxLearnt {
			continue
		}
		known[a] = true
		learnt++
		s.Nodes = append(s.Nodes, &Node{Address: a, Learnt: true})
	}
	return s
}

func learnable(text string) (string, bool) {
	if !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
		return "", false
	}
	a, err := ParseAddress(text)
	return a, err == nil
}

// How often a learnt address that nobody names any more may fail to answer before it is forgotten: at once when the Raft
// configuration can be seen, for then it is known to be replaced, else after an hour or so, for it may just have died.
const (
	failuresIfReplaced = 2
	failuresIfUnknown  = 120
)

// forget drops learnt addresses that do not answer and that nobody names any more: a replaced node must not stay for ever.
func (s Snapshot) forget() Snapshot {
	ha, _ := s.HA()
	if !ha.Fresh() {
		return s
	}
	patience := failuresIfUnknown
	if raft, _ := s.Raft(); raft.Fresh() {
		patience = failuresIfReplaced
	}
	keep := map[string]bool{}
	for _, m := range s.Members() {
		if m.Node != nil && (m.HA != nil || m.Raft != nil) {
			keep[m.Node.Address] = true
		}
	}
	gone := func(n *Node) bool { return n.Learnt && n.Failures > patience && !keep[n.Address] }
	if slices.ContainsFunc(s.Nodes, gone) {
		s.Nodes = slices.DeleteFunc(slices.Clone(s.Nodes), gone)
	}
	return s
}

// Node finds a node by its address; nil when it is not known.
func (s Snapshot) Node(address string) *Node {
	for _, n := range s.Nodes {
		if n.Address == address {
			return n
		}
	}
	return nil
}

// Active are the nodes that say that they are active; a healthy cluster has one.
func (s Snapshot) Active() []*Node {
	var out []*Node
	for _, n := range s.Nodes {
		if n.State() == Active {
			out = append(out, n)
		}
	}
	return out
}

// At is the moment of the newest answer of any node; zero when there is none.
func (s Snapshot) At() time.Time {
	var at time.Time
	for _, n := range s.Nodes {
		for _, answered := range []time.Time{n.Health.At, n.Recovery.At} {
			if answered.After(at) {
				at = answered
			}
		}
	}
	return at
}
