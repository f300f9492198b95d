package views

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/ui/components"
	"warder/vault"
)

// Logs is what a node logs, as it does. Its lines come in batches, so that a burst is drawn a few times a second and not line by
// line. What is older than the last few thousand is let go, and said.
type Logs struct {
	nodes []LogNode
	node  int // which of them is asked
	now   func() time.Time
	feeds Feeds
	level string
	feed  int // which stream is read: answers of those before are dropped

	state  logState
	retry  time.Time // when it is asked again
	tries  int       // that failed in a row
	since  time.Time // when the stream began
	broke  time.Time // from when on lines of this node are missing; zero for never
	sealed bool      // what it waits for is that the node is unsealed
	failed bool      // the stream before did not end by our own doing

	ring   logRing
	shown  []int // numbers of the entries that hold the filter
	seen   int   // the number up to which they were looked through
	top    int   // the first of them that is drawn
	cursor int
	follow bool
	paused bool
	unseen int // how many lines had come when it was paused
	filter string
	typing bool
	note   string // what the last key came to
	w, h   int
}

// LogNode is a node whose log can be asked for, as it was when the dialog was opened.
type LogNode struct {
	Name, Address string
	Standby       bool
	Balanced      bool // different nodes answer at the address
}

// Feeds are the roads to a log.
type Feeds struct {
	// Open begins a stream of a node and level, after a pause, waits for what comes first, and ends the stream before.
	Open func(node, feed int, level string, after time.Duration) tea.Cmd
	// More waits for what comes next of the stream that is open.
	More   func(feed int) tea.Cmd
	Close  func()
	Export func(LogExport) tea.Cmd
}

// LogExport is what is kept of a node's log.
type LogExport struct {
	Node  string
	Lines []LogExportLine
}

// LogExportLine is a line, or what warder said between two.
type LogExportLine struct {
	vault.LogLine
	Warder string
}

// LogsMsg is what came of a stream: that it began, then lines, then its end. Dropped are lines that came after these, for which
// warder itself had no room.
type LogsMsg struct {
	Logs    *Logs
	Feed    int
	Begun   bool
	Lines   []vault.LogLine
	Dropped int
	Ended   bool
	Err     error
}

// LogsExportedMsg says where the lines were written.
type LogsExportedMsg struct {
	Logs *Logs
	Path string
	Err  error
}

// defaultLevel is what the servers log unless they are told otherwise.
const defaultLevel = "info"

// NewLogs opens the log of one of the nodes; feeds is given the dialog that the answers are for.
func NewLogs(nodes []LogNode, at int, now func() time.Time, feeds func(*Logs) Feeds) (*Logs, tea.Cmd) {
	l := &Logs{nodes: nodes, node: at, now: now, level: defaultLevel, follow: true}
	l.feeds = feeds(l)
	return l, l.open(0)
}

// Title is the dialog's.
func (l *Logs) Title() string { return "Log of " + l.nodes[l.node].Name }

// Fills takes the whole screen.
func (l *Logs) Fills() {}

// Busy is never so: what is read changes nothing.
func (l *Logs) Busy() bool { return false }

// SetSize takes the room there is.
func (l *Logs) SetSize(w, h int) {
	l.w, l.h = w, h
	l.scroll()
}

// Owns says that a message is this dialog's.
func (l *Logs) Owns(msg tea.Msg) bool {
	switch m := msg.(type) {
	case LogsMsg:
		return m.Logs == l
	case LogsExportedMsg:
		return m.Logs == l
	}
	return false
}

// Update takes lines and keys.
func (l *Logs) Update(msg tea.Msg) components.Action {
	switch m := msg.(type) {
	case LogsMsg:
		if m.Feed != l.feed {
			return nil
		}
		return l.hear(m)
	case LogsExportedMsg:
		l.note = "Exported to " + m.Path
		if m.Err != nil {
			l.note = "Not exported: " + m.Err.Error()
		}
	case tea.KeyPressMsg:
		l.note = ""
		if l.typing {
			l.typed(m)
			return nil
		}
		return l.key(m)
	}
	return nil
}

// refresh looks through what came since, and leaves what is drawn where it is unless the end is followed. While it is paused
// nothing is added.
func (l *Logs) refresh() {
	gone := 0
	for gone < len(l.shown) && l.shown[gone] < l.ring.lost {
		gone++
	}
	l.shown, l.cursor, l.top = l.shown[gone:], l.cursor-gone, l.top-gone
	if !l.paused {
		l.shown = append(l.shown, l.ring.holding(l.filter, l.seen, l.ring.came())...)
		l.seen = l.ring.came()
		if l.follow {
			l.cursor = len(l.shown) - 1
		}
	}
	l.scroll()
}

// narrow shows only what holds the text, of all that is kept.
func (l *Logs) narrow(text string) {
	l.filter = text
	l.shown = l.ring.holding(text, 0, l.seen)
	l.cursor, l.follow = len(l.shown)-1, true
	l.refresh()
}

// scroll keeps the selected line in sight and the window full.
func (l *Logs) scroll() {
	l.cursor = max(0, min(l.cursor, len(l.shown)-1))
	l.top = max(0, min(l.top, l.cursor, len(l.shown)-l.rows()), l.cursor-l.rows()+1)
}

func (l *Logs) following() bool { return l.follow && !l.paused }
