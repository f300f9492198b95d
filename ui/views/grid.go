package views

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"warder/ui/components"
)

// grid is what the panes that are tables share.
type grid struct {
	p     *Picture
	table *components.Table
	w, h  int
	moved bool // the operator chose the selection
}

func newGrid(columns ...components.Column) grid {
	return grid{p: &Picture{}, table: components.NewTable(columns...)}
}

// SetSize takes the room within the frame.
func (g *grid) SetSize(w, h int) {
	g.w, g.h = w, h
	g.table.SetSize(w, h)
}

// setRows keeps the selection on its row once the operator has chosen one; before, the first row has it, whatever names the
// rows turn out to have.
func (g *grid) setRows(rows []components.Row) {
	g.table.SetRows(rows)
	if !g.moved && len(rows) > 0 {
		g.table.Select(rows[0].ID)
	}
}

// Need is the heading and all rows.
func (g *grid) Need() int {
	_, all := g.table.Shown()
	return 1 + max(1, all)
}

// View draws the table.
func (g *grid) View(focused bool) string { return g.table.View(g.p.Theme, focused) }

// Key moves the selection.
func (g *grid) Key(k tea.KeyPressMsg) bool {
	used := g.table.Key(k)
	g.moved = g.moved || used
	return used
}

// Filter narrows the rows.
func (g *grid) Filter(text string) string {
	g.table.Filter(text)
	shown, all := g.table.Shown()
	if text == "" {
		return ""
	}
	return fmt.Sprintf("%d of %d", shown, all)
}

// message draws sentences in place of the table.
func (g *grid) message(sentences []string) string {
	return components.Fit(g.p.Theme, " "+strings.Join(g.wrapped(sentences), "\n "), g.w, g.h)
}

func (g *grid) wrapped(sentences []string) []string {
	var out []string
	for _, s := range sentences {
		out = append(out, components.Wrap(s, g.w-2)...)
	}
	return out
}

// counted joins words with their numbers: "2 standby, 1 sealed".
func counted(order []string, counts map[string]int) string {
	parts := make([]string, len(order))
	for i, word := range order {
		parts[i] = fmt.Sprintf("%d %s", counts[word], word)
	}
	return strings.Join(parts, ", ")
}
