// Package rules judges a cluster: findings are a pure function of a snapshot.
//
// Its rules: a finding says what is, what follows from it, and what to do; it rests on fresh answers and names the node; what
// could not be seen is never taken for healthy, and what is merely old is said by the panes and not judged here.
package rules

import (
	"cmp"
	"slices"
	"time"

	"warder/vault"
)

// Severity ranks findings.
type Severity int

// The severities. A notice leaves the cluster healthy.
const (
	Notice Severity = iota
	Degraded
	Critical
)

// Finding is one judgement.
type Finding struct {
	Rule     string // the rule's name, which stays the same
	Severity Severity
	Node     string // whom it concerns; "" for the cluster
	What     string // what is: the shortest true sentence
	Follows  string // what follows from it
	Do       string // what to do next
	Command  string // the exact line to type, where there is one
}

// Scene is what rules look at: a snapshot, the moment, and what several rules would compute again.
type Scene struct {
	vault.Snapshot
	Now     time.Time
	Members []vault.Member
}

// Rule is one judgement's maker.
type Rule func(Scene) []Finding

// all holds every rule. The order is that of findings of one severity.
var all = []Rule{
	noAnswer, everySealed, noActive, twoActive, tolerance, sealed, unreachable, peers,
	backends, certificates, token, versions, rewrap, noToken, balanced,
}

// NewScene sets the scene of a snapshot.
func NewScene(s vault.Snapshot, now time.Time) Scene {
	return Scene{Snapshot: s, Now: now, Members: s.Members()}
}

// Judge gives the findings, the worst first.
func (s Scene) Judge() []Finding {
	var out []Finding
	for _, rule := range all {
		out = append(out, rule(s)...)
	}
	slices.SortStableFunc(out, func(a, b Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	return out
}

// cli is the vendor's command for the cluster, with the address of the node.
func (s Scene) cli(n *vault.Node, args string) string {
	if n == nil {
		return ""
	}
	bin := "vault"
	if n.Product() == vault.OpenBao {
		bin = "bao"
	}
	return bin + " " + args + " -address=" + n.Address
}

// count counts the members of which f is true.
func (s Scene) count(f func(vault.Member) bool) int {
	c := 0
	for _, m := range s.Members {
		if f(m) {
			c++
		}
	}
	return c
}

// is says whether a member was asked and is in one of the states.
func is(m vault.Member, states ...vault.State) bool {
	return m.Node != nil && slices.Contains(states, m.Node.State())
}
