package ui

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/ui/views"
	"warder/vault"
)

// tap reads one stream at a time. It is used by Update only; what its commands need is in the stream.
type tap struct {
	ctx     context.Context
	clients []*vault.Client // of each node
	to      *views.Logs

	now *stream
}

// stream is one request and what has come of it. Lines are kept here until they are fetched, so that the reader never waits for
// the screen; one command after the other fetches them, so that they come in order, and the word that it is over last.
type stream struct {
	feed   int
	ctx    context.Context
	cancel context.CancelFunc
	wake   chan struct{} // holds a token when there is something to fetch

	mu      sync.Mutex // between the reader and who fetches
	waiting views.LogsMsg
	bytes   int
}

// A batch takes what came within a moment, and no more than this.
const (
	batchTime  = 100 * time.Millisecond
	batchRoom  = 5000
	batchBytes = 4 << 20
)

// open ends the stream before and begins another. Its commands end with the stream.
func (t *tap) open(node, feed int, level string, after time.Duration) tea.Cmd {
	t.close()
	s := &stream{feed: feed, wake: make(chan struct{}, 1), waiting: views.LogsMsg{Logs: t.to, Feed: feed}}
	s.ctx, s.cancel = context.WithCancel(t.ctx)
	t.now = s
	client := t.clients[node]
	read := func() tea.Msg {
		if !pauseFor(s.ctx, after) {
			return nil
		}
		s.end(client.Monitor(s.ctx, level, s.begin, func(l vault.LogLine) bool {
			s.take(l)
			return s.ctx.Err() == nil
		}))
		return nil
	}
	return tea.Batch(read, t.more(feed))
}

// more waits for what comes of a stream, and then a moment for more of it.
func (t *tap) more(feed int) tea.Cmd {
	s := t.now
	if s == nil || s.feed != feed {
		return nil
	}
	return func() tea.Msg {
		select {
		case <-s.wake:
		case <-s.ctx.Done():
			return nil
		}
		if !pauseFor(s.ctx, batchTime) {
			return nil
		}
		return s.give()
	}
}

// close ends the stream that is open, its request and its commands.
func (t *tap) close() {
	if t.now != nil {
		t.now.cancel()
		t.now = nil
	}
}

// pauseFor waits, and says whether it did to the end.
func pauseFor(ctx context.Context, d time.Duration) bool {
	if d == 0 {
		return ctx.Err() == nil
	}
	clock := time.NewTimer(d)
	defer clock.Stop()
	select {
	case <-clock.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (s *stream) begin() { s.change(func(m *views.LogsMsg) { m.Begun = true }) }

// take keeps a line, or counts it where there is no room: and then all after it until these are fetched, so that what is missing
// is missing in one place.
func (s *stream) take(l vault.LogLine) {
	weight := len(l.Text())
	s.change(func(m *views.LogsMsg) {
		if m.Dropped > 0 || len(m.Lines) >= batchRoom || s.bytes+weight > batchBytes {
			m.Dropped++
			return
		}
		m.Lines = append(m.Lines, l)
		s.bytes += weight
	})
}

func (s *stream) end(err error) { s.change(func(m *views.LogsMsg) { m.Ended, m.Err = true, err }) }

func (s *stream) change(how func(*views.LogsMsg)) {
	s.mu.Lock()
	how(&s.waiting)
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// give is what waits. It is the last where the stream is over.
func (s *stream) give() views.LogsMsg {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.waiting
	s.waiting, s.bytes = views.LogsMsg{Logs: m.Logs, Feed: m.Feed}, 0
	if m.Ended {
		s.cancel()
	}
	return m
}
