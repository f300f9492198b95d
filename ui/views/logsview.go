package views

import (
	"fmt"
	"strings"

	"warder/theme"
	"warder/ui/components"
)

// rows is how many lines there is room for, beside the state above and the keys below.
func (l *Logs) rows() int { return max(1, l.h-2) }

// scroll keeps the selected line in sight and the window full.
func (l *Logs) scroll() {
	l.top = max(0, min(l.top, l.cursor, len(l.shown)-l.rows()))
	if l.cursor >= l.top+l.rows() {
		l.top = l.cursor - l.rows() + 1
	}
}

// View draws the lines, as exactly the room there is.
func (l *Logs) View(t theme.Theme) string {
	if l.w <= 0 || l.h <= 0 {
		return ""
	}
	l.scroll()
	var lines []string
	for i := l.top; i < min(len(l.shown), l.top+l.rows()); i++ {
		lines = append(lines, l.line(t, l.ring.at(l.shown[i]), i == l.cursor && !l.following()))
	}
	if l.ring.len() == 0 && l.state == "live" {
		lines = append(lines, "", t.Text(theme.Muted, "Nothing was logged since."))
	}
	body := components.Fit(t, strings.Join(lines, "\n"), l.w, l.rows())
	return components.Fit(t, strings.Join([]string{l.status(t), body, l.foot(t)}, "\n"), l.w, l.h)
}

func (l *Logs) following() bool { return l.follow && !l.paused }

// status says whose log it is, of which level, and whether it goes on.
func (l *Logs) status(t theme.Theme) string {
	tone := theme.Muted
	parts := []string{l.level + " and above", l.state}
	if l.state != "live" && l.state != "asking …" {
		tone = theme.Warn
	}
	if l.paused {
		parts, tone = append(parts, fmt.Sprintf("paused, %d new", l.ring.came()-l.until)), theme.Warn
	}
	if l.filter != "" {
		own := 0
		for _, n := range l.shown {
			if !l.ring.at(n).aside {
				own++
			}
		}
		parts = append(parts, fmt.Sprintf("%d of %d lines hold %q", own, len(l.lines()), l.filter))
	}
	if l.ring.lost > 0 {
		parts = append(parts, fmt.Sprintf("%d older ones let go", l.ring.lost))
	}
	return t.Text(tone, components.Cut(t, strings.Join(parts, "   "), l.w))
}

// line is one line: when, of what level, and what.
func (l *Logs) line(t theme.Theme, e logEntry, selected bool) string {
	text := t.Text
	if selected {
		text = t.Selected
	}
	if e.aside {
		return components.Fit(t, text(theme.Accent, components.Cut(t, t.Glyphs().Dash+t.Glyphs().Dash+" "+clockText(e.Time)+" "+e.Message, l.w)), l.w, 1)
	}
	at := "        "
	if !e.Time.IsZero() {
		at = clockText(e.Time)
	}
	tone := levelTone(e.Level)
	head := text(theme.Muted, at) + " " + text(tone, fmt.Sprintf("%-5s", e.Level)) + " "
	const used = 8 + 1 + 5 + 1
	return components.Fit(t, head+text(tone, components.Cut(t, e.Text(), max(1, l.w-used))), l.w, 1)
}

func (l *Logs) foot(t theme.Theme) string {
	if l.typing {
		return components.Cut(t, t.Text(theme.Accent, "/")+l.filter+"▏"+t.Text(theme.Muted, "  enter keep   esc clear"), l.w)
	}
	keys := "esc close   l level   p pause   / filter   enter whole line   e export"
	if l.paused {
		keys = "p go on   esc close   l level   / filter   enter whole line   e export"
	}
	if l.state != "live" && l.state != "asking …" {
		keys = "r ask now   " + keys
	}
	return t.Text(theme.Muted, components.Cut(t, keys, l.w))
}
