package views

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"warder/theme"
	"warder/ui/components"
	"warder/vault/ceremony"
)

// shortest is a height below which no line is given away.
const shortest = 16

// View draws the stepper, the prompt and the notices, or nothing while blank.
func (z *Wizard) View(t theme.Theme) string {
	switch {
	case z.blank:
		return components.Fit(t, t.Text(theme.Muted, "Blank. Press any key."), z.w, z.h)
	case z.leave != nil:
		return z.asksOver(t)
	}
	top := []string{stepper(t, z.machine, z.w), ""}
	if z.h < shortest {
		top = top[:1]
	}
	top = append(top, z.notices(t)...)
	room := max(1, z.h-len(top)-1)
	body := components.Fit(t, z.screen.view(t, z.w, room), z.w, room) // first, since its keys depend on what fitted
	return components.Fit(t, strings.Join(append(top, body, z.foot(t)), "\n"), z.w, z.h)
}

// foot is the keys that work here, or what was dropped.
func (z *Wizard) foot(t theme.Theme) string {
	if word := z.stray(t); word != "" {
		return word
	}
	keys := z.screen.keys()
	if _, over := z.prompt.(ceremony.End); over {
		if z.tells() {
			keys += "   esc end the record"
			return t.Text(theme.Muted, strings.TrimSpace(keys))
		}
		return t.Text(theme.Muted, strings.TrimSpace(keys+"   esc close"))
	}
	keys += "   esc leave" + z.cancellable()
	if z.backs() {
		keys += "   ctrl+o back"
	}
	if z.notes() {
		keys += "   ctrl+n note"
	}
	return t.Text(theme.Muted, strings.TrimSpace(keys))
}

// asksOver draws the question that lies over the step.
func (z *Wizard) asksOver(t theme.Theme) string {
	word := z.stray(t)
	if word == "" || z.h < 2 {
		return components.Fit(t, z.leave.view(t, z.w, z.h), z.w, z.h)
	}
	return components.Fit(t, z.leave.view(t, z.w, z.h-1), z.w, z.h-1) + "\n" + components.Fit(t, word, z.w, 1)
}

// stray says what was dropped, and how it goes on.
func (z *Wizard) stray(t theme.Theme) string {
	switch {
	case z.astray != "":
		return t.Text(theme.Bad, "ctrl+u goes on. Dropped: "+z.astray)
	case z.dropped:
		return t.Text(theme.Warn, "Paste dropped whole: this screen took none of it.")
	}
	return ""
}

// notices are what deserves a word, in half of the height at most: the question must stay on the screen. Of more the newest
// stay.
func (z *Wizard) notices(t theme.Theme) []string {
	all := z.machine.Notices()
	if _, at := z.machine.Steps(); at == 0 {
		for _, c := range z.caution {
			all = append(all, ceremony.Notice{Alarm: true, Text: c})
		}
	}
	var out []string
	for _, n := range all {
		if end, over := z.prompt.(ceremony.End); over && slices.Contains(end.Text, n.Text) {
			continue // the end says it already
		}
		out = append(out, noticeLines(t, n, z.w)...)
	}
	if most := max(1, (z.h-2)/2); len(out) > most {
		earlier := t.Text(theme.Warn, "  "+t.Glyphs().Ellipsis+" earlier ones: a taller window shows them")
		out = append([]string{earlier}, out[len(out)-most+1:]...)
	}
	if len(out) > 0 {
		out = append(out, "")
	}
	return out
}

// stepper names the steps, the present one marked; where they do not fit, only that and how many there are.
func stepper(t theme.Theme, m ceremony.Machine, w int) string {
	names, at := m.Steps()
	parts := make([]string, len(names))
	for i, name := range names {
		switch {
		case i < at:
			parts[i] = t.Text(theme.OK, t.Glyphs().OK+" "+name)
		case i == at:
			parts[i] = t.Text(theme.Strong, t.Glyphs().Arrow+" "+name)
		default:
			parts[i] = t.Text(theme.Muted, "  "+name)
		}
	}
	line := strings.Join(parts, "  ")
	if ansi.StringWidth(line) <= w || at >= len(names) {
		return components.Cut(t, line, w)
	}
	now := t.Text(theme.Strong, t.Glyphs().Arrow+" "+names[at])
	next := ""
	if at+1 < len(names) {
		next = ", then " + strings.ToLower(names[at+1])
	}
	return components.Cut(t, now+t.Text(theme.Muted, fmt.Sprintf("  step %d of %d%s", at+1, len(names), next)), w)
}

func noticeLines(t theme.Theme, n ceremony.Notice, w int) []string {
	glyph, tone := t.Glyphs().Warn, theme.Warn
	if n.Alarm {
		glyph, tone = t.Glyphs().Bad, theme.Bad
	}
	var out []string
	for i, l := range components.Wrap(n.Text, w-2) {
		if i > 0 {
			glyph = " "
		}
		out = append(out, t.Text(tone, glyph+" "+l))
	}
	return out
}
