package views

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/vault/ceremony"
)

// asking is a question about the ceremony as a whole, laid over its step: what is true now and what follows from each answer,
// in parts that can be told apart at a glance, and a form below.
type asking struct {
	title string
	parts []part
	form  *components.Form
	prose prose
}

// part is a heading with what belongs below it; nothing is drawn without that.
type part struct {
	head  string
	lines []string
}

func (q *asking) update(msg tea.Msg) components.Action {
	if q.prose.key(msg) {
		return nil
	}
	return q.form.Update(msg)
}

func (q *asking) view(t theme.Theme, w, h int) string {
	q.form.SetSize(w, max(3, h/2))
	form := strings.Split(q.form.View(t), "\n")
	foot := t.Text(theme.Muted, components.Cut(t, q.form.Hint()+"   esc back", w))
	lines := []string{t.Text(theme.Strong, components.Cut(t, q.title, w)), ""}
	for _, p := range q.parts {
		lines = append(lines, p.view(t, w)...)
	}
	switch all := len(lines) + len(form) + 1; { // empty lines are the first to go
	case all < h:
		form = append(form, "")
	case all > h:
		lines = lines[:len(lines)-1]
	}
	form = append(form, foot)
	return joined(append(q.prose.view(t, lines, max(1, h-len(form))), form...))
}

func (p part) view(t theme.Theme, w int) []string {
	if len(p.lines) == 0 {
		return nil
	}
	out := []string{t.Text(theme.Accent, components.Cut(t, p.head, w))}
	for _, text := range p.lines {
		mark := t.Text(theme.Muted, t.Glyphs().Bullet)
		for _, l := range components.Wrap(text, w-2) {
			out = append(out, mark+" "+l)
			mark = " "
		}
	}
	return append(out, "")
}

// account is what is true of a ceremony, and what of that is about leaving it.
func account(m ceremony.Machine) (now, leaving []string) {
	for _, text := range m.Account() {
		if l := strings.ToLower(text); strings.Contains(l, "leaving ") || strings.Contains(l, "it is left") {
			leaving = append(leaving, text)
			continue
		}
		now = append(now, text)
	}
	return now, leaving
}

// sentences takes a text of ours apart.
func sentences(text string) []string {
	out := strings.SplitAfter(text, ". ")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}
