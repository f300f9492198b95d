package views

import (
	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
)

// Deed is one thing that can be done to the cluster, as it is shown before it is done.
type Deed struct {
	Name, Hint string
	Refuse     string // why it cannot be done here and now; "" when nothing known speaks against it
	Fields     []components.Field
	// Examine looks closer before the question, once the values are known: what it found, and why it cannot be done, or "". nil for
	// what needs no second look; it may take a while.
	Examine  func(values map[string]string) (found []Fact, refuse string)
	Follows  func(values map[string]string) []Fact // what will be true afterwards, and what will not change
	Word     string                                // to be typed out; "" asks for a yes
	Progress func() string                         // how far it is while it is done; nil for what takes a moment
	Do       func(values map[string]string) Result // one write, and what reading back tells; it may take a while
}

// Outlook is how things are just before an act, and what can be done.
type Outlook struct {
	Facts []Fact
	Deeds []Deed
}

// Result is what came of an act.
type Result struct {
	Tone  theme.Tone
	Title string
	Facts []Fact
}

// Examined is what a second look found.
type Examined struct {
	Facts  []Fact
	Refuse string
}

// ActMsg answers a command of an act: Outlook, Examined or Result is there.
type ActMsg struct {
	Act      *Act
	Outlook  *Outlook
	Examined *Examined
	Result   *Result
}

// Act is the dialog of acts on the cluster. How things are is read when it opens, what follows is shown, one write goes out after
// a confirmation, and what came of it is read back and told.
type Act struct {
	title   string
	stage   actStage
	outlook Outlook
	deed    Deed
	values  map[string]string
	found   Examined
	result  Result
	form    *components.Form // nil where nothing is asked
	prose   prose
	unread  bool // something was confirmed before all of it was on the screen
	w, h    int
}

type actStage int

const (
	actLooking  actStage = iota
	actChoosing          // which of several deeds
	actFilling           // its values
	actExamining
	actRefused // by what was found
	actAsking  // for a yes, or a word
	actDoing
	actTold
)

// NewAct opens the dialog; look asks the servers. The command has to be run.
func NewAct(title string, look func() Outlook) (*Act, tea.Cmd) {
	d := &Act{title: title}
	return d, func() tea.Msg {
		out := look()
		return ActMsg{Act: d, Outlook: &out}
	}
}

// Title is the dialog's.
func (d *Act) Title() string { return d.title }

// SetSize takes the room there is.
func (d *Act) SetSize(w, h int) { d.w, d.h = min(w, 92), h }

// Busy says that the write is under way.
func (d *Act) Busy() bool { return d.stage == actDoing }

// Owns says that a message is this dialog's.
func (d *Act) Owns(msg tea.Msg) bool {
	m, ok := msg.(ActMsg)
	return ok && m.Act == d
}

// Update takes input and answers.
func (d *Act) Update(msg tea.Msg) components.Action {
	switch m := msg.(type) {
	case ActMsg:
		d.hear(m)
		return nil
	case tea.KeyPressMsg:
		return d.key(m)
	case tea.PasteMsg:
		if d.form != nil {
			return d.form.Update(m)
		}
	}
	return nil
}

func (d *Act) hear(m ActMsg) {
	switch {
	case m.Outlook != nil && d.stage == actLooking:
		d.outlook = *m.Outlook
		d.choose()
	case m.Examined != nil && d.stage == actExamining:
		if d.found = *m.Examined; d.found.Refuse != "" {
			d.enter(actRefused, nil)
			return
		}
		d.ask()
	case m.Result != nil && d.stage == actDoing:
		d.result = *m.Result
		d.enter(actTold, nil)
	}
}

func (d *Act) key(k tea.KeyPressMsg) components.Action {
	if d.prose.key(k) {
		d.unread = false
		return nil
	}
	if d.form == nil {
		switch k.String() {
		case "esc", "ctrl+[", "enter", "q":
			return components.Close{}
		}
		return nil
	}
	// Nobody can agree to what was not on the screen; leaving is always free.
	if d.stage == actAsking && d.prose.over && k.String() != "esc" && k.String() != "ctrl+[" {
		d.unread = true
		return nil
	}
	return d.form.Update(k)
}

// enter begins a stage.
func (d *Act) enter(s actStage, form *components.Form) {
	d.stage, d.form, d.prose, d.unread = s, form, prose{}, false
}
