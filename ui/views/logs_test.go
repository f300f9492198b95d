package views

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
)

// silent are roads on which nothing comes.
func silent(*Logs) Feeds {
	return Feeds{Open: func(int, int, string, time.Duration) tea.Cmd { return nil }, More: func(int) tea.Cmd { return nil }, Close: func() {}}
}

func newLogs(w, h int) *Logs {
	nodes := []LogNode{{Name: "a", Address: "https://a:8200"}, {Name: "b", Address: "https://b:8200"}}
	l, _ := NewLogs(nodes, 0, time.Now, silent)
	l.SetSize(w, h)
	return l
}

// hears gives a batch of lines, numbered from one on.
func (l *Logs) hears(from, n int) {
	m := LogsMsg{Logs: l, Feed: l.feed, Begun: l.state != logLive}
	for i := range n {
		m.Lines = append(m.Lines, vault.LogLine{Level: "info", Message: fmt.Sprintf("line %d.", from+i)})
	}
	l.Update(m)
}

func (l *Logs) drawn() string { return ansi.Strip(l.View(theme.New(theme.Mono, true, false))) }

func (l *Logs) types(keys ...string) components.Action {
	var out components.Action
	for _, k := range keys {
		code := map[string]rune{"up": tea.KeyUp, "home": tea.KeyHome, "end": tea.KeyEnd, "esc": tea.KeyEscape, "enter": tea.KeyEnter, "tab": tea.KeyTab}[k]
		m := tea.KeyPressMsg{Code: code}
		if code == 0 {
			m = tea.KeyPressMsg{Code: rune(k[0]), Text: k}
		}
		out = l.Update(m)
	}
	return out
}

// TestAnAnswerOfAStreamThatWasLeftIsDropped: the level was changed while lines of the old one were on their way.
func TestAnAnswerOfAStreamThatWasLeftIsDropped(t *testing.T) {
	t.Parallel()
	l := newLogs(60, 10)
	l.hears(0, 1)
	l.Update(LogsMsg{Logs: l, Feed: l.feed - 1, Lines: []vault.LogLine{{Message: "of before"}}})
	if l.ring.len() != 1 {
		t.Errorf("%d lines", l.ring.len())
	}
}

// TestWhatIsReadStandsStill: neither lines that come nor those that are let go move what was scrolled to.
func TestWhatIsReadStandsStill(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{{"up", "up", "up"}, {"p"}, {"p", "up"}, {"/", "7", "enter", "up"}} {
		l := newLogs(60, 10)
		l.hears(0, mostLogLines)
		l.types(keys...)
		rows := func() string { return strings.Join(strings.Split(l.drawn(), "\n")[2:9], "\n") }
		before, cursor := rows(), l.shown[l.cursor]
		for i := range 4 {
			l.hears(mostLogLines+1000*i, 1000)
		}
		if rows() != before || l.shown[l.cursor] != cursor {
			t.Errorf("%q: was\n%s\nis\n%s", keys, before, rows())
		}
		l.hears(9*mostLogLines, mostLogLines)
		l.drawn() // what was shown is gone by now: no panic
		for l.paused || l.filter != "" {
			l.types(map[bool]string{true: "p", false: "esc"}[l.paused])
		}
		l.types("end")
		if last := fmt.Sprintf("line %d.", 10*mostLogLines-1); !strings.Contains(l.drawn(), last) || !l.following() {
			t.Errorf("%q: %s is not shown:\n%s", keys, last, l.drawn())
		}
	}
}

func TestAnotherNodesLogIsNotMixedWithTheFirst(t *testing.T) {
	t.Parallel()
	l := newLogs(60, 10)
	l.hears(0, 3)
	feed := l.feed
	l.types("n")
	if l.Title() != "Log of b" || l.feed == feed || strings.Contains(l.drawn(), "line") || !strings.Contains(l.drawn(), "asked of https://b:8200, node 2 of 2") {
		t.Errorf("%s:\n%s", l.Title(), l.drawn())
	}
	l.types("tab")
	if l.Title() != "Log of a" {
		t.Error(l.Title())
	}
}

// TestWhatIsMissingIsSaidAndNothingElse: a change of the level is no break, and what was never open did not break.
func TestWhatIsMissingIsSaidAndNothingElse(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 27, 2, 14, 7, 0, time.UTC)
	l, _ := NewLogs([]LogNode{{Name: "a"}}, 0, func() time.Time { return now }, silent)
	l.SetSize(100, 12)
	cut := &vault.Error{Kind: vault.Unreachable, Why: vault.Cut}
	end := func(err error) { l.Update(LogsMsg{Logs: l, Feed: l.feed, Ended: true, Err: err}) }
	end(cut)
	now = now.Add(time.Second)
	l.hears(0, 1)
	if got := l.drawn(); strings.Contains(got, "broke off") || strings.Contains(got, "not connected from") {
		t.Errorf("it was never open:\n%s", got)
	}
	l.types("l")
	l.hears(1, 1)
	if got := l.drawn(); strings.Contains(got, "not connected from") {
		t.Errorf("another level is no break:\n%s", got)
	}
	end(cut)
	now = now.Add(5 * time.Second)
	l.hears(2, 1)
	if got := l.drawn(); !strings.Contains(got, "not connected from 02:14:08 to 02:14:13; what was logged then is not here") {
		t.Errorf("the gap is not told:\n%s", got)
	}
}

// TestWhatOneServerSaysIsNoReasonToAskForEver: a refusal ends it, and a key asks again.
func TestWhatOneServerSaysIsNoReasonToAskForEver(t *testing.T) {
	t.Parallel()
	for kind, want := range map[vault.Kind]string{
		vault.Denied: "read on sys/monitor is needed", vault.Unsupported: "not supported",
		vault.Redirected: "warder does not follow", vault.Refused: "standbys that forward requests tell no log: n asks another node", vault.NoToken: "needs a token",
	} {
		l, _ := NewLogs([]LogNode{{Name: "a", Standby: true}}, 0, time.Now, silent)
		l.SetSize(140, 10)
		l.Update(LogsMsg{Logs: l, Feed: l.feed, Ended: true, Err: &vault.Error{Kind: kind, Messages: []string{"to b:8200"}}})
		feed := l.feed
		if got := l.drawn(); l.state != logEnded || !strings.Contains(got, want) || !strings.Contains(got, "r ask now") {
			t.Errorf("%v:\n%s", kind, got)
		}
		if l.types("r"); l.state != logAsking || l.feed != feed+1 {
			t.Errorf("%v: asked again: %v", kind, l.state)
		}
	}
}

// TestTheOnlyLineCanBeLookedAt, and what cannot be seen to be selected is not opened.
func TestTheOnlyLineCanBeLookedAt(t *testing.T) {
	t.Parallel()
	l := newLogs(60, 10)
	if l.types("enter", "up", "enter"); l.cursor != 0 {
		t.Error(l.cursor)
	}
	l.hears(0, 1)
	if got := l.types("enter"); got != nil {
		t.Errorf("%T while the end is followed", got)
	}
	if got, ok := l.types("up", "enter").(components.Open); !ok {
		t.Errorf("%T", got)
	}
}

// TestWhatWarderSaysIsNotCut but goes on below, and is one in the export and in the detail.
func TestWhatWarderSaysIsNotCut(t *testing.T) {
	t.Parallel()
	var out LogExport
	l := newLogs(46, 14)
	l.feeds.Export = func(x LogExport) tea.Cmd { out = x; return nil }
	why := errors.New("the token is not sent to an address that only a server named, unless TLS proves who answers there")
	l.Update(LogsMsg{Logs: l, Feed: l.feed, Ended: true, Err: &vault.Error{Kind: vault.NoToken, Cause: why}})
	got := strings.Join(strings.Fields(strings.ReplaceAll(l.drawn(), "––", "")), " ")
	for _, want := range []string{"unless TLS proves who answers there", "--address https://a:8200 lets it be sent there; n asks another node"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
	l.types("e")
	if len(out.Lines) != 2 || out.Lines[0].Warder != why.Error() || out.Lines[0].Message != "" {
		t.Errorf("%+v", out)
	}
	l.types("up")
	if leaf := logLeaf(l.ring.at(l.ring.came() - 1)); !strings.HasPrefix(leaf.Facts[1].Value.Text, "--address") {
		t.Errorf("%+v", leaf)
	}
}

func BenchmarkLogBatch(b *testing.B) {
	for _, filter := range []string{"", "again"} {
		b.Run("filter="+filter, func(b *testing.B) {
			l := newLogs(116, 34)
			l.filter = filter
			th := theme.New(theme.Dark, true, false)
			lines := make([]vault.LogLine, 1000)
			for i := range lines {
				lines[i] = vault.LogLine{Level: "info", Module: "core", Message: "something happened again", Fields: []string{"path=kv/"}}
			}
			for b.Loop() {
				l.Update(LogsMsg{Logs: l, Feed: l.feed, Lines: lines})
				_ = l.View(th)
			}
		})
	}
}
