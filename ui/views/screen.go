package views

import (
	"reflect"
	"strings"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/vault/ceremony"
)

// screen is how one prompt is asked.
type screen interface {
	update(tea.Msg) ceremony.Event // nil: nothing is answered yet
	// refresh takes newer words around the same question, so that what was typed stays. It is false for another question.
	refresh(ceremony.Prompt) bool
	view(t theme.Theme, w, h int) string
	keys() string // the keys that work here, for the foot
	wipe()
}

// chooser is a screen with a choice that letters could make. Text that it has no use for was meant for something else, and
// what comes after it is no answer.
type chooser interface{ takes(letter string) bool }

// screenOf makes the screen of a prompt.
func screenOf(p ceremony.Prompt) screen {
	switch p := p.(type) {
	case ceremony.Tell:
		return &reading{prompt: p, goes: p.Go}
	case ceremony.Wait, ceremony.End:
		return newEnding(p)
	case ceremony.Pick:
		return pickForm(p, "")
	case ceremony.Fill:
		return fillForm(p)
	case ceremony.TypeOut:
		return typeOutForm(p)
	case ceremony.EnterShare:
		return newShareEntry(p)
	case ceremony.EnterSecret:
		return newSecretEntry(p, p.Title, p.Text, p.Options)
	case ceremony.TypeBack:
		return newTypeBack(p)
	case ceremony.Reveal:
		return &reveal{prompt: p}
	}
	return &reading{}
}

// reading is text to be read, with one way to go on.
type reading struct {
	prompt ceremony.Tell
	goes   string
	prose  prose
}

func (r *reading) update(msg tea.Msg) ceremony.Event {
	if r.prose.key(msg) {
		return nil
	}
	if k, ok := msg.(tea.KeyPressMsg); ok && k.String() == "enter" {
		return ceremony.Continue{}
	}
	return nil
}

func (r *reading) refresh(p ceremony.Prompt) bool { return reflect.DeepEqual(r.prompt, p) }
func (r *reading) wipe()                          {}

func (r *reading) keys() string {
	out := "enter " + strings.ToLower(r.goes)
	if r.prompt.Copy != "" {
		out += "   y copy"
	}
	return out
}

func (r *reading) view(t theme.Theme, w, h int) string {
	lines := paragraphs(t, r.prompt.Title, r.prompt.Text, w)
	for _, l := range r.prompt.Lines {
		lines = append(lines, components.Wrap(l, w)...)
	}
	return joined(r.prose.view(t, lines, h))
}

// ending is text without a question, or with options at the end.
type ending struct {
	prompt  ceremony.Prompt
	title   string
	text    []string
	grid    ceremony.Grid
	tone    theme.Tone
	options options
	prose   prose
}

func newEnding(p ceremony.Prompt) *ending {
	e := &ending{}
	e.take(p)
	return e
}

func (e *ending) refresh(p ceremony.Prompt) bool {
	before := e.title
	if reflect.TypeOf(p) != reflect.TypeOf(e.prompt) {
		return false
	}
	e.take(p)
	return e.title == before
}

func (e *ending) take(p ceremony.Prompt) {
	switch p := p.(type) {
	case ceremony.Wait:
		*e = ending{prompt: p, title: p.Title, text: p.Text, grid: p.Grid, tone: theme.Strong, prose: e.prose}
	case ceremony.End:
		*e = ending{prompt: p, title: p.Title, text: p.Text, grid: p.Grid, tone: theme.Warn, options: e.options.now(p.Options), prose: e.prose}
		if p.Good {
			e.tone = theme.OK
		}
	}
}

func (e *ending) update(msg tea.Msg) ceremony.Event {
	if e.prose.key(msg) {
		return nil
	}
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	return e.options.key(k)
}

func (e *ending) takes(letter string) bool {
	return len(e.options.list) == 0 || e.options.takes(letter)
}

func (e *ending) keys() string { return e.options.keys() }

func (e *ending) wipe() {}

func (e *ending) view(t theme.Theme, w, h int) string {
	lines := []string{t.Text(e.tone, components.Cut(t, e.title, w)), ""}
	lines = append(lines, paragraphs(t, "", e.text, w)...)
	lines = append(lines, gridLines(t, e.grid, w)...)
	options := e.options.lines(t, w)
	return joined(append(e.prose.view(t, lines, max(1, h-len(options))), options...))
}
