package views

import (
	"strings"

	"warder/ui/components"
	"warder/vault/ceremony"
)

// askToLeave asks before a ceremony is left that is not over; leaving ends nothing on the server.
func (z *Wizard) askToLeave() components.Action {
	if _, over := z.prompt.(ceremony.End); over {
		return z.close()
	}
	text := append(z.machine.Account(), "Leaving cancels nothing on the server.")
	if w, ok := z.prompt.(ceremony.Wait); ok && w.Hold {
		text = append(text, "An answer is under way that nobody else gets: left now, it is lost for good.")
	}
	z.ask("Leave this ceremony?", text, components.YesNo{Key: "leave", Yes: "Leave", No: "Stay"}, func(a *components.Answers) components.Action {
		if a.Yes("leave") {
			return z.close()
		}
		return components.Close{}
	})
	return nil
}

// askToCancel asks before the operation is ended on the server, for everybody.
func (z *Wizard) askToCancel() {
	c, able := z.machine.(ceremony.Canceller)
	if !able {
		return
	}
	act, ok := c.Cancel()
	if !ok {
		return
	}
	z.ask(act.Label+"?", append(z.machine.Account(), act.Hint), components.Retype{Key: "word", Title: "Type cancel to confirm", Want: "cancel"},
		func(*components.Answers) components.Action { return cancelled{} })
}

func (z *Wizard) ask(title string, text []string, field components.Field, submit func(*components.Answers) components.Action) {
	z.leave = components.NewForm(components.FormSpec{
		Title: title, Text: strings.Join(text, " "), Fields: []components.Field{field}, Submit: submit,
	})
	z.leave.SetSize(z.w, z.h)
}

// cancellable says what ctrl+x would do now, or "".
func (z *Wizard) cancellable() string {
	if c, able := z.machine.(ceremony.Canceller); able {
		if act, ok := c.Cancel(); ok {
			return "   ctrl+x " + strings.ToLower(act.Label)
		}
	}
	return ""
}

// backs says that there is a step to go back to.
func (z *Wizard) backs() bool {
	b, able := z.machine.(ceremony.Backer)
	return able && b.Backs()
}

// cancelled is the answer of the form that asks to cancel.
type cancelled struct{}

// asked interprets what the form over the wizard answered.
func (z *Wizard) asked(act components.Action) components.Action {
	switch a := act.(type) {
	case cancelled:
		z.leave, z.answered = nil, true
		return z.apply(ceremony.Cancelled{})
	case left:
		return components.Close{}
	case components.Close:
		z.leave = nil
	case components.Run:
		return a
	}
	return nil
}

// left is the answer of the form that asks to leave.
type left struct{}

func (z *Wizard) close() components.Action {
	z.Wipe()
	if z.leave != nil {
		return left{}
	}
	return components.Close{}
}
