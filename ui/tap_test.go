package ui

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"warder/keys"
	"warder/ui/views"
	"warder/vault"
)

// TestABurstOfLinesComesInFewBatchesAndNoneIsLostUnsaid: what there was no room for is counted.
func TestABurstOfLinesComesInFewBatchesAndNoneIsLostUnsaid(t *testing.T) {
	t.Parallel()
	const burst = 50_000
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for i := range burst {
			fmt.Fprintf(w, "{\"@level\":\"info\",\"@message\":\"line %d\"}\n", i)
		}
	}))
	t.Cleanup(server.Close)
	s, err := vault.SimulatedSettings([]string{server.URL}, keys.NewSecret([]byte("token")), nil)
	if err != nil {
		t.Fatal(err)
	}
	clients := vault.NewClients(s)
	t.Cleanup(clients.Close)
	tap := &tap{ctx: t.Context(), clients: []*vault.Client{clients.Client(server.URL, false)}}
	answers := make(chan tea.Msg, 100)
	run := func(cmd tea.Cmd) { go func() { answers <- cmd() }() }
	run(tap.open(0, 1, "info", 0))
	lines, dropped, batches := 0, 0, 0
	for ended := false; !ended; {
		switch m := (<-answers).(type) {
		case tea.BatchMsg:
			for _, cmd := range m {
				run(cmd)
			}
		case views.LogsMsg:
			if len(m.Lines) > batchRoom {
				t.Errorf("a batch of %d", len(m.Lines))
			}
			lines, dropped, batches, ended = lines+len(m.Lines), dropped+m.Dropped, batches+1, m.Ended
			if !ended {
				run(tap.more(1))
			}
		}
	}
	if lines+dropped != burst || lines == 0 || batches > burst/100 {
		t.Errorf("%d lines and %d dropped in %d batches", lines, dropped, batches)
	}
}

// TestAnotherStreamOrClosingEndsTheOneBefore: a log that nobody reads is not asked for on.
func TestAnotherStreamOrClosingEndsTheOneBefore(t *testing.T) {
	t.Parallel()
	began, ended := make(chan string, 2), make(chan string, 2)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		began <- r.URL.Query().Get("log_level")
		<-r.Context().Done()
		ended <- r.URL.Query().Get("log_level")
	}))
	t.Cleanup(server.Close)
	s, err := vault.SimulatedSettings([]string{server.URL}, keys.NewSecret([]byte("token")), nil)
	if err != nil {
		t.Fatal(err)
	}
	clients := vault.NewClients(s)
	t.Cleanup(clients.Close)
	tap := &tap{ctx: t.Context(), clients: []*vault.Client{clients.Client(server.URL, false)}}
	start := func(feed int, level string) {
		for _, cmd := range tap.open(0, feed, level, 0)().(tea.BatchMsg) {
			go cmd()
		}
		if got := <-began; got != level {
			t.Errorf("%s began, want %s", got, level)
		}
	}
	start(1, "info")
	start(2, "debug")
	if got := <-ended; got != "info" {
		t.Errorf("%s ended", got)
	}
	tap.close()
	if got := <-ended; got != "debug" {
		t.Errorf("%s ended", got)
	}
}

// TestWhatWaitsIsBoundedByItsWeightToo, and what came after the first that had no room is missing in one place.
func TestWhatWaitsIsBoundedByItsWeightToo(t *testing.T) {
	t.Parallel()
	const size, sent = 16 << 10, 1000
	s := &stream{wake: make(chan struct{}, 1), cancel: func() {}}
	for range sent {
		s.take(vault.LogLine{Message: strings.Repeat("x", size)})
	}
	s.take(vault.LogLine{Message: "short"})
	m := s.give()
	if len(m.Lines) == 0 || len(m.Lines)*size > batchBytes || len(m.Lines)+m.Dropped != sent+1 {
		t.Errorf("%d lines, %d dropped", len(m.Lines), m.Dropped)
	}
	if s.take(vault.LogLine{Message: "after"}); len(s.give().Lines) != 1 {
		t.Error("there is room again once they are fetched")
	}
}
