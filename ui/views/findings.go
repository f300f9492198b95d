package views

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/vault/rules"
	"warder/vault/timeline"
)

// Findings is the pane of what is wrong, what follows and what to do, and of what happened. Findings come first: events
// have the room that they leave.
type Findings struct {
	p      *Picture
	w, h   int
	at     int // the selected one, counted through both
	filter string
	shown  []rules.Finding
	past   []timeline.Event // those shown, the newest first
	events int              // how many there are
	folded bool             // notices are a line each, since not all fits as a whole
}

// NewFindings makes the pane.
func NewFindings() *Findings { return &Findings{p: &Picture{}} }

// Title names the pane.
func (f *Findings) Title() string { return "Findings and events" }

// SetSize takes the room within the frame.
func (f *Findings) SetSize(w, h int) {
	f.w, f.h = w, h
	f.fold()
}

// someEvents are as many as should have room before notices are told at length.
const someEvents = 4

// fold makes notices a line each where the pane is too low for everything: what is wrong, and what happened last, is worth more
// than what is merely worth knowing. The selected one is told at length.
func (f *Findings) fold() {
	need := f.whole()
	if f.w < wideEvents || f.events == 0 {
		need += 1 + min(f.events, someEvents)
	}
	f.folded = need > f.h
}

// whole is how many lines all findings take, each at length.
func (f *Findings) whole() int {
	n := 0
	for i := range f.shown {
		n += len(f.lines(i, f.columnWidth(), true))
	}
	return n
}

// SetPicture takes what is to be drawn. The selection stays on the same finding or event, wherever it now stands.
func (f *Findings) SetPicture(p *Picture) {
	was, before := f.selected()
	f.p = p
	f.narrow()
	f.fold()
	for i, x := range f.shown {
		if was != nil && x.Rule == was.Rule && x.Node == was.Node {
			f.at = i
			return
		}
	}
	for i, e := range f.past {
		if before != nil && e == *before {
			f.at = len(f.shown) + i
			return
		}
	}
	f.move(0)
}

// selected is the finding or the event that is selected; both are nil when there is neither.
func (f *Findings) selected() (*rules.Finding, *timeline.Event) {
	switch i := f.at - len(f.shown); {
	case i < 0:
		return &f.shown[f.at], nil
	case i < len(f.past):
		return nil, &f.past[i]
	}
	return nil, nil
}

// move selects as many further.
func (f *Findings) move(by int) {
	f.at = max(0, min(f.at+by, len(f.shown)+len(f.past)-1))
}

func (f *Findings) narrow() {
	f.shown, f.past = nil, nil
	text := strings.ToLower(f.filter)
	for _, x := range f.p.Findings {
		if strings.Contains(strings.ToLower(x.What+x.Follows+x.Do+x.Node), text) {
			f.shown = append(f.shown, x)
		}
	}
	events := f.p.History.Events()
	f.events = len(events)
	for _, e := range events {
		if strings.Contains(strings.ToLower(e.Node+" "+e.Text), text) {
			f.past = append(f.past, e)
		}
	}
}

// Filter narrows both lists.
func (f *Findings) Filter(text string) string {
	f.filter = text
	f.narrow()
	f.fold()
	f.move(0)
	if text == "" {
		return ""
	}
	return fmt.Sprintf("%d of %d", len(f.shown)+len(f.past), len(f.p.Findings)+f.events)
}

// Note counts them.
func (f *Findings) Note() components.Cell {
	var out []string
	notices := 0
	for _, x := range f.p.Findings {
		if x.Severity == rules.Notice {
			notices++
		}
	}
	if n := len(f.p.Findings) - notices; n > 0 {
		out = append(out, plural(n, "finding", "findings"))
	}
	if notices > 0 {
		out = append(out, plural(notices, "notice", "notices"))
	}
	if f.events > 0 {
		out = append(out, plural(f.events, "event", "events"))
	}
	return cell(strings.Join(out, ", "), theme.Muted)
}

// Line folds the pane to the worst one.
func (f *Findings) Line() string {
	if len(f.p.Findings) == 0 {
		return nothing(f.p)
	}
	return f.p.Findings[0].What + moreFindings(f.p)
}

// nothing is what is said without findings: only what was looked at can be well.
func nothing(p *Picture) string {
	if p.Verdict == rules.Untold {
		return "Nothing can be said yet."
	}
	return "Nothing is wrong in what can be seen."
}

// Need is that of the findings: events have what is left.
func (f *Findings) Need() int { return max(1, f.whole()) }

// lines draws one finding: what is, then what follows and what to do, in as many lines as they need; a folded notice in one.
func (f *Findings) lines(i, w int, selected bool) []string {
	t, x := f.p.Theme, f.shown[i]
	glyph, tone := mark(t, x.Severity)
	bar := " "
	if selected {
		bar = t.Text(theme.Accent, t.Glyphs().Select)
	}
	if f.folded && x.Severity == rules.Notice && !selected {
		return []string{bar + t.Text(tone, glyph) + " " + components.Cut(t, x.What, w-5)}
	}
	var out []string
	for i, l := range components.Wrap(x.What, w-5) {
		sign := " "
		if i == 0 {
			sign = t.Text(tone, glyph)
		}
		out = append(out, bar+sign+" "+t.Text(theme.Strong, l))
	}
	for _, l := range components.Wrap(t.Glyphs().Arrow+" "+sentence(x.Follows), w-5) {
		out = append(out, bar+"   "+t.Text(theme.Muted, l))
	}
	for _, l := range components.Wrap(todo(x), w-5) {
		out = append(out, bar+"   "+l)
	}
	if road := f.p.road(x); road != "" {
		out = append(out, bar+"   "+t.Text(theme.Accent, components.Cut(t, road, w-5)))
	}
	return out
}

// todo is what to do, which has to be found at a glance.
func todo(x rules.Finding) string { return "To do: " + strings.TrimSuffix(x.Do, ".") + "." }

// road is the key that helps, the line to type, or both.
func (p *Picture) road(x rules.Finding) string {
	switch press := p.Keys[x.Remedy]; {
	case press != "" && x.Command != "":
		return "key " + press + ", or " + x.Command
	case press != "":
		return "key " + press
	}
	return x.Command
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

// Key moves the selection through both lists.
func (f *Findings) Key(k tea.KeyPressMsg) bool {
	all := len(f.shown) + len(f.past)
	by, ok := map[string]int{
		"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -f.h, "pgdown": f.h, "home": -all, "end": all,
	}[k.String()]
	f.move(by)
	return ok
}

// Detail tells the selected finding or event in full.
func (f *Findings) Detail() (Detail, bool) {
	x, e := f.selected()
	switch {
	case x != nil:
		return findingDetail(f.p, *x), true
	case e != nil:
		return eventDetail(f.p, *e), true
	}
	return Detail{}, false
}

// Bindings has none of its own.
func (f *Findings) Bindings() []key.Binding { return nil }
