package views

import (
	"strings"

	"warder/ui/components"
	"warder/vault/ceremony"
)

// askToLeave asks before a ceremony is left that is not over; leaving ends nothing on the server.
func (z *Wizard) askToLeave() components.Action {
	if _, over := z.prompt.(ceremony.End); over {
		if z.tells() {
			z.answered = true
			return z.apply(ceremony.Left{})
		}
		return z.close()
	}
	now, leaving := account(z.machine)
	if w, ok := z.prompt.(ceremony.Wait); ok && w.Hold {
		leaving = append(leaving, "An answer is under way that nobody else gets: left now, it is lost for good.")
	}
	if len(leaving) == 0 {
		leaving = []string{"Leaving cancels nothing on the server."}
	}
	parts := []part{{"True now", now}, {"If you leave", leaving}}
	if act, ok := z.cancel(); ok {
		parts = append(parts, part{"If you " + strings.ToLower(act.Label) + " instead (esc, then ctrl+x)", sentences(act.Hint)})
	}
	if lost := z.keeps(); lost != "" {
		parts = append([]part{{"Lost for good if you leave", []string{strings.ToUpper(lost[:1]) + lost[1:] + ": in this console, and nowhere else."}}}, parts...)
		z.ask("Leave, and lose what is here only?", parts, components.Retype{Key: "word", Title: "Type lose it to leave", Want: "lose it"},
			func(*components.Answers) components.Action { return z.leaves() })
		return nil
	}
	z.ask("Leave this ceremony?", parts, components.YesNo{Key: "leave", Yes: "Leave", No: "Stay"}, func(a *components.Answers) components.Action {
		if a.Yes("leave") {
			return z.leaves()
		}
		return components.Close{}
	})
	return nil
}

// leaves tells the machine first where it wants to know.
func (z *Wizard) leaves() components.Action {
	if z.tells() {
		return decided{ceremony.Left{}}
	}
	return z.close()
}

// keeps names what is in the machine and nowhere else.
func (z *Wizard) keeps() string {
	if k, able := z.machine.(ceremony.Keeper); able {
		return k.Keeps()
	}
	return ""
}

// askToCancel asks before the operation is ended on the server, for everybody.
func (z *Wizard) askToCancel() {
	act, ok := z.cancel()
	if !ok {
		return
	}
	now, leaving := account(z.machine)
	word, _, _ := strings.Cut(strings.ToLower(act.Label), " ")
	parts := []part{
		{"True now", now}, {"If you " + strings.ToLower(act.Label), sentences(act.Hint)}, {"If you only leave (esc, then esc again)", leaving},
	}
	z.ask(act.Label+"?", parts, components.Retype{Key: "word", Title: "Type " + word + " to confirm", Want: word},
		func(*components.Answers) components.Action { return decided{ceremony.Cancelled{}} })
}

// loses says that an answer gives up a secret that nobody else has: where an encoded token is asked for, any other way on
// wipes the one-time password.
func (z *Wizard) loses(e ceremony.Event) bool {
	_, secret := z.prompt.(ceremony.EnterSecret)
	_, picked := e.(ceremony.Picked)
	return secret && picked
}

func (z *Wizard) askToLose(e ceremony.Event) {
	now, _ := account(z.machine)
	parts := []part{{"True now", now}, {"What is lost", []string{
		"The one-time password, which is in this console only.",
		"With it the token: if the attempt was completed, its root token can be read by nobody from then on.",
		"Such a token lives on until somebody finds it and revokes it.",
	}}}
	z.ask("Wipe the one-time password?", parts, components.Retype{Key: "word", Title: "Type wipe to confirm", Want: "wipe"},
		func(*components.Answers) components.Action { return decided{e} })
}

func (z *Wizard) ask(title string, parts []part, field components.Field, submit func(*components.Answers) components.Action) {
	z.leave = &asking{title: title, parts: parts, form: components.NewForm(components.FormSpec{
		Fields: []components.Field{field}, Submit: submit, Bare: true,
	})}
}

// cancellable says what ctrl+x would do now, or "".
func (z *Wizard) cancellable() string {
	if act, ok := z.cancel(); ok {
		return "   ctrl+x " + strings.ToLower(act.Label)
	}
	return ""
}

// cancel is what ctrl+x would do now.
func (z *Wizard) cancel() (ceremony.Option, bool) {
	if c, able := z.machine.(ceremony.Canceller); able {
		return c.Cancel()
	}
	return ceremony.Option{}, false
}

// backs says that there is a step to go back to.
func (z *Wizard) backs() bool {
	b, able := z.machine.(ceremony.Backer)
	return able && b.Backs()
}

// decided is the answer of a form that asked before an event.
type decided struct{ event ceremony.Event }

// asked interprets what the form over the wizard answered.
func (z *Wizard) asked(act components.Action) components.Action {
	switch a := act.(type) {
	case decided:
		_, note := a.event.(ceremony.Noted) // which answers nothing: what was typed so far stays
		z.leave, z.answered = nil, !note
		return z.apply(a.event)
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
