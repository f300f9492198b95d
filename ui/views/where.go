package views

import (
	"warder/theme"
)

// Where says which cluster is on the screen, and what nobody may forget of it.
type Where struct {
	Name                 string // of the context; "" is the cluster's own
	Tone                 theme.Tone
	Production, ReadOnly bool
}

// The words of the marks. They are words so that no screen without colours loses them.
const (
	production = "PROD"
	readOnly   = "READ-ONLY"
)

// Mark is what stands before the title of every dialog and ceremony.
func (w Where) Mark() string {
	if w.Production {
		return production
	}
	return ""
}

// marks are the words, each with a blank behind it.
func (w Where) marks(t theme.Theme) string {
	out := ""
	if w.Production {
		out += t.Selected(theme.Bad, " "+production+" ") + " "
	}
	if w.ReadOnly {
		out += t.Text(theme.Warn, readOnly) + " "
	}
	return out
}

// tone is that of the name.
func (w Where) tone() theme.Tone {
	if w.Tone == theme.Plain {
		return theme.Accent
	}
	return w.Tone
}
