package views

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/ui/components"
	"warder/vault/ceremony"
)

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
	// astray says what somebody types that is not for the question on the screen: nothing is taken until he says go on.
	astray  string
	leave   *asking // before the wizard is left, the operation cancelled on the server, or something lost
	w, h    int
	now     func() time.Time
	idle    time.Duration // without a key for so long the screen goes blank; 0: never
	lastKey time.Time
	blank   bool
	woken   time.Time // when the last key of those came that lit the screen
	marks   []string  // on every screen
	dropped bool      // a paste was dropped, which deserves a word until the next key
}

// CeremonyMsg is what became of an effect of a wizard.
type CeremonyMsg struct {
	Wizard *Wizard
	Event  ceremony.Event
}

// Setting is what a wizard needs beside its ceremony.
type Setting struct {
	Cautions []string      // said at the first step
	Marks    []string      // stand on every screen
	Idle     time.Duration // without a key for so long the screen goes blank; 0: never
	Now      func() time.Time
}

// NewWizard opens a ceremony. run makes the command that does an effect and answers with a CeremonyMsg of this wizard.
func NewWizard(name string, m ceremony.Machine, s Setting, run func(*Wizard, ceremony.Effect) tea.Cmd) *Wizard {
	z := &Wizard{name: name, machine: m, caution: s.Cautions, marks: s.Marks, idle: s.Idle, now: s.Now, lastKey: s.Now()}
	z.run = func(e ceremony.Effect) tea.Cmd { return run(z, e) }
	z.show()
	return z
}

// Machine is the ceremony as it stands.
func (z *Wizard) Machine() ceremony.Machine { return z.machine }

// Title is the ceremony's name, with what has to be seen on every screen of it.
func (z *Wizard) Title() string {
	title := z.name
	marks := z.marks
	if m, ok := z.machine.(interface{ Marks() []string }); ok {
		marks = append(slices.Clip(marks), m.Marks()...)
	}
	for _, m := range marks {
		title += " · " + m
	}
	return title
}

// Fills gives a ceremony the whole screen.
func (z *Wizard) Fills() {}

// SetSize takes the room there is.
func (z *Wizard) SetSize(w, h int) {
	z.w, z.h = w, h
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
		if z.wakes(m) || z.strays(m) {
			return nil
		}
		return z.input(m)
	}
	return nil
}

// Wipe zeroes all secrets, by whatever road the program ends.
func (z *Wizard) Wipe() {
	z.screen.wipe()
	z.machine.Wipe()
}

func (z *Wizard) input(msg tea.Msg) components.Action {
	if z.leave != nil {
		return z.asked(z.leave.update(msg))
	}
	if k, ok := msg.(tea.KeyPressMsg); ok {
		switch k.String() {
		case "esc", "ctrl+[":
			return z.askToLeave()
		case "ctrl+x":
			z.askToCancel()
			return nil
		case "ctrl+n":
			z.askToNote()
			return nil
		case "y":
			if p, ok := z.prompt.(ceremony.Tell); ok && p.Copy != "" {
				return components.Run{Cmd: tea.SetClipboard(p.Copy)}
			}
		case "ctrl+o":
			if z.backs() {
				z.answered = true
				return z.apply(ceremony.Back{})
			}
			return nil
		}
	}
	event := z.screen.update(msg)
	if event == nil {
		return nil
	}
	if z.loses(event) {
		z.askToLose(event)
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
	if z.screen == nil || z.answered || !z.screen.refresh(next) {
		if z.screen != nil {
			if !z.answered && z.typing() {
				z.astray = "what was being typed, since the question is another now"
			}
			z.screen.wipe()
		}
		z.screen = screenOf(next)
	}
	z.prompt, z.answered = next, false
}

// typing says that a secret is half typed.
func (z *Wizard) typing() bool {
	e, ok := z.screen.(*entry)
	return ok && !e.field.Empty()
}
