package views_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

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
