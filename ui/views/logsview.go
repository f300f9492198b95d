package views

import (
	"fmt"
	"strings"

	"warder/theme"
	"warder/ui/components"
)

// rows is how many lines there is room for, beside the two of the state above and the keys below.
func (l *Logs) rows() int { return max(1, l.h-3) }

// View draws the lines, as exactly the room there is.
func (l *Logs) View(t theme.Theme) string {
	if l.w <= 0 || l.h <= 0 {
		return ""
	}
	var lines []string
	for i := l.top; i < min(len(l.shown), l.top+l.rows()); i++ {
		lines = append(lines, l.line(t, l.ring.at(l.shown[i]), i == l.cursor && !l.following()))
	}
	if empty := l.empty(); len(lines) == 0 && empty != "" {
		lines = append(lines, "", t.Text(theme.Muted, empty))
	}
	body := components.Fit(t, strings.Join(lines, "\n"), l.w, l.rows())
	return components.Fit(t, strings.Join([]string{l.whose(t), l.status(t), body, l.foot(t)}, "\n"), l.w, l.h)
}

// empty says why nothing is shown, where the line of the state does not.
func (l *Logs) empty() string {
	switch {
	case l.paused && l.ring.len() > 0:
		return "What was shown is older than what is kept. p shows what came since."
	case l.filter != "":
		return ""
	case l.state == logLive:
		return "Nothing was logged since."
	}
	return ""
}

// whose says who is asked. A stream that began is the log of the server that answers: none forwards one.
func (l *Logs) whose(t theme.Theme) string {
	n := l.nodes[l.node]
	text := fmt.Sprintf("asked of %s, node %d of %d", n.Address, l.node+1, len(l.nodes))
	if n.Balanced {
		return t.Text(theme.Warn, components.Cut(t, text+": different nodes answer there, which one is not told", l.w))
	}
	return t.Text(theme.Muted, components.Cut(t, text, l.w))
}

// status says whether it goes on and of which level it is, then what of it is not shown.
func (l *Logs) status(t theme.Theme) string {
	state, tone := l.stateText()
	parts := []string{state, l.level + " and above"}
	if l.paused {
		parts, tone = append(parts, fmt.Sprintf("paused, %d new", l.ring.told-l.unseen)), theme.Warn
	} else if !l.follow {
		parts = append(parts, "stopped here, end follows")
	}
	if l.filter != "" {
		own, all := l.counts()
		parts = append(parts, fmt.Sprintf("%d of %s hold %q", own, plural(all, "line", "lines"), l.filter))
	}
	if l.ring.dropped > 0 {
		parts = append(parts, fmt.Sprintf("%d older ones let go", l.ring.dropped))
	}
	return t.Text(tone, components.Cut(t, strings.Join(parts, "   "), l.w))
}

func (l *Logs) stateText() (string, theme.Tone) {
	switch l.state {
	case logLive:
		return "live", theme.Muted
	case logWaiting:
		if l.sealed {
			return "sealed, asking again at " + clockText(l.retry), theme.Warn
		}
		return "not connected, asking again at " + clockText(l.retry), theme.Warn
	case logEnded:
		return "ended", theme.Warn
	}
	return "asking …", theme.Muted
}

// counts are how many lines hold the filter, of how many that were looked through.
func (l *Logs) counts() (own, all int) {
	for _, n := range l.shown {
		if !l.ring.at(n).aside {
			own++
		}
	}
	for n := l.ring.lost; n < l.seen; n++ {
		if !l.ring.at(n).aside {
			all++
		}
	}
	return own, all
}

// wideTime is the width from which there is room for milliseconds.
const wideTime = 70

// line is one line: when, of what level, and what.
func (l *Logs) line(t theme.Theme, e *logEntry, selected bool) string {
	text := t.Text
	if selected {
		text = t.Selected
	}
	if e.aside {
		out := t.Glyphs().Dash + t.Glyphs().Dash + " "
		switch {
		case e.more:
			out = strings.Repeat(" ", asideIndent(e.timed))
		case !e.timed:
			out += clockText(e.Time) + " "
		}
		return components.Fit(t, text(theme.Accent, components.Cut(t, out+e.Message, l.w)), l.w, 1)
	}
	layout := "15:04:05"
	if l.w >= wideTime {
		layout = "15:04:05.000"
	}
	at := strings.Repeat(" ", len(layout))
	if !e.Time.IsZero() {
		at = e.Time.UTC().Format(layout)
	}
	tone := levelTone(e.Level)
	out := text(theme.Muted, at+" ") + text(tone, fmt.Sprintf("%-5s ", e.Level))
	if e.Module != "" {
		out += text(theme.Muted, e.Module+": ")
	}
	out += text(tone, e.Message)
	if len(e.Fields) > 0 {
		out += text(theme.Muted, " "+strings.Join(e.Fields, " "))
	}
	return components.Fit(t, out, l.w, 1)
}

// levelTone is how a level is drawn; its word stands beside it all the same.
func levelTone(level string) theme.Tone {
	switch level {
	case "error":
		return theme.Bad
	case "warn":
		return theme.Warn
	case "trace", "debug":
		return theme.Muted
	}
	return theme.Plain
}

// foot is what is being typed, or what the last key came to, or the keys that are of use now, as many as there is room for.
func (l *Logs) foot(t theme.Theme) string {
	switch {
	case l.typing:
		return components.Cut(t, t.Text(theme.Accent, "/")+l.filter+"▏"+t.Text(theme.Muted, "  enter keep   esc clear"), l.w)
	case l.note != "":
		return t.Text(theme.Plain, components.Cut(t, l.note, l.w))
	}
	return t.Text(theme.Muted, fitting(l.w, "   ", l.hints()...))
}

func (l *Logs) hints() []string {
	out := []string{"esc close"}
	if l.filter != "" {
		out[0] = "esc all lines"
	}
	if l.state == logWaiting || l.state == logEnded {
		out = append(out, "r ask now")
	}
	if l.paused {
		out = append(out, "p go on")
	} else {
		out = append(out, "p pause")
	}
	out = append(out, "l level", "/ filter")
	if len(l.nodes) > 1 {
		out = append(out, "n node")
	}
	if l.following() {
		out = append(out, "up select")
	} else {
		out = append(out, "enter whole line")
	}
	return append(out, "e export")
}

// fitting joins as many of the parts as there is room for, the first ones first.
func fitting(w int, between string, parts ...string) string {
	var out string
	for _, p := range parts {
		if out != "" {
			p = between + p
		}
		if len(out)+len(p) <= w {
			out += p
		}
	}
	return out
}
