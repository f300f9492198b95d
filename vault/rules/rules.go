// Package rules judges a cluster: findings are a pure function of a snapshot.
//
// Its rules: a finding says what is, what follows from it, and what to do; it rests on fresh answers and names the node; what
// could not be seen is never taken for healthy, and what is merely old is said by the panes and not judged here.
package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"warder/vault"
	"warder/vault/keystore"
	"warder/vault/timeline"
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
	Remedy   string // what helps in the console: the name of a binding, or ""
	Command  string // the exact line to type, where there is one
	Evidence []Evidence

	names []string // the nodes in whose trouble it consists, where it names several: see merged
}

// Evidence is one answer on which a finding rests.
type Evidence struct {
	Node   string
	Source string    // the endpoint, such as sys/health
	Says   string    // what the answer says, as shortly as can be
	At     time.Time // when it was had
}

// Past is what is known beside the snapshot. The zero value knows nothing.
type Past struct {
	History *timeline.History
	Stores  []keystore.Reading
}

// Scene is what rules look at: a snapshot, the moment, and what several rules would compute again.
type Scene struct {
	vault.Snapshot
	Past
	Now     time.Time
	Members []vault.Member

	seen *seen
}

// Rule is one judgement's maker.
type Rule func(Scene) []Finding

// all holds every rule. The order is that of findings of one severity.
var all = []Rule{
	noAnswer, recoveryMode, everySealed, noActive, twoActive, otherCluster, sealed, unreachable, untrusted, deadVoters, tolerance, flapping,
	contradictions, outside, peers, clocks, slow, backends, keyStores, replication, certificates, stuck, ceremonies, rewrap, rotation,
	migration, versions, noToken, token, permission, unaddressed, evenVoters, unwrapped, balanced, audit, rootToken, openDoors,
}

// NewScene sets the scene of a snapshot.
func NewScene(s vault.Snapshot, now time.Time, past Past) Scene {
	scene := Scene{Snapshot: s, Past: past, Now: now, Members: s.Members()}
	scene.seen = look(s, scene.Members)
	return scene
}

// Judge gives the findings, the worst first.
func (s Scene) Judge() []Finding {
	var out []Finding
	for _, rule := range all {
		out = append(out, rule(s)...)
	}
	out = merged(out)
	Rank(out)
	return out
}

// Rank puts the worst first.
func Rank(findings []Finding) {
	slices.SortStableFunc(findings, func(a, b Finding) int { return cmp.Compare(b.Severity, a.Severity) })
}

// served says that some node is unsealed and answers.
func (s Scene) served() bool { return s.seen.served }

// tooOld is when an answer about the cluster is no longer judged. The rarest of them are asked for every minute.
const tooOld = 2 * time.Minute

// told says that what was said of the cluster is of now. While no node serves none is asked, and what was said last would
// stay so for ever. The age is taken against the newest answer and not against the clock, which goes on while polling is
// paused.
func told[T any](s Scene, sec vault.Section[T]) bool {
	return s.served() && sec.Fresh() && s.seen.at.Sub(sec.At) < tooOld
}

// heard says that the node itself answered the last time, so that what it said of itself is of now.
func heard(m vault.Member) bool {
	return m.Node != nil && !is(m, vault.Unknown, vault.Down, vault.Broken, vault.Recovering)
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

// list joins names, a few at most.
func list(names []string) string {
	if len(names) > 3 {
		return strings.Join(names[:3], ", ") + fmt.Sprintf(" and %d more", len(names)-3)
	}
	return strings.Join(names, ", ")
}
