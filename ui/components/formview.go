package components

import (
	"slices"
	"strings"

	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"warder/theme"
)

// formWidth is how wide a form gets at most: longer lines are hard to read.
const formWidth = 64

// currentTheme lets a form follow a change of theme: huh's fields keep the first theme they are given, and ask it for its
// styles many times a frame.
type currentTheme struct {
	now    theme.Theme
	styles *huh.Styles
}

// Theme implements huh.Theme.
func (c *currentTheme) Theme(bool) *huh.Styles { return c.styles }

func newTheme(t theme.Theme) currentTheme { return currentTheme{t, t.Huh().Theme(true)} }

// SetSize tells the room there is.
func (f *Form) SetSize(w, h int) {
	f.w, f.h = min(w, formWidth), h
	if f.spec.Bare {
		f.w = w // as wide as the text that it lies in
	}
	f.huh.WithWidth(f.w)
	room := f.room()
	for i, field := range f.fields {
		if list, ok := field.(*huh.Select[string]); ok {
			fitList(list, f.spec.Fields[i].(Choice), room)
		}
	}
}

// room is the height for the fields: the foot has a line, where there is one.
func (f *Form) room() int {
	if f.spec.Bare && f.wrong() == "" {
		return f.h
	}
	return f.h - 1
}

// leastList is a title and an option with its hint.
const leastList = 3

// fitList gives a list the height that it needs. Where there is less the hints go, so that the labels stay on the screen, and
// where that is too much huh scrolls it to the option in focus.
func fitList(list *huh.Select[string], choice Choice, room int) {
	list.Options(choice.options(true)...).Height(0)
	if lipgloss.Height(list.View()) <= room {
		return
	}
	list.Options(choice.options(false)...)
	if lipgloss.Height(list.View()) > room {
		list.Height(max(leastList, room))
	}
}

// View draws the text, the fields, and a line that says what is wrong or which keys do what. Where the height does not
// allow all, the text is cut first, and then the fields around the one in focus.
func (f *Form) View(t theme.Theme) string {
	if f.w <= 0 || f.h <= 0 {
		return ""
	}
	if f.theme.now != t {
		*f.theme = newTheme(t)
	}
	fields := f.fieldLines(f.room())
	text := cutText(t, f.spec.Text, f.w, f.h-len(fields)-2)
	lines := slices.Concat(text, fields)
	if foot := f.footer(t); foot != "" {
		if len(lines)+1 < f.h {
			lines = append(lines, "")
		}
		lines = append(lines, foot)
	}
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
		view := strings.Split(f.draw(field), "\n")
		if field == f.focused() {
			start = len(lines)
			if _, ok := field.(*huh.Select[string]); ok {
				start += max(0, len(view)-room) // the title of a list may go, its options may not
			}
		}
		lines = append(lines, view...)
	}
	start = max(0, min(start, len(lines)-room))
	return lines[start:min(len(lines), start+max(0, room))]
}

// draw is a field as huh draws it, but for the text of one that is out of focus: huh leaves it in a colour of its own, not
// of our theme, which a light background swallows.
func (f *Form) draw(field huh.Field) string {
	if _, ok := field.(*huh.Input); ok && field != f.focused() {
		return ansi.Strip(field.View())
	}
	return field.View()
}

func (f *Form) footer(t theme.Theme) string {
	switch {
	case f.state == warned:
		return t.Text(theme.Warn, f.wrong())
	case f.wrong() != "":
		return t.Text(theme.Bad, t.Glyphs().Bad+" "+f.wrong())
	case f.spec.Bare:
		return ""
	}
	return t.Text(theme.Muted, f.Hint()+"   esc cancel")
}

// wrong is what was wrong with the last key, or "".
func (f *Form) wrong() string {
	switch f.state {
	case strayed:
		return "that was something else: begin anew, or press esc"
	case barred:
		return f.why + "; backspace begins anew"
	case warned:
		return "esc again discards the answers"
	}
	for _, field := range f.fields {
		if err := field.Error(); err != nil {
			return err.Error()
		}
	}
	return ""
}

// Hint says which keys do what, for whoever draws the foot of a bare form.
func (f *Form) Hint() string {
	enter := "enter confirm"
	if f.focused() != f.fields[len(f.fields)-1] {
		enter = "enter next field"
	}
	switch f.focused().(type) {
	case *huh.Confirm:
		return "y/n or arrows   " + enter
	case *huh.Select[string]:
		return "up/down choose   " + enter
	}
	return enter
}
