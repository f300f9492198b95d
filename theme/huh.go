package theme

import (
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// Huh is the same theme for huh's fields. It ignores huh's own dark flag: a field made after the terminal told its
// background would never learn it.
func (t Theme) Huh() huh.Theme {
	styles := t.huhStyles()
	return huh.ThemeFunc(func(bool) *huh.Styles { return styles })
}

func (t Theme) huhStyles() *huh.Styles {
	h := huh.ThemeBase(true)
	h.Focused = t.fieldStyles()
	h.Blurred = h.Focused
	h.Blurred.Base = h.Focused.Base.BorderStyle(lipgloss.HiddenBorder())
	h.Blurred.Card = h.Blurred.Base
	h.Blurred.Title = t.Style(Plain)
	h.Blurred.SelectSelector = t.Style(Muted).SetString("> ") // what was chosen is told without colour too
	h.Blurred.MultiSelectSelector = lipgloss.NewStyle().SetString("  ")
	h.Group.Title = t.Style(Strong)
	h.Group.Description = t.Style(Muted)
	return h
}

func (t Theme) fieldStyles() huh.FieldStyles {
	g := t.Glyphs()
	var f huh.FieldStyles
	f.Base = lipgloss.NewStyle().PaddingLeft(1).Border(lipgloss.Border{Left: g.Select}, false, false, false, true).
		BorderForeground(t.Style(Accent).GetForeground())
	f.Card = f.Base
	f.Title = t.Style(Strong)
	f.NoteTitle = t.Style(Strong)
	f.Description = t.Style(Muted)
	f.ErrorIndicator = t.Style(Bad).SetString(" " + g.Bad)
	f.ErrorMessage = t.Style(Bad)
	f.SelectSelector = t.Style(Accent).SetString("> ")
	f.MultiSelectSelector = f.SelectSelector
	f.SelectedOption = t.Style(Strong)
	f.SelectedPrefix = t.Style(Accent).SetString("[x] ")
	f.UnselectedPrefix = t.Style(Muted).SetString("[ ] ")
	f.TextInput.Prompt = t.Style(Accent)
	f.TextInput.Cursor = t.Style(Accent)
	f.TextInput.Placeholder = t.Style(Muted)
	f.FocusedButton = button("[ ", " ]").Inherit(t.Style(Strong)).Reverse(true)
	f.BlurredButton = button("  ", "  ").Inherit(t.Style(Plain))
	f.Next = f.FocusedButton
	return f
}

// button marks the chosen one by brackets too, which survive a copied screen and a terminal without attributes.
func button(open, end string) lipgloss.Style {
	return lipgloss.NewStyle().MarginRight(1).Transform(func(s string) string { return open + s + end })
}
