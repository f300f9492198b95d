package views

import (
	"iter"
	"strings"

	"warder/theme"
	"warder/ui/components"
)

// NewLeaf shows what was read of one thing.
func NewLeaf(l Leaf) *Sheet {
	return &Sheet{
		title: func() string { return l.Title },
		body: func(t theme.Theme, w int) []string {
			out := factLines(t, l.Facts, w)
			if len(out) > 0 && len(l.Lines) > 0 {
				out = append(out, "")
			}
			for _, line := range l.Lines {
				out = append(out, brokenLine(t, line, w)...)
			}
			return out
		},
	}
}

// brokenLine is a line of a text, which goes on below where it is too long.
func brokenLine(t theme.Theme, line string, w int) []string {
	body, indent := stripIndent(line)
	room := max(10, w-len(indent))
	if len(body) <= room {
		return []string{t.Text(theme.Plain, line)}
	}
	var out []string
	for _, part := range components.Wrap(body, room) {
		out = append(out, indent+t.Text(theme.Plain, part))
	}
	return out
}

// stringsLines are the lines of a text without their ends, tabs as two spaces.
func stringsLines(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(strings.ReplaceAll(text, "\t", "  ")) {
			if !yield(strings.TrimRight(line, "\r\n")) {
				return
			}
		}
	}
}

// mostIndent bounds how far in a line of a server's text begins.
const mostIndent = 40

func stripIndent(line string) (body, indent string) {
	body = strings.TrimLeft(line, " ")
	return body, strings.Repeat(" ", min(mostIndent, len(line)-len(body)))
}
