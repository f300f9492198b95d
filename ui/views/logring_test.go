package views

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/vault"
)

// TestTheRingKeepsTheLastLines holds it against a list that forgets nothing.
func TestTheRingKeepsTheLastLines(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(1, 2))
	var ring logRing
	var all []logEntry
	for n := range 3 * mostLogLines {
		e := logEntry{LogLine: vault.LogLine{Message: fmt.Sprintf("line %d", n), Level: vault.LogLevels[dice.IntN(5)]}, aside: dice.IntN(50) == 0}
		ring.add(e)
		all = append(all, e)
		if dice.IntN(500) > 0 {
			continue
		}
		kept := all[max(0, len(all)-mostLogLines):]
		if ring.len() != len(kept) || ring.lost != len(all)-len(kept) || ring.came() != len(all) {
			t.Fatalf("%d kept, %d lost, of %d", ring.len(), ring.lost, len(all))
		}
		var got, want []string
		for _, i := range ring.holding("9 ") {
			got = append(got, ring.at(i).Message)
		}
		for _, e := range kept {
			if e.aside || e.holds("9 ") {
				want = append(want, e.Message)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("after %d: %d lines, want %d", n, len(got), len(want))
		}
	}
}

// silent are roads on which nothing comes.
func silent(*Logs) Feeds {
	return Feeds{Open: func(int, string, time.Duration) tea.Cmd { return nil }, More: func(int) tea.Cmd { return nil }, Close: func() {}}
}

// TestAnAnswerOfAStreamThatWasLeftIsDropped: the level was changed while lines of the old one were on their way.
func TestAnAnswerOfAStreamThatWasLeftIsDropped(t *testing.T) {
	t.Parallel()
	l, _ := NewLogs("a", time.Now, silent)
	l.SetSize(60, 10)
	l.Update(LogsMsg{Logs: l, Feed: l.feed, Lines: []vault.LogLine{{Message: "of now"}}})
	l.Update(LogsMsg{Logs: l, Feed: l.feed - 1, Lines: []vault.LogLine{{Message: "of before"}}})
	if l.ring.len() != 1 {
		t.Errorf("%d lines", l.ring.len())
	}
}

func BenchmarkLogBatch(b *testing.B) {
	l, _ := NewLogs("a", time.Now, silent)
	l.SetSize(116, 34)
	th := theme.New(theme.Dark, true, false)
	lines := make([]vault.LogLine, 1000)
	for i := range lines {
		lines[i] = vault.LogLine{Level: "info", Module: "core", Message: "something happened again", Fields: []string{"path=kv/"}}
	}
	for b.Loop() {
		l.Update(LogsMsg{Logs: l, Feed: l.feed, Lines: lines})
		_ = l.View(th)
	}
}
