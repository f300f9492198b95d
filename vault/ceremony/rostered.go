package ceremony

import (
	"fmt"
	"time"

	"warder/vault"
	"warder/vault/roster"
)

// Of the roster: who the custodians were at the end of the last ceremony with PGP keys, as this machine remembers it.
type (
	// ReadRoster reads the roster of a cluster.
	ReadRoster struct {
		here
		Cluster string
	}
	// KeepRoster puts one in its place.
	KeepRoster struct {
		here
		Roster roster.Roster
	}
	// RosterRead answers ReadRoster.
	RosterRead struct {
		Roster roster.Roster
		Err    error
	}
	// RosterKept answers KeepRoster.
	RosterKept struct{ Err error }
)

func (RosterRead) event() {}
func (RosterKept) event() {}

// doRoster does an effect of the roster, below the state directory. Without one nothing is kept, as of a simulated cluster.
func doRoster(state string, e Effect) Event {
	switch e := e.(type) {
	case ReadRoster:
		if state == "" || e.Cluster == "" {
			return RosterRead{}
		}
		last, err := roster.Load(roster.Path(state, e.Cluster))
		return RosterRead{Roster: last, Err: err}
	case KeepRoster:
		if state == "" || e.Roster.Cluster == "" {
			return RosterKept{}
		}
		return RosterKept{Err: e.Roster.Save(roster.Path(state, e.Roster.Cluster))}
	}
	return nil
}

// clusterOf is what a cluster is kept by: its id, or else its name.
func clusterOf(s vault.Snapshot) string {
	if id := s.ID(); id != "" {
		return id
	}
	return s.Name()
}

// people are the custodians as a roster has them.
func (o owners) people() []roster.Custodian {
	var out []roster.Custodian
	for i, k := range o.keys {
		c := roster.Custodian{Name: o.names[i], Fingerprint: k.Fingerprint}
		if i < len(o.contacts) {
			c.Contact = o.contacts[i]
		}
		out = append(out, c)
	}
	return out
}

// keep is the effect that remembers them.
func (o owners) keep(s vault.Snapshot) KeepRoster {
	return KeepRoster{Roster: roster.Roster{Cluster: clusterOf(s), Saved: s.At().UTC().Truncate(time.Second), Custodians: o.people()}}
}

// changes say what is not as it was last time; none where there was no last time.
func (o owners) changes() []roster.Change {
	if o.last.Empty() {
		return nil
	}
	return roster.Compare(o.last.Custodians, o.people())
}

// compare tells the changes. Where a key is another than last time it has to be typed that this is meant.
func (o owners) compare() Prompt {
	text := []string{fmt.Sprintf("As this machine remembers the custodians of %s:", o.last.Saved.Format(time.DateOnly))}
	alarm := false
	for _, c := range o.changes() {
		text = append(text, c.String())
		alarm = alarm || c.Alarm()
	}
	if !alarm {
		return Tell{Title: "What changed since last time", Text: text, Go: "That is meant"}
	}
	text = append(text, "A key that is another one is how a share gets into strange hands. Ask its owner, by another way than the one by which the key came.")
	return TypeOut{Title: "The keys are not those of last time", Want: "the owners confirmed their keys", Text: text}
}
