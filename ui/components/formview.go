package components

import (
	"slices"
	"strings"

	"charm.land/huh/v2"

	"warder/theme"
)

// formWidth is how wide a form gets at most: longer lines are hard to read.
const formWidth = 64

// currentTheme lets a form follow a change of theme: huh's fields keep the first theme they are given.
type currentTheme struct{ now theme.Theme }

// Theme implements huh.Theme.
func (c *currentTheme) Theme(dark bool) *huh.Styles { return c.now.Huh().Theme(dark) }

// SetSize tells the room there is.
func (f *Form) SetSize(w, h int) {
	f.w, f.h = min(w, formWidth), h
	f.huh.WithWidth(f.w)
}

// View draws the text, the fields, and a line that says what is wrong or which keys do what. Where the height does not
// allow all, the text is cut first, and then the fields around the one in focus.
func (f *Form) View(t theme.Theme) string {
	if f.w <= 0 || f.h <= 0 {
		return ""
	}
	f.theme.now = t
	fields := f.fieldLines(f.h - 1)
	text := cutText(t, f.spec.Text, f.w, f.h-len(fields)-2)
	lines := slices.Concat(text, fields)
	if len(lines)+1 < f.h {
		lines = append(lines, "")
	}
	lines = append(lines, f.footer(t))
	for i, line := range lines {
		lines[i] = Cut(t, line, f.w)
	}
	return strings.Join(lines, "\n")
}

// cutText is s in at most room lines, with an ellipsis when something is missing, and an empty line after them.
func cutText(t theme.Theme, s string, w, room int) []string {
	lines := Wrap(s, w)
	if room <= 0 || s == "" {
		return nil
	}
	if len(lines) > room {
		lines = lines[:room]
		lines[room-1] = Cut(t, lines[room-1]+" "+t.Glyphs().Ellipsis, w)
	}
	return append(lines, "")
}

// fieldLines are at most room lines of the fields, the one in focus among them.
func (f *Form) fieldLines(room int) []string {
	var lines []string
	start := 0
	for i, field := range f.fields {
		if i > 0 {
			lines = append(lines, "")
		}
		if field == f.focused() {
			start = len(lines)
		}
		lines = append(lines, strings.Split(field.View(), "\n")...)
	}
	start = max(0, min(start, len(lines)-room))
	return lines[start:min(len(lines), start+max(0, room))]
}

func (f *Form) footer(t theme.Theme) string {
	if f.state == warned {
		return t.Text(theme.Warn, "esc again discards what was typed")
	}
	for _, field := range f.fields {
		if err := field.Error(); err != nil {
			return t.Text(theme.Bad, t.Glyphs().Bad+" "+err.Error())
		}
	}
	hint := "enter confirm   esc cancel"
	if _, ok := f.focused().(*huh.Confirm); ok {
		hint = "y/n or arrows choose   " + hint
	}
	return t.Text(theme.Muted, hint)
}
