package views

import (
	"fmt"
	"reflect"
	"strings"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/vault/ceremony"
)

// formScreen asks by a form, below text that scrolls. The answer of the form is kept as the event that it makes.
type formScreen struct {
	prompt  ceremony.Prompt
	title   string
	text    []string
	nodes   []ceremony.Node // listed below the text
	problem string
	form    *components.Form
	event   *ceremony.Event // shared with the form, which sets it
	prose   prose
	whole   bool // the text has to have been on the screen before the answer counts
}

func (f *formScreen) update(msg tea.Msg) ceremony.Event {
	if f.prose.key(msg) {
		return nil
	}
	if k, ok := msg.(tea.KeyPressMsg); ok && f.whole && f.prose.over && (k.String() == "enter" || k.String() == "tab") {
		f.problem = "There is more to read: pgdown first."
		return nil
	}
	f.form.Update(msg)
	e := *f.event
	*f.event = nil
	return e
}

// refresh takes newer words. Options that came or went leave the focus where it was: enter must not take another one than the
// person is looking at.
func (f *formScreen) refresh(p ceremony.Prompt) bool {
	switch p := p.(type) {
	case ceremony.Pick:
		was, ok := f.prompt.(ceremony.Pick)
		if !ok || was.Title != p.Title {
			return false
		}
		prose := f.prose
		*f = *pickForm(p, f.form.Text("pick"))
		f.prose = prose
		return true
	case ceremony.Fill:
		was, ok := f.prompt.(ceremony.Fill)
		f.text = p.Text
		return ok && was.Title == p.Title && was.Problem == p.Problem
	}
	return reflect.DeepEqual(f.prompt, p)
}

func (f *formScreen) keys() string             { return f.form.Hint() }
func (f *formScreen) wipe()                    {}
func (f *formScreen) takes(letter string) bool { return f.form.Takes(letter) }

func (f *formScreen) view(t theme.Theme, w, h int) string {
	f.form.SetSize(w, max(4, h-leastProse))
	form := strings.Split(f.form.View(t), "\n")
	lines := paragraphs(t, f.title, f.text, w)
	for _, n := range f.nodes {
		lines = append(lines, nodeLines(n, w)...)
	}
	if len(f.nodes) > 0 {
		lines = append(lines, "")
	}
	if f.problem != "" {
		form = append(append(wrapped(t, theme.Bad, f.problem, w), ""), form...)
	}
	return joined(append(f.prose.view(t, lines, max(1, h-len(form))), form...))
}

// leastProse is how much of the text stays when the form takes all that it needs.
const leastProse = 4

// formOf makes a form whose submission becomes an event.
func formOf(p ceremony.Prompt, title string, text []string, fields []components.Field, answer func(*components.Answers) ceremony.Event) *formScreen {
	f := &formScreen{prompt: p, title: title, text: text, event: new(ceremony.Event)}
	event := f.event
	f.form = components.NewForm(components.FormSpec{
		Fields: fields, Bare: true,
		Submit: func(a *components.Answers) components.Action {
			*event = answer(a)
			return nil
		},
	})
	return f
}

// pickForm lists options, the one with the key at first in focus, if it is there.
func pickForm(p ceremony.Pick, first string) *formScreen {
	var options []components.Option
	for _, o := range p.Options {
		options = append(options, components.Option{Key: o.Key, Label: o.Label, Hint: o.Hint})
	}
	field := components.Choice{Key: "pick", Options: options, Default: first}
	return formOf(p, p.Title, p.Text, []components.Field{field}, func(a *components.Answers) ceremony.Event {
		return ceremony.Picked{Key: a.Text("pick")}
	})
}

func fillForm(p ceremony.Fill) *formScreen {
	var fields []components.Field
	for _, f := range p.Fields {
		if len(f.Choices) == 0 {
			fields = append(fields, components.Input{Key: f.Key, Title: f.Label, Hint: f.Hint, Default: f.Default, Refuse: f.Refuse})
			continue
		}
		var options []components.Option
		for _, c := range f.Choices {
			options = append(options, components.Option{Key: c, Label: c})
		}
		fields = append(fields, components.Choice{Key: f.Key, Title: f.Label, Options: options, Default: f.Default})
	}
	s := formOf(p, p.Title, p.Text, fields, func(a *components.Answers) ceremony.Event {
		values := map[string]string{}
		for _, f := range p.Fields {
			values[f.Key] = a.Text(f.Key)
		}
		return ceremony.Filled{Values: values}
	})
	s.problem = p.Problem
	return s
}

// typeOutForm lists whom it concerns, and takes nothing but the word, and that only when the whole list was shown.
func typeOutForm(p ceremony.TypeOut) *formScreen {
	field := components.Retype{Key: "word", Title: fmt.Sprintf("Type \"%s\" to confirm", p.Want), Want: p.Want}
	f := formOf(p, p.Title, p.Text, []components.Field{field}, func(*components.Answers) ceremony.Event { return ceremony.Confirmed{} })
	f.nodes, f.whole = p.Nodes, true
	return f
}

// nodeLines are a recipient of shares: a sealed node cannot prove its cluster, so that a person compares its certificate.
func nodeLines(n ceremony.Node, w int) []string {
	head := n.Name + "  " + n.Address
	if strings.HasSuffix(n.Address, "//"+n.Name) {
		head = n.Address
	}
	proof := "no TLS"
	if n.Certificate != "" {
		proof = inEights(n.Certificate)
	}
	out := components.Wrap(head, w)
	for _, l := range components.Wrap(proof, w-2) {
		out = append(out, "  "+l)
	}
	return out
}

// inEights sets a fingerprint in groups of eight, so that a whole one fits a line of 80.
func inEights(s string) string {
	var out []string
	for len(s) > 8 {
		out, s = append(out, s[:8]), s[8:]
	}
	return strings.Join(append(out, s), " ")
}
