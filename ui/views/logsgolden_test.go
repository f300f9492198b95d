package views_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"warder/ui/views"
	"warder/vault"
)

// TestALogInEachState draws it in windows of 80×24, 120×36 and 50×12, and in next to none.
func TestALogInEachState(t *testing.T) {
	t.Parallel()
	roads := func(*views.Logs) views.Feeds {
		none := func(int) tea.Cmd { return nil }
		return views.Feeds{Open: func(int, int, string, time.Duration) tea.Cmd { return nil }, More: none, Close: func() {}}
	}
	line := func(s int, level, module, message string, fields ...string) vault.LogLine {
		return vault.LogLine{Time: now.Add(time.Duration(s)*time.Second + 42*time.Millisecond), Level: level, Module: module, Message: message, Fields: fields}
	}
	nodes := []views.LogNode{
		{Name: "vault-1", Address: "https://10.0.0.5:8200"},
		{Name: "vault-2", Address: "https://10.0.0.6:8200"},
		{Name: "lb", Address: "https://lb:8200", Balanced: true},
	}
	var b strings.Builder
	for _, size := range [][2]int{{76, 22}, {116, 34}, {46, 10}, {20, 4}} {
		at, feed := now.Add(time.Minute), 1
		l, _ := views.NewLogs(nodes, 1, func() time.Time { return at }, roads)
		l.SetSize(size[0], size[1])
		hear := func(m views.LogsMsg) { m.Logs, m.Feed = l, feed; l.Update(m) }
		types := func(keys ...string) {
			for _, k := range keys {
				l.Update(press(k))
			}
		}
		shown := func(what string) {
			fmt.Fprintf(&b, "== %dx%d, %s: %s\n%s\n", size[0], size[1], what, l.Title(), trimmed(l.View(plain())))
		}
		shown("asking")
		hear(views.LogsMsg{Begun: true})
		shown("silent")
		hear(views.LogsMsg{Dropped: 7, Lines: []vault.LogLine{
			line(1, "info", "core", "successful mount", "path=kv/", "type=kv"),
			line(2, "warn", "storage.raft", "heartbeat timeout reached, starting election", "last-leader-addr=10.0.0.7:8201", "last-leader-id=vault-1"),
			line(3, "error", "core", "failed to acquire lock"), line(4, "debug", "rollback", "attempting rollback"),
			{Message: "a line in no known form"},
		}})
		shown("lines")
		types("p")
		hear(views.LogsMsg{Lines: []vault.LogLine{line(5, "info", "core", "unseen")}})
		shown("paused")
		types("p", "/", "l", "o", "c", "k")
		shown("filter typed")
		types("enter")
		shown("filtered")
		types("esc", "up", "up")
		shown("selected")
		types("end")
		hear(views.LogsMsg{Ended: true, Err: &vault.Error{Kind: vault.Unreachable, Why: vault.Cut}})
		shown("broken off")
		at, feed = at.Add(5*time.Second), 2
		hear(views.LogsMsg{Begun: true})
		types("l")
		feed = 3
		hear(views.LogsMsg{Begun: true, Ended: true})
		feed = 4
		hear(views.LogsMsg{Ended: true, Err: &vault.Error{Kind: vault.Sealed}})
		shown("open again, then of another level, then sealed")
		types("n")
		shown("where different nodes answer")
	}
	golden.RequireEqual(t, []byte(b.String()))
}
