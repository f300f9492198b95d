package views

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
)

// Around the table stand the shelves, how old it is, its notes, and the keys.
func (v *Inventory) resize() {
	if v.w <= 0 || v.h <= 0 {
		return
	}
	v.here().table.SetSize(v.w, max(1, v.h-3-len(v.notes())))
}

// View draws the shelves, the one that is looked at, and the keys, as exactly the room there is.
func (v *Inventory) View(t theme.Theme) string {
	if v.w <= 0 || v.h <= 0 {
		return ""
	}
	lines := []string{v.strip(t), v.status(t)}
	for _, n := range v.notes() {
		lines = append(lines, t.Text(theme.Warn, components.Cut(t, n, v.w)))
	}
	lines = append(lines, components.Fit(t, v.content(t), v.w, max(1, v.h-len(lines)-1)), v.foot(t))
	return components.Fit(t, strings.Join(lines, "\n"), v.w, v.h)
}

func (v *Inventory) notes() []string {
	// A short screen has room for one.
	return v.here().stock.Notes[:min(len(v.here().stock.Notes), max(0, v.h-8))]
}

// strip are the shelves in a line, as many as fit beside the one that is looked at.
func (v *Inventory) strip(t theme.Theme) string {
	labels := make([]string, len(v.shelves))
	for i, s := range v.shelves {
		labels[i] = s.Name
		switch p := v.places[i]; {
		case !p.known || s.Folders:
		case p.stock.Page != nil && p.stock.Page.Total > vault.PageSize:
			labels[i] += fmt.Sprintf(" %d", p.stock.Page.Matching)
		default:
			labels[i] += fmt.Sprintf(" %d", len(p.stock.Rows))
		}
	}
	const gap = 2
	from, to, width := v.at, v.at+1, ansi.StringWidth(labels[v.at])+2
	for grew := true; grew; {
		grew = false
		if to < len(labels) && width+ansi.StringWidth(labels[to])+gap <= v.w-4 {
			width += ansi.StringWidth(labels[to]) + gap
			to++
			grew = true
		}
		if from > 0 && width+ansi.StringWidth(labels[from-1])+gap <= v.w-4 {
			from--
			width += ansi.StringWidth(labels[from]) + gap
			grew = true
		}
	}
	var parts []string
	for i := from; i < to; i++ {
		if i == v.at {
			parts = append(parts, t.Selected(theme.Strong, " "+labels[i]+" "))
			continue
		}
		parts = append(parts, t.Text(theme.Muted, labels[i]))
	}
	line := strings.Join(parts, strings.Repeat(" ", gap))
	if from > 0 {
		line = t.Text(theme.Muted, "< ") + line
	}
	if to < len(labels) {
		line += t.Text(theme.Muted, " >")
	}
	return line
}

// status says who told it and when, where in a tree one is, and which part of a long list it is.
func (v *Inventory) status(t theme.Theme) string {
	p := v.here()
	var parts []string
	switch {
	case p.asking:
		parts = append(parts, "asking "+v.by+" …")
	case !p.told.IsZero():
		parts = append(parts, v.by+", "+age(v.now().Sub(p.told))+" ago")
	}
	if p.query.Below != "" {
		parts = append(parts, "below "+p.query.Below)
	}
	if p.looks {
		parts = append(parts, "reading …")
	}
	if v.spread() {
		parts = append(parts, v.part(t.Glyphs().Dash))
	}
	if shown, all := p.table.Shown(); p.filter != "" && !v.typing {
		parts = append(parts, fmt.Sprintf("/%s: %d of %d here", p.filter, shown, all))
	}
	return t.Text(theme.Muted, components.Cut(t, strings.Join(parts, "   "), v.w))
}

// content is the table, or why there is none.
func (v *Inventory) content(t theme.Theme) string {
	p, s := v.here(), v.shelves[v.at]
	switch {
	case p.err != nil:
		return joined(append([]string{""}, wrapped(t, theme.Warn, v.why(p.err), v.w)...))
	case !p.known:
		return ""
	case len(p.stock.Rows) == 0:
		return joined(append([]string{""}, wrapped(t, theme.Plain, s.None, v.w)...))
	}
	return p.table.View(t, true)
}

// why says what is missing for a shelf that could not be read.
func (v *Inventory) why(err error) string {
	s := v.shelves[v.at]
	switch {
	case vault.Is(err, vault.Denied):
		return "The token does not permit it. Needed: " + s.Needs + "."
	case vault.Is(err, vault.NoToken):
		return "It " + vault.Reason(err) + ", with " + s.Needs + "."
	case vault.Is(err, vault.Unsupported):
		return "This server, or its edition, has none."
	}
	return "It could not be read: " + vault.Reason(err) + ". r asks again."
}

func (v *Inventory) foot(t theme.Theme) string {
	p := v.here()
	if v.typing {
		shown, all := p.table.Shown()
		hint := fmt.Sprintf("  %d of %d here   enter keep   esc clear", shown, all)
		if v.spread() {
			hint = fmt.Sprintf("  enter looks through all %d   esc clear", p.stock.Page.Total)
		}
		return components.Cut(t, t.Text(theme.Accent, "/")+p.filter+"▏"+t.Text(theme.Muted, hint), v.w)
	}
	keys := "tab next   enter open   esc back   / filter   r ask anew   e export"
	if p.query.Below != "" {
		keys = "tab next   enter open   backspace up   esc back   / filter   r ask anew   e export"
	}
	if v.shelves[v.at].Count != nil {
		keys = "c count   " + keys
	}
	if v.spread() {
		keys = "n next page   b first page   " + keys
	}
	return t.Text(theme.Muted, components.Cut(t, keys, v.w))
}
