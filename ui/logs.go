package ui

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/ui/views"
	"warder/vault"
)

// openLogs opens the log of the node that is selected, or else of the active one.
func (a *App) openLogs() tea.Cmd {
	on, name := (*vault.Node)(nil), ""
	if m, ok := a.chosen(); ok && m.Node != nil {
		on, name = m.Node, m.Name
	} else if active := a.snap.Active(); len(active) == 1 {
		on, name = active[0], a.nameOf(active[0].Address)
	}
	if on == nil {
		a.refuse("No node is selected whose address is known.")
		return nil
	}
	client, ctx, now := a.opts.Cluster.Client(on.Address, on.Learnt), a.polls, a.opts.Now
	dialog, cmd := views.NewLogs(name, now, func(l *views.Logs) views.Feeds {
		t := &tap{ctx: ctx, client: client, to: l}
		return views.Feeds{Open: t.open, More: t.more, Close: t.close, Export: func(lines []vault.LogLine) tea.Cmd { return exportLog(lines, now()) }}
	})
	a.overlay.Open(dialog, now(), false)
	return cmd
}

// tap reads one stream at a time. Lines are kept here until they are fetched, so that the reader never waits for the screen.
type tap struct {
	ctx    context.Context
	client *vault.Client
	to     *views.Logs

	mu  sync.Mutex
	now *stream
}

// stream is one request and what has come of it.
type stream struct {
	feed    int
	cancel  context.CancelFunc
	mu      sync.Mutex
	lines   []vault.LogLine
	dropped int
	wake    chan struct{} // holds a token when there are lines
}

// A batch takes what came within a moment, and no more than the view keeps.
const (
	batchTime = 100 * time.Millisecond
	batchRoom = 5000
)

// open ends the stream before and begins another. The command ends with the stream.
func (t *tap) open(feed int, level string, after time.Duration) tea.Cmd {
	t.close()
	ctx, cancel := context.WithCancel(t.ctx)
	s := &stream{feed: feed, cancel: cancel, wake: make(chan struct{}, 1)}
	t.mu.Lock()
	t.now = s
	t.mu.Unlock()
	begun := make(chan struct{})
	return tea.Batch(t.run(ctx, s, level, after, begun), func() tea.Msg {
		select {
		case <-begun:
			return views.LogsMsg{Logs: t.to, Feed: feed, Begun: true}
		case <-ctx.Done():
			return nil
		}
	})
}

// run reads to the end of the stream. The last lines go with the word that it is over.
func (t *tap) run(ctx context.Context, s *stream, level string, after time.Duration, begun chan struct{}) tea.Cmd {
	return func() tea.Msg {
		defer s.cancel()
		if !pauseFor(ctx, after) {
			return nil
		}
		err := t.client.Monitor(ctx, level, func() { close(begun) }, func(l vault.LogLine) bool {
			s.take(l)
			return true
		})
		if ctx.Err() != nil {
			return nil // nobody listens any more
		}
		lines, dropped := s.give()
		return views.LogsMsg{Logs: t.to, Feed: s.feed, Lines: lines, Dropped: dropped, Ended: true, Err: err}
	}
}

func pauseFor(ctx context.Context, d time.Duration) bool {
	if d == 0 {
		return true
	}
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

func (s *stream) take(l vault.LogLine) {
	s.mu.Lock()
	if len(s.lines) < batchRoom {
		s.lines = append(s.lines, l)
	} else {
		s.dropped++
	}
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *stream) give() ([]vault.LogLine, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	lines, dropped := s.lines, s.dropped
	s.lines, s.dropped = nil, 0
	return lines, dropped
}

// more waits for lines, and then a moment for others.
func (t *tap) more(feed int) tea.Cmd {
	t.mu.Lock()
	s := t.now
	t.mu.Unlock()
	if s == nil || s.feed != feed {
		return nil
	}
	return func() tea.Msg {
		select {
		case <-s.wake:
		case <-t.ctx.Done():
			return nil
		}
		if !pauseFor(t.ctx, batchTime) {
			return nil
		}
		lines, dropped := s.give()
		return views.LogsMsg{Logs: t.to, Feed: feed, Lines: lines, Dropped: dropped}
	}
}

// close ends the stream that is open.
func (t *tap) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now != nil {
		t.now.cancel()
		t.now.stop()
		t.now = nil
	}
}

// stop wakes who waits for lines of a stream that is over.
func (s *stream) stop() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// exportLog writes lines as JSON, one each.
func exportLog(lines []vault.LogLine, at time.Time) tea.Cmd {
	return func() tea.Msg {
		var out []byte
		for _, l := range lines {
			line, err := json.Marshal(struct {
				Time    string   `json:"time,omitempty"`
				Level   string   `json:"level,omitempty"`
				Module  string   `json:"module,omitempty"`
				Message string   `json:"message"`
				Fields  []string `json:"fields,omitempty"`
			}{stamp(l.Time), l.Level, l.Module, l.Message, l.Fields})
			if err != nil {
				return exportedMsg{err: err}
			}
			out = append(append(out, line...), '\n')
		}
		return exported(out, at, "jsonl")
	}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
