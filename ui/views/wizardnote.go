package views

import (
	"errors"

	"warder/ui/components"
	"warder/vault/ceremony"
)

// notes says that an exception can be noted in the record now.
func (z *Wizard) notes() bool {
	n, able := z.machine.(interface{ Notes() bool })
	return able && n.Notes()
}

// tells says that the machine wants to hear that it is left, before it is.
func (z *Wizard) tells() bool {
	l, able := z.machine.(interface{ Leaves() bool })
	return able && l.Leaves()
}

// askToNote takes an exception in words. It answers nothing of what is on the screen below.
func (z *Wizard) askToNote() {
	if !z.notes() {
		return
	}
	parts := []part{{"Into the record", []string{
		"What is not as it was meant to be, and who decided it, in a sentence.",
		"No share and no token: what reads as one is refused.",
	}}}
	field := components.Input{Key: "note", Title: "Exception", Check: noteProblem}
	z.ask("Note an exception", parts, field, func(a *components.Answers) components.Action {
		return decided{ceremony.Noted{Text: a.Text("note")}}
	})
}

func noteProblem(text string) error {
	if text == "" {
		return errNothingNoted
	}
	return ceremony.Unfit(text)
}

var errNothingNoted = errors.New("nothing was typed")
