package views_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
)

func plain() theme.Theme { return theme.New(theme.Mono, true, false) }

// shelves are one of each state that a shelf can be in.
func shelves() []views.Shelf {
	columns := []components.Column{{Title: "PATH", Min: 10}, {Title: "TYPE", Priority: 2}, {Title: "DESCRIPTION", Priority: 1, Min: 12, Grow: true}}
	answering := func(stock views.Stock, err error) func(views.Query) (views.Stock, error) {
		return func(views.Query) (views.Stock, error) { return stock, err }
	}
	row := func(path, kind, text string) components.Row {
		return components.Row{ID: path, Cells: []components.Cell{{Text: path}, {Text: kind}, {Text: text, Tone: theme.Muted}}}
	}
	page := &vault.Page{Names: make([]string, vault.PageSize), Before: 10_000, Matching: 25_000, Total: 25_000}
	return []views.Shelf{
		{Name: "Filled", Columns: columns, Ask: answering(views.Stock{Rows: []components.Row{
			row("kv/", "kv", "secrets of the applications"), row("database/", "database", "credentials that are made on demand and end by themselves"),
		}, Notes: []string{"3 leases could not be revoked: 3 of database/. What they were for may live on."}}, nil)},
		{Name: "Empty", Columns: columns, None: "No audit device is enabled: nothing of what is asked of this cluster is recorded.", Ask: answering(views.Stock{}, nil)},
		{Name: "Denied", Columns: columns, Needs: "read and sudo on sys/audit", Ask: answering(views.Stock{}, &vault.Error{Kind: vault.Denied})},
		{Name: "Without a token", Columns: columns, Needs: "list on sys/policies/acl", Ask: answering(views.Stock{}, &vault.Error{Kind: vault.NoToken})},
		{Name: "Unsupported", Columns: columns, Ask: answering(views.Stock{}, &vault.Error{Kind: vault.Unsupported})},
		{Name: "Lost", Columns: columns, Ask: answering(views.Stock{}, &vault.Error{Kind: vault.Unreachable, Why: vault.Timeout})},
		{Name: "Paged", Columns: columns, Ask: answering(views.Stock{Rows: []components.Row{row("team-1", "acl", ""), row("team-2", "acl", "")}, Page: page}, nil)},
	}
}

func TestInventoryInEachState(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, size := range [][2]int{{76, 22}, {116, 12}, {46, 10}, {20, 4}} {
		v, cmd := views.NewInventory("prod", "vault-2", func() time.Time { return now }, shelves(), nil)
		v.SetSize(size[0], size[1])
		for range shelves() {
			fmt.Fprintf(&b, "== %dx%d\n%s\n", size[0], size[1], trimmed(v.View(plain())))
			v.Update(cmd().(views.InventoryMsg))
			fmt.Fprintf(&b, "-- told\n%s\n", trimmed(v.View(plain())))
			run, more := v.Update(press("tab")).(components.Run)
			if !more {
				break
			}
			cmd = run.Cmd
		}
	}
	golden.RequireEqual(t, []byte(b.String()))
}

// TestAnOlderAnswerOfAShelfIsDropped: r was pressed twice, and the answers come in another order.
func TestAnOlderAnswerOfAShelfIsDropped(t *testing.T) {
	t.Parallel()
	v, first := views.NewInventory("prod", "vault-2", func() time.Time { return now }, shelves(), nil)
	v.SetSize(76, 22)
	second := v.Update(press("r")).(components.Run).Cmd
	v.Update(first())
	if !strings.Contains(v.View(plain()), "asking vault-2") {
		t.Errorf("the older answer was taken:\n%s", v.View(plain()))
	}
	v.Update(second())
	if !strings.Contains(v.View(plain()), "kv/") {
		t.Errorf("the newer one was not:\n%s", v.View(plain()))
	}
}

func TestALogInEachState(t *testing.T) {
	t.Parallel()
	roads := func(*views.Logs) views.Feeds {
		none := func(int) tea.Cmd { return nil }
		return views.Feeds{Open: func(int, string, time.Duration) tea.Cmd { return nil }, More: none, Close: func() {}}
	}
	line := func(s int, level, module, message string, fields ...string) vault.LogLine {
		return vault.LogLine{Time: now.Add(time.Duration(s) * time.Second), Level: level, Module: module, Message: message, Fields: fields}
	}
	var b strings.Builder
	for _, size := range [][2]int{{76, 22}, {116, 12}, {46, 10}, {20, 4}} {
		l, _ := views.NewLogs("vault-2", func() time.Time { return now.Add(time.Minute) }, roads)
		l.SetSize(size[0], size[1])
		shown := func(what string) {
			fmt.Fprintf(&b, "== %dx%d, %s\n%s\n", size[0], size[1], what, trimmed(l.View(plain())))
		}
		shown("asking")
		l.Update(views.LogsMsg{Logs: l, Feed: 1, Begun: true})
		shown("silent")
		l.Update(views.LogsMsg{Logs: l, Feed: 1, Dropped: 7, Lines: []vault.LogLine{
			line(1, "info", "core", "successful mount", "path=kv/", "type=kv"),
			line(2, "warn", "storage.raft", "heartbeat timeout reached, starting election", "last-leader-addr=10.0.0.7:8201", "last-leader-id=vault-1"),
			line(3, "error", "core", "failed to acquire lock"), line(4, "debug", "rollback", "attempting rollback"),
			{Message: "a line in no known form"},
		}})
		shown("lines")
		l.Update(press("p"))
		l.Update(views.LogsMsg{Logs: l, Feed: 1, Lines: []vault.LogLine{line(5, "info", "core", "unseen")}})
		shown("paused")
		l.Update(press("p"))
		for _, k := range []string{"/", "l", "o", "c", "k"} {
			l.Update(press(k))
		}
		shown("filtered")
		l.Update(press("esc"))
		l.Update(views.LogsMsg{Logs: l, Feed: 1, Ended: true, Err: &vault.Error{Kind: vault.Unreachable, Why: vault.Cut}})
		shown("broken off")
	}
	golden.RequireEqual(t, []byte(b.String()))
}
