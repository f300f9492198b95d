package views

import (
	"encoding/base64"
	"fmt"
	"reflect"
	"strings"

	tea "charm.land/bubbletea/v2"

	"warder/keys"
	"warder/theme"
	"warder/ui/components"
	"warder/vault/ceremony"
)

// entry asks for a secret in a field of our own: it is never drawn, and its bytes are zeroed when they are taken.
type entry struct {
	prompt  ceremony.Prompt
	field   *components.SecretField
	title   string
	text    []string
	after   string
	grid    ceremony.Grid
	options options
	choose  bool // tab was pressed: keys choose an option, and nothing goes into the field
	problem string
	prose   prose
	take    func(keys.Secret) (ceremony.Event, error)
}

func newShareEntry(p ceremony.EnterShare) *entry {
	e := &entry{field: &components.SecretField{Progress: keys.ShareProgress}, take: takeShare}
	e.share(p)
	return e
}

// takeShare reads a share as people hand it over. What cannot be one is refused here, and never leaves this machine.
func takeShare(s keys.Secret) (event ceremony.Event, err error) {
	defer s.Wipe()
	s.Use(func(b []byte) {
		var share keys.Share
		if share, err = keys.ParseShare(b); err == nil {
			event = ceremony.GaveShare{Share: share}
		}
	})
	return event, err
}

func newSecretEntry(p ceremony.Prompt, title string, text []string, other []ceremony.Option) *entry {
	return &entry{
		prompt: p, field: &components.SecretField{Progress: count}, title: title, text: text, options: options{}.now(other),
		take: func(s keys.Secret) (ceremony.Event, error) { return ceremony.GaveSecret{Secret: s}, nil },
	}
}

func newTypeBack(p ceremony.TypeBack) *entry {
	places := make([]string, len(p.Positions))
	for i, n := range p.Positions {
		places[i] = fmt.Sprint(n)
	}
	text := append(append([]string{}, p.Text...), "Type the characters at the places "+strings.Join(places, ", ")+".")
	return newSecretEntry(p, p.Title, text, nil)
}

func (e *entry) refresh(p ceremony.Prompt) bool {
	switch p := p.(type) {
	case ceremony.EnterSecret:
		was, ok := e.prompt.(ceremony.EnterSecret)
		e.text, e.options = p.Text, e.options.now(p.Options)
		return ok && was.Title == p.Title
	case ceremony.EnterShare:
		was, ok := e.prompt.(ceremony.EnterShare)
		e.share(p)
		return ok && was.Title == p.Title
	}
	return reflect.DeepEqual(e.prompt, p)
}

func (e *entry) share(p ceremony.EnterShare) {
	e.prompt = p
	if p.Needed > 0 {
		p.Title += fmt.Sprintf(": %d of %d", p.Number, p.Needed)
	}
	e.title, e.text, e.after, e.grid, e.options = p.Title, p.Text, p.After, p.Grid, e.options.now(p.Options)
}

func (e *entry) update(msg tea.Msg) ceremony.Event {
	if e.prose.key(msg) {
		return nil
	}
	switch m := msg.(type) {
	case tea.PasteMsg:
		if e.choose {
			return nil
		}
		e.problem = ""
		e.field.Paste(m.Content)
	case tea.KeyPressMsg:
		if len(e.options.list) > 0 && m.String() == "tab" {
			e.choose, e.options.marked = !e.choose, ""
			return nil
		}
		if e.choose {
			return e.options.key(m)
		}
		if !e.field.Key(m) {
			return nil
		}
		event, err := e.take(e.field.Take())
		e.problem = ""
		if err != nil {
			e.problem = err.Error()
			return nil
		}
		return event
	}
	return nil
}

func (e *entry) keys() string {
	switch {
	case e.choose:
		return e.options.keys() + "   tab back to the field"
	case len(e.options.list) > 0:
		return "enter submit   ctrl+u clear   tab more"
	}
	return "enter submit   ctrl+u clear"
}

func (e *entry) wipe() { e.field.Wipe() }

func (e *entry) takes(letter string) bool { return !e.choose || e.options.takes(letter) }

func (e *entry) view(t theme.Theme, w, h int) string {
	lines := paragraphs(t, e.title, e.text, w)
	if g := gridLines(t, e.grid, w); len(g) > 0 {
		lines = append(append(lines, g...), "")
	}
	ask := e.question(t, w)
	if e.after != "" && !e.choose && len(ask) >= h { // the field has to stay on the screen
		after := wrapped(t, theme.Warn, e.after, w)
		lines, ask = append(lines, after...), ask[len(after)+1:]
	}
	return joined(append(e.prose.view(t, lines, max(1, h-len(ask))), ask...))
}

// question is the field with what follows from its answer, or the other ways instead.
func (e *entry) question(t theme.Theme, w int) []string {
	if e.choose {
		return e.options.lines(t, w)
	}
	var out []string
	if e.after != "" {
		out = append(wrapped(t, theme.Warn, e.after, w), "")
	}
	out = append(out, e.field.View(t, w))
	if e.problem != "" {
		out = append(out, wrapped(t, theme.Bad, sentence(e.problem)+" Type it again.", w)...)
	}
	return out
}

func count(b []byte) string { return plural(len(b), "character", "characters") }

// reveal shows a secret to one person. It is drawn only between two deliberate keys, which are not the same: a key that is held
// down shows and does not hide. A blanked screen uses nothing up.
type reveal struct {
	prompt ceremony.Reveal
	open   bool
	prose  prose // a ciphertext is longer than a small window
}

func (r *reveal) update(msg tea.Msg) ceremony.Event {
	if r.open && r.prose.key(msg) {
		return nil
	}
	k, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
	case !r.open:
		r.open = k.String() == "space"
	case k.String() == "enter" && !r.prose.over: // what was not shown to its end is not written down
		r.open = false
		return ceremony.Shown{}
	}
	return nil
}

func (r *reveal) refresh(p ceremony.Prompt) bool {
	now, ok := p.(ceremony.Reveal)
	if !ok || now.Holder != r.prompt.Holder || now.Title != r.prompt.Title {
		return false
	}
	r.prompt = now
	return true
}

func (r *reveal) wipe() {}

func (r *reveal) keys() string {
	switch {
	case r.open && r.prose.over:
		return "pgdown the rest"
	case r.open:
		return "enter hide it"
	}
	return "space show it"
}

func (r *reveal) view(t theme.Theme, w, h int) string {
	out := paragraphs(t, r.prompt.Title, r.prompt.Text, w)
	if !r.open {
		who := "you"
		if r.prompt.Holder != "" {
			who = r.prompt.Holder
		}
		return joined(append(out, wrapped(t, theme.Warn, "Hidden. When nobody but "+who+" can see the screen, press space.", w)...))
	}
	text := ""
	r.prompt.Secret.Use(func(b []byte) {
		text = string(b)
		if r.prompt.Binary {
			text = base64.StdEncoding.EncodeToString(b)
		}
	})
	secret := append(wrapped(t, theme.Strong, spaced(text), w), "")
	secret = append(secret, wrapped(t, theme.Muted, "The gaps are for the eye and not part of it. Press enter when it is written down.", w)...)
	if len(out)+len(secret) > h { // what was read while it was hidden makes room
		out = paragraphs(t, r.prompt.Title, nil, w)
	}
	return joined(r.prose.view(t, append(out, secret...), h))
}

// spaced sets a secret in groups of four, as it is best written down.
func spaced(s string) string {
	var out []string
	for len(s) > 4 {
		out, s = append(out, s[:4]), s[4:]
	}
	return strings.Join(append(out, s), " ")
}
