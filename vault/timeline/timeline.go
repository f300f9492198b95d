// Package timeline keeps what changed in a cluster: events, which are the differences between snapshots, and a short history
// of what is measured.
//
// Its rules: an event is told once, when its second side is seen; it bears the server's own time where a server gave one, and
// else that of the reading; what could not be seen changed nothing, so that silence between two equal answers is one event
// for the silence and one for its end, and none for the rest.
package timeline

import "time"

// Kind names what happened. The names are part of what `warder watch` prints, and stay the same.
type Kind string

// Mood says whether an event is for the worse. It is no severity: findings judge, events tell.
type Mood int

// The moods.
const (
	Neutral Mood = iota
	Better
	Worse
)

// Event is one change.
type Event struct {
	At   time.Time
	Told bool // At is a server's word, and not the moment at which it was seen here
	Kind Kind
	Node string // whom it concerns; "" for the cluster
	Text string // a short true sentence, without its stop
	Mood Mood
}
