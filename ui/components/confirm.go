package components

import tea "charm.land/bubbletea/v2"

const answer = "answer"

// NewConfirm asks before an act; the button in focus is the one that does nothing. onYes makes the command of the act,
// which starts when the dialog is gone.
func NewConfirm(title, text, yes, no string, onYes func() tea.Cmd) Dialog {
	return NewForm(FormSpec{
		Title:  title,
		Text:   text,
		Fields: []Field{YesNo{Key: answer, Yes: yes, No: no}},
		Submit: func(a *Answers) Action {
			if !a.Yes(answer) {
				return Close{}
			}
			return Close{Cmd: onYes()}
		},
	})
}

// NewTypedConfirm asks for want to be typed out before an act that must not happen by habit.
func NewTypedConfirm(title, text, want string, onYes func() tea.Cmd) Dialog {
	return NewForm(FormSpec{
		Title:  title,
		Text:   text,
		Fields: []Field{Retype{Key: answer, Title: "Type " + want + " to confirm", Want: want}},
		Submit: func(*Answers) Action { return Close{Cmd: onYes()} },
	})
}
