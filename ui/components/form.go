package components

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"warder/theme"
)

// FormSpec describes a form; Form builds it.
type FormSpec struct {
	Title  string
	Text   string // what is asked, and what follows from each answer
	Fields []Field
	Submit func(*Answers) Action // called once, when every field holds a valid answer
	Cancel func() Action         // what leaving does, where it is more than Close; any other action keeps the form
	Bare   bool                  // no foot but for what is wrong: what the form lies in says which keys do what
}

// Form is a Dialog of huh's fields, and the only place that knows of huh.
//
// huh moves between fields by commands and obeys any such message, whichever form it was meant for: late ones complete
// the next form with empty answers, and keys that arrive in between are lost. So no command of huh's ever leaves a
// Form: it moves the fields itself, at once, and listens to nothing but input. What else huh would do by commands is
// not wanted here: blink, read the clipboard of the host, open an editor.
type Form struct {
	spec    FormSpec
	huh     *huh.Form
	fields  []huh.Field
	answers *Answers
	theme   *currentTheme
	state   formState
	why     string // it is barred
	w, h    int
}

type formState int

const (
	asking  formState = iota
	strayed           // something else was typed than the word that was wanted
	barred            // what was typed must not be drawn, so that the field is empty again
	warned            // esc was pressed once over changed answers
	done              // submitted: nothing more is taken
)

// NewForm builds a form, its first field in focus. A form that asks nothing is to be acknowledged.
func NewForm(spec FormSpec) *Form {
	if len(spec.Fields) == 0 {
		spec.Fields = []Field{YesNo{Yes: "Close", Default: true}}
	}
	first := newTheme(theme.Theme{})
	f := &Form{spec: spec, answers: newAnswers(), theme: &first}
	for _, field := range spec.Fields {
		f.fields = append(f.fields, field.build(f.answers))
	}
	keys := huh.NewDefaultKeyMap()
	keys.Quit.SetEnabled(false)  // leaving the program is its own affair
	keys.Select.Filter.SetKeys() // a list short enough to be read is not searched; huh would enable it again
	f.huh = huh.NewForm(huh.NewGroup(f.fields...)).WithTheme(f.theme).WithKeyMap(keys)
	f.huh.Init()
	return f
}

// Title is the form's title.
func (f *Form) Title() string { return f.spec.Title }

// Text is what a field holds now.
func (f *Form) Text(key string) string { return f.answers.Text(key) }

// Takes says that the field in focus has a use for a letter. A choice has few letters, so that text which was meant for
// something else can be told from an answer.
func (f *Form) Takes(letter string) bool {
	switch f.focused().(type) {
	case *huh.Confirm:
		return strings.Contains("yYnN", letter)
	case *huh.Select[string]:
		return strings.Contains("jk", letter)
	}
	return true
}

// Busy says that the form was submitted and waits to be taken away.
func (f *Form) Busy() bool { return f.state == done }

// Update takes a key or a paste; every other message is some other form's or nobody's.
func (f *Form) Update(msg tea.Msg) Action {
	if f.state == done {
		return nil
	}
	switch msg := msg.(type) {
	case tea.PasteMsg:
		if f.state == barred {
			return nil
		}
		f.state = asking
		if f.admits(msg.Content) {
			f.huh.Update(msg)
		}
	case tea.KeyPressMsg:
		return f.key(msg)
	}
	return nil
}

func (f *Form) key(k tea.KeyPressMsg) Action {
	if k.String() == "esc" || k.String() == "ctrl+[" {
		return f.escape()
	}
	if f.state == barred { // what comes in one go with what was refused is refused, too
		if k.String() == "backspace" || k.String() == "ctrl+u" {
			f.state = asking
		}
		return nil
	}
	f.state = asking
	step := f.step(k)
	if step == backward && f.focused() == f.fields[0] {
		return nil
	}
	if !f.admits(k.Text) {
		return nil
	}
	f.huh.Update(k)
	switch {
	case step == backward:
		f.huh.PrevField()
	case step == forward && f.focused().Error() == nil:
		return f.advance()
	}
	return nil
}

// admits says whether text may go into the field in focus. One that wants a word out takes nothing but that word, letter by
// letter, and begins anew when something else is typed: a share that was meant for the next screen, and comes too early, is
// not drawn here, and a wrong word does not become the right one by what is left out of it.
func (f *Form) admits(text string) bool {
	i := slices.Index(f.fields, f.focused())
	if input, ok := f.spec.Fields[i].(Input); ok && input.Refuse != nil {
		return f.bears(i, input, text)
	}
	want, ok := f.spec.Fields[i].(Retype)
	if !ok || text == "" {
		return true
	}
	value := f.answers.text[want.Key]
	if strings.HasPrefix(want.want(), *value+strings.TrimRight(text, "\r\n")) {
		return true
	}
	*value = ""
	f.fields[i].(*huh.Input).Value(value)
	f.state = strayed
	return false
}

// bears says whether text may go into a field that refuses some. With what it holds it is looked at before it is drawn; the
// cursor may stand anywhere in it.
func (f *Form) bears(i int, input Input, text string) bool {
	value := f.answers.text[input.Key]
	for _, whole := range []string{*value + text, text + *value, text} {
		if f.why = input.Refuse(whole); f.why != "" {
			*value = ""
			f.fields[i].(*huh.Input).Value(value)
			f.state = barred
			return false
		}
	}
	return true
}

// escape discards changed answers only when asked twice: over a slow line the torn start of another key looks like esc.
func (f *Form) escape() Action {
	if f.state != warned && f.answers.changed() {
		f.state = warned
		return nil
	}
	f.state = asking
	var act Action = Close{}
	if f.spec.Cancel != nil {
		act = f.spec.Cancel()
	}
	if _, closes := act.(Close); closes {
		f.state = done
	}
	return act
}

type step int

const (
	stay step = iota
	forward
	backward
)

// step is where a key leads in huh's key map.
func (f *Form) step(k tea.KeyPressMsg) step {
	switch k.String() {
	case "enter", "tab":
		return forward
	case "shift+tab":
		return backward
	case "y", "Y", "n", "N":
		if _, ok := f.focused().(*huh.Confirm); ok {
			return forward
		}
	}
	return stay
}

// advance moves to the next field, and after the last one submits.
func (f *Form) advance() Action {
	last := f.focused()
	f.huh.NextField()
	if f.focused() != last {
		return nil
	}
	f.huh.NextGroup()
	if f.huh.State != huh.StateCompleted {
		last.Focus()
		return nil
	}
	f.state = done
	return f.spec.Submit(f.answers)
}

func (f *Form) focused() huh.Field { return f.huh.GetFocusedField() }
