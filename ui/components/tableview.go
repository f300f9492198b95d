package components

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"warder/theme"
)

// Before the first column stand the selection, the mark and a space; after the last one a space.
const gutter, edge = 3, 1

// window is how a table's height is spent.
type window struct {
	header, position bool
	rows             int
}

// window gives the rows the first claim on the height; the header comes second, the position third.
func (t *Table) window() window {
	w := window{header: t.h >= 2, rows: max(0, t.h)}
	if w.header {
		w.rows--
	}
	if w.rows >= 3 && len(t.shown) > w.rows {
		w.position = true
		w.rows--
	}
	return w
}

// View draws the table as exactly the size it was given. Only the rows in sight are drawn.
func (t *Table) View(th theme.Theme, focused bool) string {
	if t.w <= 0 || t.h <= 0 {
		return ""
	}
	win := t.window()
	widths := columnWidths(t.columns, t.natural, max(0, t.w-gutter-edge))
	var lines []string
	if win.header {
		lines = append(lines, t.headerLine(th, widths))
	}
	end := min(t.top+win.rows, len(t.shown))
	for i := t.top; i < end; i++ {
		lines = append(lines, t.rowLine(th, widths, t.rows[t.shown[i]], focused && i == t.cursor))
	}
	if win.position {
		lines = append(lines, th.Text(theme.Muted, t.position(th, end)))
	}
	if len(t.shown) == 0 && t.filter != "" {
		lines = append(lines, th.Text(theme.Muted, "   nothing matches "+bare(t.filter)))
	}
	return Fit(th, strings.Join(lines, "\n"), t.w, t.h)
}

func (t *Table) position(th theme.Theme, end int) string {
	return fmt.Sprintf("   %d%s%d of %d", t.top+1, th.Glyphs().Dash, end, len(t.shown))
}

func (t *Table) headerLine(th theme.Theme, widths []int) string {
	titles := make([]Cell, len(t.columns))
	for i, c := range t.columns {
		titles[i] = Cell{bare(c.Title), theme.Muted}
	}
	return strings.Repeat(" ", gutter) + t.cells(th, widths, titles, th.Text)
}

func (t *Table) rowLine(th theme.Theme, widths []int, row Row, selected bool) string {
	text, sign := th.Text, " "
	if selected {
		text, sign = th.Selected, th.Glyphs().Select
	}
	line := text(theme.Accent, strings.TrimRight(sign+Cut(th, row.Mark, 1), " "))
	line += text(theme.Plain, strings.Repeat(" ", gutter-ansi.StringWidth(line))) + t.cells(th, widths, row.Cells, text)
	if rest := t.w - gutter - total(widths); selected && rest > 0 {
		line += text(theme.Plain, strings.Repeat(" ", rest))
	}
	return line
}

// cells draws the columns that are shown. Only a text itself has its cell's tone, for an underline must not run on
// under the padding.
func (t *Table) cells(th theme.Theme, widths []int, cells []Cell, text func(theme.Tone, string) string) string {
	var b strings.Builder
	pad := 0
	for i, c := range t.columns {
		if widths[i] == 0 {
			continue
		}
		s := Cut(th, cells[i].Text, widths[i])
		spare := widths[i] - ansi.StringWidth(s)
		if c.Right {
			pad, spare = pad+spare, 0
		}
		b.WriteString(text(theme.Plain, strings.Repeat(" ", pad)))
		b.WriteString(text(cells[i].Tone, s))
		pad = spare + columnGap
	}
	b.WriteString(text(theme.Plain, strings.Repeat(" ", max(0, pad-columnGap))))
	return b.String()
}
