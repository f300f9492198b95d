package views

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
)

// Sheet is a dialog of lines that scroll. The lines are asked for anew at each drawing, so that a detail stays live.
type Sheet struct {
	title func() string
	body  func(t theme.Theme, w int) []string
	w, h  int
	top   int
}

// NewDetail shows what a pane tells of its selection, as long as it is open.
func NewDetail(p Pane) *Sheet {
	return &Sheet{
		title: func() string { d, _ := p.Detail(); return d.Title },
		body: func(t theme.Theme, w int) []string {
			d, ok := p.Detail()
			if !ok {
				return []string{t.Text(theme.Muted, "It is gone.")}
			}
			return factLines(t, d.Facts, w)
		},
	}
}

// NewHelp lists the keys that work now.
func NewHelp(groups []KeyGroup) *Sheet {
	return &Sheet{
		title: func() string { return "Keys" },
		body:  func(t theme.Theme, w int) []string { return keyLines(t, groups) },
	}
}

// KeyGroup is a titled list of keys.
type KeyGroup struct {
	Title string
	Keys  []key.Binding
}

func keyLines(t theme.Theme, groups []KeyGroup) []string {
	var out []string
	for i, g := range groups {
		if i > 0 {
			out = append(out, "")
		}
		out = append(out, t.Text(theme.Strong, g.Title))
		for _, b := range g.Keys {
			if b.Enabled() {
				out = append(out, t.Text(theme.Accent, components.Fit(t, "  "+b.Help().Key, 16, 1))+b.Help().Desc)
			}
		}
	}
	return out
}

func factLines(t theme.Theme, facts []Fact, w int) []string {
	const label = 17
	var out []string
	for _, f := range facts {
		indent, room := "", w
		if f.Label != "" {
			indent, room = t.Text(theme.Muted, components.Fit(t, f.Label, label, 1)), w-label
		}
		for i, l := range components.Wrap(f.Value.Text, max(10, room)) {
			if i > 0 && f.Label != "" {
				indent = strings.Repeat(" ", label)
			}
			out = append(out, indent+t.Text(f.Value.Tone, l))
		}
		if f.Value.Text == "" {
			out = append(out, indent)
		}
	}
	return out
}

// Title is the dialog's.
func (s *Sheet) Title() string { return s.title() }

// SetSize takes the room there is.
func (s *Sheet) SetSize(w, h int) { s.w, s.h = w, h }

// Busy is never so: nothing is in flight.
func (s *Sheet) Busy() bool { return false }

// Update scrolls, and closes on the keys that people try first.
func (s *Sheet) Update(msg tea.Msg) components.Action {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch k.String() {
	case "esc", "ctrl+[", "enter", "q", "?":
		return components.Close{}
	case "up", "k":
		s.top--
	case "down", "j":
		s.top++
	case "pgup":
		s.top -= s.h
	case "pgdown", "space":
		s.top += s.h
	case "home":
		s.top = 0
	}
	s.top = max(0, s.top)
	return nil
}

// View draws the part that fits, with a last line that says how much more there is.
func (s *Sheet) View(t theme.Theme) string {
	w := min(s.w, 92)
	lines := s.body(t, w)
	if len(lines) <= s.h {
		s.top = 0
		return strings.Join(lines, "\n")
	}
	room := max(1, s.h-1)
	top := min(s.top, len(lines)-room)
	out := append([]string{}, lines[top:top+room]...)
	rest := "  end"
	if left := len(lines) - top - room; left > 0 {
		rest = "  " + t.Glyphs().Ellipsis + " " + plural(left, "more line", "more lines") + ", down or space"
	}
	return strings.Join(append(out, t.Text(theme.Muted, rest)), "\n")
}
