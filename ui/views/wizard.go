package views

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
	"warder/vault/ceremony"
)

// blankAfter is how long a ceremony's screen stays without a key before it goes blank.
const blankAfter = 60 * time.Second

// Wizard is the dialog of one ceremony: it turns prompts into screens, answers into events, and effects into commands. What is
// true and what is allowed the machine decides.
type Wizard struct {
	name    string
	machine ceremony.Machine
	caution []string // said at the first step
	run     func(ceremony.Effect) tea.Cmd
	prompt  ceremony.Prompt
	screen  screen
	// answered says that the screen gave its answer, so that the same question has to be asked on a new one.
	answered bool
	leave    *components.Form // asks before the wizard is left, or the operation cancelled on the server
	w, h     int
	now      func() time.Time
	lastKey  time.Time
	blank    bool
}

// CeremonyMsg is what became of an effect of a wizard.
type CeremonyMsg struct {
	Wizard *Wizard
	Event  ceremony.Event
}

// NewWizard opens a ceremony. run makes the command that does an effect and answers with a CeremonyMsg of this wizard.
func NewWizard(name string, m ceremony.Machine, caution []string, now func() time.Time, run func(*Wizard, ceremony.Effect) tea.Cmd) *Wizard {
	z := &Wizard{name: name, machine: m, caution: caution, now: now, lastKey: now()}
	z.run = func(e ceremony.Effect) tea.Cmd { return run(z, e) }
	z.show()
	return z
}

// Machine is the ceremony as it stands.
func (z *Wizard) Machine() ceremony.Machine { return z.machine }

// Title is the ceremony's name.
func (z *Wizard) Title() string { return z.name }

// Fills gives a ceremony the whole screen.
func (z *Wizard) Fills() {}

// SetSize takes the room there is.
func (z *Wizard) SetSize(w, h int) {
	z.w, z.h = w, h
	if z.leave != nil {
		z.leave.SetSize(w, h)
	}
}

// Busy says that an answer of a server is awaited.
func (z *Wizard) Busy() bool {
	_, waits := z.prompt.(ceremony.Wait)
	return waits
}

// Owns says that a message is this wizard's, also while another dialog lies over it.
func (z *Wizard) Owns(msg tea.Msg) bool {
	m, ok := msg.(CeremonyMsg)
	return ok && m.Wizard == z
}

// Update takes input and answers.
func (z *Wizard) Update(msg tea.Msg) components.Action {
	switch m := msg.(type) {
	case CeremonyMsg:
		return z.apply(m.Event)
	case tea.KeyPressMsg, tea.PasteMsg:
		z.lastKey = z.now()
		if z.blank {
			z.blank = false // the key that lights the screen does nothing else
			return nil
		}
		return z.input(m)
	}
	return nil
}

// Observe tells the machine what the polls see, since others may have moved what it is at.
func (z *Wizard) Observe(s vault.Snapshot) components.Action {
	return z.apply(ceremony.Observed{Snapshot: s})
}

// Tick blanks the screen when nobody has touched a key for a while.
func (z *Wizard) Tick() { z.blank = z.blank || z.now().Sub(z.lastKey) >= blankAfter }

// Wipe zeroes all secrets, by whatever road the program ends.
func (z *Wizard) Wipe() {
	z.screen.wipe()
	z.machine.Wipe()
}

func (z *Wizard) input(msg tea.Msg) components.Action {
	if z.leave != nil {
		return z.asked(z.leave.Update(msg))
	}
	if k, ok := msg.(tea.KeyPressMsg); ok {
		switch k.String() {
		case "esc", "ctrl+[":
			return z.askToLeave()
		case "ctrl+x":
			z.askToCancel()
			return nil
		}
	}
	event := z.screen.update(msg)
	if event == nil {
		return nil
	}
	z.answered = true
	return z.apply(event)
}

// apply gives the machine an event and shows what it asks next.
func (z *Wizard) apply(e ceremony.Event) components.Action {
	var effects []ceremony.Effect
	z.machine, effects = z.machine.Apply(e)
	z.show()
	cmds := make([]tea.Cmd, len(effects))
	for i, effect := range effects {
		cmds[i] = z.run(effect)
	}
	return components.Run{Cmd: tea.Batch(cmds...)}
}

// show makes the screen of the machine's prompt. A prompt that asks for the same as before keeps what was typed so far.
func (z *Wizard) show() {
	next := z.machine.Prompt()
	if z.screen == nil || z.answered || !sameQuestion(z.prompt, next) {
		if z.screen != nil {
			z.screen.wipe()
		}
		z.screen = screenOf(next)
	} else {
		z.screen.refresh(next)
	}
	z.prompt, z.answered = next, false
}

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

// cancelled is the answer of the form that asks to cancel.
type cancelled struct{}

// asked interprets what the form over the wizard answered.
func (z *Wizard) asked(act components.Action) components.Action {
	switch a := act.(type) {
	case cancelled:
		z.leave = nil
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

// View draws the stepper, the prompt and the notices, or nothing while blank.
func (z *Wizard) View(t theme.Theme) string {
	switch {
	case z.blank:
		return components.Fit(t, t.Text(theme.Muted, "Blank. Press any key."), z.w, z.h)
	case z.leave != nil:
		return components.Fit(t, t.Text(theme.Strong, z.leave.Title())+"\n\n"+z.leave.View(t), z.w, z.h)
	}
	top := append([]string{stepper(t, z.machine, z.w), ""}, z.notices(t)...)
	foot := t.Text(theme.Muted, strings.TrimSpace(z.screen.keys()+"   esc leave"+z.cancellable()))
	room := max(1, z.h-len(top)-1)
	body := components.Fit(t, z.screen.view(t, z.w, room), z.w, room)
	return components.Fit(t, strings.Join(append(top, body, foot), "\n"), z.w, z.h)
}

// notices are what deserves a word, in half of the height at most: the question must stay on the screen.
func (z *Wizard) notices(t theme.Theme) []string {
	all := z.machine.Notices()
	if _, at := z.machine.Steps(); at == 0 {
		for _, c := range z.caution {
			all = append(all, ceremony.Notice{Alarm: true, Text: c})
		}
	}
	var out []string
	for _, n := range all {
		out = append(out, noticeLines(t, n, z.w)...)
	}
	if most := max(1, z.h/2); len(out) > most {
		out = append(out[:most-1], t.Text(theme.Warn, "  "+t.Glyphs().Ellipsis+" more: a taller window shows it"))
	}
	if len(out) > 0 {
		out = append(out, "")
	}
	return out
}

// stepper names the steps, the present one marked; where they do not fit, only that and how many there are.
func stepper(t theme.Theme, m ceremony.Machine, w int) string {
	names, at := m.Steps()
	parts := make([]string, len(names))
	for i, name := range names {
		switch {
		case i < at:
			parts[i] = t.Text(theme.OK, t.Glyphs().OK+" "+name)
		case i == at:
			parts[i] = t.Text(theme.Strong, t.Glyphs().Arrow+" "+name)
		default:
			parts[i] = t.Text(theme.Muted, "  "+name)
		}
	}
	line := strings.Join(parts, "  ")
	if ansi.StringWidth(line) <= w || at >= len(names) {
		return components.Cut(t, line, w)
	}
	now := t.Text(theme.Strong, t.Glyphs().Arrow+" "+names[at])
	next := ""
	if at+1 < len(names) {
		next = ", then " + strings.ToLower(names[at+1])
	}
	return components.Cut(t, now+t.Text(theme.Muted, fmt.Sprintf("  step %d of %d%s", at+1, len(names), next)), w)
}

func noticeLines(t theme.Theme, n ceremony.Notice, w int) []string {
	glyph, tone := t.Glyphs().Warn, theme.Warn
	if n.Alarm {
		glyph, tone = t.Glyphs().Bad, theme.Bad
	}
	var out []string
	for i, l := range components.Wrap(n.Text, w-2) {
		if i > 0 {
			glyph = " "
		}
		out = append(out, t.Text(tone, glyph+" "+l))
	}
	return out
}
