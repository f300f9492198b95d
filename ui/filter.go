package ui

import (
	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/views"
)

// filter narrows the rows of the pane in focus.
type filter struct {
	open bool // being typed
	text string
}

func (f *filter) key(k tea.KeyPressMsg, pane views.Pane) {
	switch k.String() {
	case "esc", "ctrl+[":
		f.clear(pane)
		return
	case "enter":
		f.open = false
	case "backspace":
		if r := []rune(f.text); len(r) > 0 {
			f.text = string(r[:len(r)-1])
		}
	case "ctrl+u":
		f.text = ""
	default:
		f.text += k.Text
	}
	pane.Filter(f.text)
}

func (f *filter) clear(pane views.Pane) {
	*f = filter{}
	pane.Filter("")
}

func (f *filter) line(t theme.Theme, pane views.Pane) string {
	shown := pane.Filter(f.text)
	return " " + t.Text(theme.Accent, "/") + f.text + "▏" + "  " + t.Text(theme.Muted, shown+"  enter keep  esc clear")
}
