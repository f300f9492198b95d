package views

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
)

// prose is text that scrolls where it does not fit. It knows whether all of it was on the screen, since nobody can confirm
// what he was not shown.
type prose struct {
	top  int
	page int
	over bool // there is more below
}

// key scrolls, and says whether it had a use for the key.
func (p *prose) key(msg tea.Msg) bool {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false
	}
	switch k.String() {
	case "pgdown":
		p.top += max(1, p.page-1)
	case "pgup":
		p.top -= max(1, p.page-1)
	default:
		return false
	}
	p.top = max(0, p.top)
	return true
}

// view draws at most h lines.
func (p *prose) view(t theme.Theme, lines []string, h int) []string {
	p.page = max(1, h-1)
	if len(lines) <= h {
		p.top, p.over = 0, false
		return lines
	}
	p.top = min(p.top, len(lines)-p.page)
	out := append([]string{}, lines[p.top:p.top+p.page]...)
	left := len(lines) - p.top - p.page
	p.over = left > 0
	foot := "  pgup goes back"
	if p.over {
		foot = "  " + t.Glyphs().Ellipsis + " " + plural(left, "more line", "more lines") + ": pgdown"
	}
	return append(out, t.Text(theme.Warn, foot))
}

// paragraphs sets a title and sentences, an empty line after each.
func paragraphs(t theme.Theme, title string, text []string, w int) []string {
	var out []string
	if title != "" {
		out = append(out, t.Text(theme.Strong, components.Cut(t, title, w)), "")
	}
	for _, p := range text {
		out = append(out, components.Wrap(p, w)...)
		out = append(out, "")
	}
	return out
}

func joined(lines []string) string { return strings.Join(lines, "\n") }
