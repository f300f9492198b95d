package views

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
)

// Logs is what a node logs, as it does. Its lines come in batches, so that a burst is drawn a few times a second and not line by
// line. What is older than the last few thousand is let go, and said.
type Logs struct {
	node  string
	now   func() time.Time
	feeds Feeds
	level string
	feed  int // which stream is read: answers of those before are dropped
	tries int // that failed since the last line

	ring   logRing
	shown  []int // of the lines that hold the filter
	top    int   // the first drawn, where one does not follow
	cursor int
	follow bool
	until  int // while it is paused: how many lines there were of all that came
	paused bool
	state  string // of the stream
	broke  time.Time
	opened bool // the stream has begun
	filter string
	typing bool
	w, h   int
}

// Feeds are the roads to a log.
type Feeds struct {
	// Open begins a stream of a level, after a pause, and ends the one before.
	Open func(feed int, level string, after time.Duration) tea.Cmd
	// More waits for the next lines of the stream that is open.
	More   func(feed int) tea.Cmd
	Close  func()
	Export func(lines []vault.LogLine) tea.Cmd
}

// LogsMsg is what came of a stream.
type LogsMsg struct {
	Logs    *Logs
	Feed    int
	Begun   bool // it is open
	Lines   []vault.LogLine
	Dropped int // lines that warder itself had no room for
	Ended   bool
	Err     error
}

// defaultLevel is what the servers log unless they are told otherwise.
const defaultLevel = "info"

// NewLogs opens the log of a node; feeds is given the dialog that the answers are for.
func NewLogs(node string, now func() time.Time, feeds func(*Logs) Feeds) (*Logs, tea.Cmd) {
	l := &Logs{node: node, now: now, level: defaultLevel, follow: true}
	l.feeds = feeds(l)
	return l, l.open(0)
}

// Title is the dialog's.
func (l *Logs) Title() string { return "Log of " + l.node }

// Fills takes the whole screen.
func (l *Logs) Fills() {}

// Busy is never so: what is read changes nothing.
func (l *Logs) Busy() bool { return false }

// SetSize takes the room there is.
func (l *Logs) SetSize(w, h int) { l.w, l.h = w, h }

// Owns says that a message is this dialog's.
func (l *Logs) Owns(msg tea.Msg) bool {
	m, ok := msg.(LogsMsg)
	return ok && m.Logs == l
}

// open begins another stream; answers of the one before are dropped from now on.
func (l *Logs) open(after time.Duration) tea.Cmd {
	l.feed++
	l.state, l.opened = "asking …", false
	return l.feeds.Open(l.feed, l.level, after)
}

// Update takes lines and keys.
func (l *Logs) Update(msg tea.Msg) components.Action {
	switch m := msg.(type) {
	case LogsMsg:
		if m.Feed != l.feed {
			return nil
		}
		return l.hear(m)
	case tea.KeyPressMsg:
		if l.typing {
			l.typed(m)
			return nil
		}
		return l.key(m)
	}
	return nil
}

func (l *Logs) hear(m LogsMsg) components.Action {
	for _, line := range m.Lines {
		l.ring.add(logEntry{LogLine: line})
	}
	if m.Dropped > 0 {
		l.aside(fmt.Sprintf("%d lines came faster than they could be taken, and are not here", m.Dropped))
	}
	defer l.refilter()
	switch {
	case m.Begun:
		l.begun()
		return components.Run{Cmd: l.feeds.More(l.feed)}
	case m.Ended:
		return l.ended(m.Err)
	}
	if len(m.Lines) > 0 {
		l.tries = 0
	}
	return components.Run{Cmd: l.feeds.More(l.feed)}
}

// begun notes that lines will come from now on, and which are missing.
func (l *Logs) begun() {
	l.state, l.opened = "live", true
	if !l.broke.IsZero() {
		l.aside(fmt.Sprintf("connected again; what was logged from %s to %s is missing", clockText(l.broke), clockText(l.now())))
		l.broke = time.Time{}
	}
}

// ended says why a stream is over, and has it begin anew where that may help. A read may be repeated.
func (l *Logs) ended(err error) components.Action {
	if l.broke.IsZero() {
		l.broke = l.now()
	}
	switch {
	case vault.Is(err, vault.Redirected):
		l.stop("this node does not tell its log while it is a standby: it " + vault.Reason(err))
	case vault.Is(err, vault.Denied):
		l.stop("the token does not permit it: read on sys/monitor is needed")
	case vault.Is(err, vault.NoToken), vault.Is(err, vault.Unsupported), vault.Is(err, vault.Refused):
		l.stop(vault.Reason(err))
	default:
		if l.tries == 0 {
			l.aside(l.endText(err))
		}
		l.tries++
		pause := min(time.Second<<min(l.tries-1, 5), 30*time.Second)
		cmd := l.open(pause)
		l.state = waitsText(err) + ", asking again in " + pause.String()
		return components.Run{Cmd: cmd}
	}
	return nil
}

func waitsText(err error) string {
	if vault.Is(err, vault.Sealed) {
		return "sealed"
	}
	return "not connected"
}

func (l *Logs) endText(err error) string {
	switch {
	case err == nil:
		return "the server ended it"
	case !l.opened:
		return "it could not be opened: " + vault.Reason(err)
	}
	return "it broke off: " + vault.Reason(err)
}

func (l *Logs) stop(why string) {
	l.state = "ended"
	l.aside(why)
}

// aside is what warder says between lines.
func (l *Logs) aside(text string) {
	l.ring.add(logEntry{LogLine: vault.LogLine{Time: l.now(), Message: text}, aside: true})
	l.refilter()
}

// refilter finds the lines to be shown. While it is paused what is on the screen stays there.
func (l *Logs) refilter() {
	l.shown = l.ring.holding(l.filter)
	for l.paused && len(l.shown) > 0 && l.ring.lost+l.shown[len(l.shown)-1] >= l.until {
		l.shown = l.shown[:len(l.shown)-1]
	}
	if l.follow && !l.paused {
		l.cursor = len(l.shown) - 1
	}
	l.cursor = max(0, min(l.cursor, len(l.shown)-1))
	l.scroll()
}

func clockText(at time.Time) string { return at.UTC().Format("15:04:05") }

// levelTone is how a level is drawn; its word stands beside it all the same.
func levelTone(level string) theme.Tone {
	switch level {
	case "error":
		return theme.Bad
	case "warn":
		return theme.Warn
	case "trace", "debug":
		return theme.Muted
	}
	return theme.Plain
}
