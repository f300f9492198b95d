package components

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"warder/theme"
)

// gutter is the room before the first column: the selection, the mark, a space.
const gutter = 3

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
	if w.rows >= 2 && len(t.shown) > w.rows {
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
	widths := columnWidths(t.columns, t.natural, max(0, t.w-gutter))
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
		lines = append(lines, th.Text(theme.Muted, "   nothing matches "+t.filter))
	}
	return Fit(th, strings.Join(lines, "\n"), t.w, t.h)
}

func (t *Table) position(th theme.Theme, end int) string {
	return fmt.Sprintf("   %d%s%d of %d", t.top+1, th.Glyphs().Dash, end, len(t.shown))
}

func (t *Table) headerLine(th theme.Theme, widths []int) string {
	var b strings.Builder
	b.WriteString(strings.Repeat(" ", gutter))
	for i, c := range t.columns {
		writeCell(&b, th, c, widths[i], bare(c.Title), func(s string) string { return th.Text(theme.Muted, s) })
	}
	return b.String()
}

func (t *Table) rowLine(th theme.Theme, widths []int, row Row, selected bool) string {
	text, sign := th.Text, " "
	if selected {
		text, sign = th.Selected, th.Glyphs().Select
	}
	var b strings.Builder
	b.WriteString(text(theme.Accent, sign+align(Cut(th, row.Mark, 1), 1, false)+" "))
	for i, c := range t.columns {
		writeCell(&b, th, c, widths[i], row.Cells[i].Text, func(s string) string { return text(row.Cells[i].Tone, s) })
	}
	if rest := t.w - ansi.StringWidth(b.String()); selected && rest > 0 {
		b.WriteString(text(theme.Plain, strings.Repeat(" ", rest)))
	}
	return b.String()
}

// writeCell draws a cell and the gap after it in one style.
func writeCell(b *strings.Builder, th theme.Theme, c Column, w int, s string, style func(string) string) {
	if w > 0 {
		b.WriteString(style(align(Cut(th, s, w), w, c.Right) + strings.Repeat(" ", columnGap)))
	}
}

// align pads s with spaces to w cells.
func align(s string, w int, right bool) string {
	pad := strings.Repeat(" ", max(0, w-ansi.StringWidth(s)))
	if right {
		return pad + s
	}
	return s + pad
}
