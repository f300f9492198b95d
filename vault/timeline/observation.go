package timeline

import (
	"time"

	"warder/vault"
)

// observation is one look at a snapshot, and the events that it gives.
type observation struct {
	is     vault.Snapshot
	now    time.Time
	names  map[string]string // by address; made when the first one is asked for
	events []Event
}

// name is how the node at an address is called. To join all sources for it is dear, and most looks give no event.
func (o *observation) name(address string) string {
	if o.names == nil {
		o.names = map[string]string{}
		for _, m := range o.is.Members() {
			if m.Node != nil {
				o.names[m.Node.Address] = m.Name
			}
		}
	}
	if name, ok := o.names[address]; ok {
		return name
	}
	return address
}

// tell notes an event of now or, where the server told a time, of then.
func (o *observation) tell(kind Kind, mood Mood, node, text string, seen, told time.Time) {
	e := Event{At: seen, Kind: kind, Node: node, Text: text, Mood: mood}
	if !told.IsZero() {
		e.At, e.Told = told, true
	}
	o.events = append(o.events, e)
}

// of notes an event of a node.
func (o *observation) of(n *vault.Node, kind Kind, mood Mood, text string, seen time.Time) {
	o.tell(kind, mood, o.name(n.Address), text, seen, time.Time{})
}

// toWhich is the mood of a change: for the better when it is.
func toWhich(better bool) Mood {
	if better {
		return Better
	}
	return Worse
}
