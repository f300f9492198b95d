package components

import (
	tea "charm.land/bubbletea/v2"

	"warder/theme"
)

// Dialog is what lies over the panes. It cannot reach into the program: it answers a message with an Action.
type Dialog interface {
	Title() string
	SetSize(w, h int) // the room there is for View; it need not be filled
	Update(msg tea.Msg) Action
	View(t theme.Theme) string
	Busy() bool // an act is in flight: closing now would not undo it
}

// Owner is a Dialog that waits for the results of its own commands. A result reaches it even while another dialog
// lies over it.
type Owner interface {
	Owns(msg tea.Msg) bool
}

// Action is what a Dialog asks for: nil, Close, Run or Open.
type Action any

// Close takes the dialog away and then runs Cmd, if there is one.
type Close struct{ Cmd tea.Cmd }

// Run runs a command while the dialog stays.
type Run struct{ Cmd tea.Cmd }

// Open lays another dialog over this one.
type Open struct{ Dialog Dialog }
