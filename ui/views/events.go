package views

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"warder/theme"
	"warder/ui/components"
	"warder/vault/rules"
	"warder/vault/timeline"
)

// From wideEvents columns on, events stand at the right of the findings and not below them.
const wideEvents = 116

// columnWidth is that of the findings' column.
func (f *Findings) columnWidth() int {
	if f.w < wideEvents || f.events == 0 {
		return f.w
	}
	return f.w - f.w*2/5 - 1
}

// View draws the findings, and the events where there is room.
func (f *Findings) View(focused bool) string {
	t, left := f.p.Theme, f.columnWidth()
	if left == f.w {
		return components.Fit(t, joined(f.column(0, len(f.shown)+len(f.past), f.w, focused, true)), f.w, f.h)
	}
	right := f.w - left - 1
	findings := f.column(0, len(f.shown), left, focused, false)
	if len(f.shown) == 0 {
		findings = []string{" " + t.Text(theme.Muted, nothing(f.p))}
	}
	events := f.column(len(f.shown), len(f.shown)+len(f.past), right, focused, false)
	rows := make([]string, f.h)
	a := strings.Split(components.Fit(t, joined(findings), left, f.h), "\n")
	b := strings.Split(components.Fit(t, joined(events), right, f.h), "\n")
	for i := range rows {
		rows[i] = a[i] + t.Text(theme.Muted, t.Glyphs().Border.Left) + b[i]
	}
	return joined(rows)
}

// column draws the items from one on to another, as many as there is room for, the selected one among them. An item is a
// finding or, beyond those, an event. Of findings that find no room the last line says how many there are.
func (f *Findings) column(from, to, w int, focused, divided bool) []string {
	first := from
	if focused && f.at >= from && f.at < to {
		used := len(f.item(f.at, w, true, divided))
		if f.at < len(f.shown)-1 {
			used++ // the line that says how many follow
		}
		for first = f.at; first > from; first-- {
			if used += len(f.item(first-1, w, false, divided)); used > f.h {
				break
			}
		}
	}
	var out []string
	if divided && len(f.shown) == 0 && first == from {
		out = append(out, " "+f.p.Theme.Text(theme.Muted, nothing(f.p)))
	}
	i := first
	for ; i < to && len(out) < f.h; i++ {
		out = append(out, f.item(i, w, focused && i == f.at, divided)...)
	}
	if below := min(to, len(f.shown)) - i; below > 0 && f.h > 1 {
		text := fmt.Sprintf("   %s %d more below", f.p.Theme.Glyphs().Ellipsis, below)
		return append(out[:f.h-1], f.p.Theme.Text(theme.Muted, text))
	}
	if divided && f.p.History != nil && f.events == 0 && len(out)+1 < f.h {
		out = append(out, f.divider(w), " "+f.p.Theme.Text(theme.Muted, "No change seen so far."))
	}
	return out
}

// item is a finding's lines, or an event's one. The first event has the divider above it, where both stand in one column.
func (f *Findings) item(i, w int, selected, divided bool) []string {
	if i < len(f.shown) {
		return f.lines(i, w, selected)
	}
	line := f.event(f.past[i-len(f.shown)], w, selected)
	if divided && i == len(f.shown) {
		return []string{f.divider(w), line}
	}
	return []string{line}
}

// divider stands between the findings and the events.
func (f *Findings) divider(w int) string {
	t := f.p.Theme
	text := t.Glyphs().Border.Top + " Events, UTC; * as a server tells it "
	return t.Text(theme.Muted, components.Cut(t, text+strings.Repeat(t.Glyphs().Border.Top, max(0, w-utf8.RuneCountInString(text))), w))
}

// event is a line of the time line.
func (f *Findings) event(e timeline.Event, w int, selected bool) string {
	t := f.p.Theme
	bar, told := " ", " "
	if selected {
		bar = t.Text(theme.Accent, t.Glyphs().Select)
	}
	if e.Told {
		told = "*"
	}
	glyph, tone := moodMark(t, e.Mood)
	when := moment(e.At, f.p.Now) + told
	text := components.Cut(t, happened(e), max(0, w-len(when)-4))
	return bar + t.Text(theme.Muted, when) + " " + t.Text(tone, glyph) + " " + text
}

// happened is an event as a sentence without its stop.
func happened(e timeline.Event) string { return strings.TrimSpace(e.Node + " " + e.Text) }

// moment is the time of an event, to the second when it was today.
func moment(at, now time.Time) string {
	if now.Sub(at).Abs() > 20*time.Hour {
		return at.UTC().Format("01-02 15:04")
	}
	return at.UTC().Format("15:04:05")
}

// moodMark is a mood's sign and tone.
func moodMark(t theme.Theme, m timeline.Mood) (string, theme.Tone) {
	switch m {
	case timeline.Worse:
		return t.Glyphs().Warn, theme.Warn
	case timeline.Better:
		return t.Glyphs().OK, theme.OK
	default:
		return t.Glyphs().Bullet, theme.Muted
	}
}

// eventDetail tells an event in full, and what its kind means.
func eventDetail(p *Picture, e timeline.Event) Detail {
	_, tone := moodMark(p.Theme, e.Mood)
	by := "seen here with an answer of that moment"
	if e.Told {
		by = "by a server's own clock"
	}
	d := Detail{"Event: " + string(e.Kind), []Fact{
		toned("", happened(e)+".", tone), fact("", ""),
		fact("when", e.At.UTC().Format("2006-01-02 15:04:05 UTC")+", "+rules.Span(p.Now.Sub(e.At))+" ago"),
		fact("", by),
	}}
	for _, m := range timeline.Kinds() {
		if m.Kind == e.Kind {
			d.Facts = append(d.Facts, fact("", ""), fact("", m.Means))
		}
	}
	return d
}

// findingDetail tells a finding in full.
func findingDetail(p *Picture, x rules.Finding) Detail {
	_, tone := mark(p.Theme, x.Severity)
	d := Detail{"Finding: " + x.Rule, []Fact{
		toned("", sentence(x.What), tone), fact("what follows", x.Follows), fact("what to do", x.Do),
	}}
	if press := p.Keys[x.Remedy]; press != "" {
		d.Facts = append(d.Facts, toned("key", press, theme.Accent))
	}
	if x.Command != "" {
		d.Facts = append(d.Facts, toned("to type", x.Command, theme.Accent))
	}
	d.Facts = append(d.Facts, evidence(p, x)...)
	return d
}
