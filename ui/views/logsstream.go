package views

import (
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/ui/components"
	"warder/vault"
)

// logState is what the stream is at.
type logState int

const (
	logAsking logState = iota
	logLive
	logWaiting // it broke off, and is asked for again
	logEnded   // asking again would not help by itself
)

// A stream that lasted so long was a good one: the next break is not one of a row.
const steady = 30 * time.Second

// mostPause bounds how long it waits before it asks again.
const mostPause = 30 * time.Second

// open begins another stream; answers of the one before are dropped from now on.
func (l *Logs) open(after time.Duration) tea.Cmd {
	l.feed++
	l.state = logAsking
	if after > 0 {
		l.state, l.retry = logWaiting, l.now().Add(after)
	}
	return l.feeds.Open(l.node, l.feed, l.level, after)
}

func (l *Logs) hear(m LogsMsg) components.Action {
	if m.Begun {
		l.begun()
	}
	for _, line := range m.Lines {
		l.ring.add(logEntry{LogLine: line})
	}
	if m.Dropped > 0 {
		l.aside(fmt.Sprintf("%s came too fast for warder, and are not here", plural(m.Dropped, "line", "lines")))
	}
	defer l.refresh()
	if m.Ended {
		return l.ended(m.Err)
	}
	return components.Run{Cmd: l.feeds.More(l.feed)}
}

// begun says which lines are missing before those that come now. The moment that a change of the level takes is told by the
// word of that change.
func (l *Logs) begun() {
	l.state, l.since = logLive, l.now()
	if !l.broke.IsZero() && (l.failed || l.since.Sub(l.broke) >= time.Second) {
		const gap = "not connected from %s to %s; what was logged then is not here"
		l.add(logEntry{aside: true, timed: true}, fmt.Sprintf(gap, clockText(l.broke), clockText(l.since)))
	}
	l.broke, l.failed = time.Time{}, false
}

// cut notes from when on lines are missing.
func (l *Logs) cut() {
	if l.state == logLive {
		l.broke = l.now()
	}
}

// ended says why a stream is over, and has it begin anew where that may help. A read may be repeated.
func (l *Logs) ended(err error) components.Action {
	opened := l.state == logLive
	l.cut()
	l.failed = true
	if why, then, final := l.final(err); final {
		l.state = logEnded
		l.aside(why)
		if then != "" {
			l.aside(then)
		}
		return nil
	}
	if opened && l.now().Sub(l.since) >= steady {
		l.tries = 0
	}
	switch {
	case opened && err == nil:
		l.aside("the server ended the stream")
	case opened:
		l.aside("it broke off: " + vault.Reason(err))
	case l.tries == 0:
		l.aside("it could not be opened: " + reasonOf(err))
	}
	l.sealed = vault.Is(err, vault.Sealed)
	pause := min(time.Second<<min(l.tries, 5), mostPause)
	l.tries++
	return components.Run{Cmd: l.open(pause)}
}

func reasonOf(err error) string {
	if err == nil {
		err = errors.New("the server gave no answer")
	}
	return vault.Reason(err)
}

// final says of an error that asking again would give it again: why, and what to do.
func (l *Logs) final(err error) (why, then string, final bool) {
	const another = "n asks another node"
	why = vault.Reason(err)
	switch {
	case vault.Is(err, vault.Redirected):
		return "it " + why + ", as standbys do", "warder does not follow: " + another, true
	case vault.Is(err, vault.Denied):
		return "the token does not permit it: read on sys/monitor is needed", "", true
	case vault.Is(err, vault.Refused) && l.nodes[l.node].Standby:
		// It hands the request to the active node, through which nothing can be streamed.
		return why, "standbys that forward requests tell no log: " + another, true
	case vault.Is(err, vault.NoToken) && withheld(err):
		return why, "--address " + l.nodes[l.node].Address + " lets it be sent there; " + another, true
	case vault.Is(err, vault.NoToken), vault.Is(err, vault.Unsupported), vault.Is(err, vault.Refused):
		return why, "", true
	}
	return "", "", false
}

// withheld says that there is a token, and that warder does not send it there.
func withheld(err error) bool {
	var e *vault.Error
	return errors.As(err, &e) && e.Cause != nil
}

// aside is what warder says between lines.
func (l *Logs) aside(text string) { l.add(logEntry{aside: true}, text) }

// add breaks a text over lines of the width there is now: what warder has to say is not cut.
func (l *Logs) add(e logEntry, text string) {
	e.Time, e.whole = l.now(), text
	parts := []string{text}
	if room := l.w - asideIndent(e.timed); room >= leastAside {
		parts = components.Wrap(text, room)
	}
	for i, part := range parts {
		e.Message, e.more = part, i > 0
		l.ring.add(e)
	}
	l.refresh()
}

// asideIndent is how much stands before warder's words.
func asideIndent(timed bool) int {
	if timed {
		return len(asideMark)
	}
	return len(asideMark) + len(asideTime)
}

// What stands before warder's words, and what has to be left beside that for breaking them to be of use.
const (
	asideMark  = "-- "
	asideTime  = "15:04:05 "
	leastAside = 20
)

func clockText(at time.Time) string { return at.UTC().Format("15:04:05") }
