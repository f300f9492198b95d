package views

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/vault/rules"
)

// Findings is the pane of what is wrong, what follows and what to do.
type Findings struct {
	p      *Picture
	w, h   int
	at     int // the selected one
	filter string
	shown  []rules.Finding
}

// NewFindings makes the pane.
func NewFindings() *Findings { return &Findings{p: &Picture{}} }

// Title names the pane.
func (f *Findings) Title() string { return "Findings" }

// SetSize takes the room within the frame.
func (f *Findings) SetSize(w, h int) { f.w, f.h = w, h }

// SetPicture takes what is to be drawn. The selection stays on the same finding, wherever it now stands.
func (f *Findings) SetPicture(p *Picture) {
	var was rules.Finding
	if f.at < len(f.shown) {
		was = f.shown[f.at]
	}
	f.p = p
	f.narrow()
	for i, x := range f.shown {
		if x.Rule == was.Rule && x.Node == was.Node {
			f.at = i
			return
		}
	}
	f.at = max(0, min(f.at, len(f.shown)-1))
}

func (f *Findings) narrow() {
	f.shown = nil
	for _, x := range f.p.Findings {
		if strings.Contains(strings.ToLower(x.What+x.Follows+x.Do+x.Node), strings.ToLower(f.filter)) {
			f.shown = append(f.shown, x)
		}
	}
}

// Filter narrows the list.
func (f *Findings) Filter(text string) string {
	f.filter = text
	f.narrow()
	f.at = max(0, min(f.at, len(f.shown)-1))
	if text == "" {
		return ""
	}
	return fmt.Sprintf("%d of %d", len(f.shown), len(f.p.Findings))
}

// Note counts them.
func (f *Findings) Note() components.Cell {
	if len(f.p.Findings) == 0 {
		return components.Cell{}
	}
	return cell(plural(len(f.p.Findings), "finding", "findings"), theme.Muted)
}

// Line folds the pane to the worst one.
func (f *Findings) Line() string {
	if len(f.p.Findings) == 0 {
		return nothing(f.p)
	}
	line := f.p.Findings[0].What
	if n := len(f.p.Findings) - 1; n > 0 {
		line += fmt.Sprintf("  +%d more", n)
	}
	return line
}

// nothing is what is said without findings: only what was looked at can be well.
func nothing(p *Picture) string {
	if p.Verdict == rules.Untold {
		return "Nothing can be said yet."
	}
	return "Nothing is wrong in what can be seen."
}

// Need is three lines for each.
func (f *Findings) Need() int {
	n := 0
	for i := range f.shown {
		n += len(f.lines(i, false))
	}
	return max(1, n)
}

// View draws as many as there is room for, the selected one among them.
func (f *Findings) View(focused bool) string {
	t := f.p.Theme
	if len(f.shown) == 0 {
		return components.Fit(t, " "+t.Text(theme.Muted, nothing(f.p)), f.w, f.h)
	}
	first := 0
	if focused {
		first = f.first()
	}
	var out []string
	for i := first; i < len(f.shown) && len(out) < f.h; i++ {
		out = append(out, f.lines(i, focused && i == f.at)...)
	}
	return components.Fit(t, strings.Join(out, "\n"), f.w, f.h)
}

// first is the first finding to draw so that the selected one is on the screen whole, where it fits.
func (f *Findings) first() int {
	first, used := f.at, len(f.lines(f.at, true))
	for first > 0 {
		used += len(f.lines(first-1, false))
		if used > f.h {
			break
		}
		first--
	}
	return first
}

// lines draws one finding: what is, then what follows and what to do, in as many lines as they need.
func (f *Findings) lines(i int, selected bool) []string {
	t, x := f.p.Theme, f.shown[i]
	glyph, tone := mark(t, x.Severity)
	bar := " "
	if selected {
		bar = t.Text(theme.Accent, t.Glyphs().Select)
	}
	var out []string
	for i, l := range components.Wrap(x.What, f.w-5) {
		sign := " "
		if i == 0 {
			sign = t.Text(tone, glyph)
		}
		out = append(out, bar+sign+" "+t.Text(theme.Strong, l))
	}
	rest := t.Glyphs().Arrow + " " + sentence(x.Follows) + " " + sentence(x.Do)
	for _, l := range components.Wrap(rest, f.w-5) {
		out = append(out, bar+"   "+t.Text(theme.Muted, l))
	}
	if x.Command != "" {
		out = append(out, bar+"   "+t.Text(theme.Accent, components.Cut(t, x.Command, f.w-5)))
	}
	return out
}

// mark is a severity's sign and tone.
func mark(t theme.Theme, s rules.Severity) (string, theme.Tone) {
	switch s {
	case rules.Critical:
		return t.Glyphs().Bad, theme.Bad
	case rules.Degraded:
		return t.Glyphs().Warn, theme.Warn
	default:
		return t.Glyphs().Bullet, theme.Muted
	}
}

// sentence gives a phrase its capital and its stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	r := []rune(s)
	return strings.ToUpper(string(r[0])) + string(r[1:]) + "."
}

// Key moves the selection.
func (f *Findings) Key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "up", "k":
		f.at--
	case "down", "j":
		f.at++
	case "home":
		f.at = 0
	case "end":
		f.at = len(f.shown) - 1
	default:
		return false
	}
	f.at = max(0, min(f.at, len(f.shown)-1))
	return true
}

// Detail tells the selected finding in full.
func (f *Findings) Detail() (Detail, bool) {
	if f.at >= len(f.shown) {
		return Detail{}, false
	}
	x := f.shown[f.at]
	_, tone := mark(f.p.Theme, x.Severity)
	d := Detail{"Finding: " + x.Rule, []Fact{
		toned("", sentence(x.What), tone), fact("", ""), fact("what follows", x.Follows), fact("what to do", x.Do),
	}}
	if x.Command != "" {
		d.Facts = append(d.Facts, toned("to type", x.Command, theme.Accent))
	}
	return d, true
}

// Bindings has none of its own.
func (f *Findings) Bindings() []key.Binding { return nil }
