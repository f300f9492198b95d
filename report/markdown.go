package report

import (
	"fmt"
	"strings"
)

// Markdown is the report for the channel of an incident: the verdict, the findings with their command lines, then the tables.
// Texts of servers are in it as texts: they can make no table row, no link, no HTML and no mention.
func (r Report) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n%s\n", escaped(r.headline()), escaped(strings.Join(strings.Fields(r.origin()), " ")))
	for i, f := range r.Findings {
		fmt.Fprintf(&b, "\n%d. **%s**: %s\n", i+1, f.Severity, escaped(f.What+"."))
		if rest := strings.TrimSpace(sentence(f.Follows) + " " + sentence(f.Do)); rest != "" {
			fmt.Fprintf(&b, "   %s\n", escaped(rest))
		}
		for _, e := range f.Evidence {
			fmt.Fprintf(&b, "   - %s\n", escaped(e.text()))
		}
		if f.Command != "" {
			fmt.Fprintf(&b, "\n%s\n", fenced(f.Command))
		}
	}
	markdownGrid(&b, "Nodes", r.nodeGrid())
	if r.Raft != nil {
		markdownGrid(&b, "Raft peers", r.peerGrid())
	}
	markdownGrid(&b, "Seal backends", r.backendGrid())
	markdownGrid(&b, "Key stores", r.storeGrid())
	if facts := r.facts(); len(facts) > 0 {
		b.WriteString("\n")
		for _, f := range facts {
			fmt.Fprintf(&b, "- %s\n", escaped(f))
		}
	}
	markdownGrid(&b, "Events", r.eventGrid())
	return b.String()
}

// text says who said what, where and when.
func (e Evidence) text() string {
	var parts []string
	for _, p := range []string{e.Node, e.Source, e.Says} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	out := strings.Join(parts, ", ")
	if !e.At.IsZero() {
		out += " (" + moment(e.At) + ")"
	}
	return out
}

func markdownGrid(b *strings.Builder, title string, g grid) {
	if len(g.rows) == 0 {
		return
	}
	fmt.Fprintf(b, "\n### %s\n\n", title)
	row := func(cells []string) {
		for _, c := range cells {
			b.WriteString("| " + escaped(c) + " ")
		}
		b.WriteString("|\n")
	}
	row(g.head)
	b.WriteString(strings.Repeat("| --- ", len(g.head)) + "|\n")
	for _, cells := range g.rows {
		row(cells)
	}
}

// fenced is a command line as a block of code within a list item. A fence is longer than any that the text holds, and a text
// of one line cannot close it at all.
func fenced(command string) string {
	fence := "```"
	for strings.Contains(command, fence) {
		fence += "`"
	}
	return "   " + fence + "\n   " + shown(command) + "\n   " + fence
}

// marks are the characters that Markdown gives a meaning.
const marks = "\\`*_{}[]()#+!|~$^="

// escaped makes a text stand for itself. Mentions survive a backslash in most chats, so that the sign is replaced by the one
// that looks alike; what would become a link loses its form for the machine and keeps it for the eye.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range shown(s) {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '@':
			b.WriteRune('＠')
		case strings.ContainsRune(marks, r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return unlinked.Replace(b.String())
}

var unlinked = strings.NewReplacer("://", `\://`, "www.", `www\.`, "WWW.", `WWW\.`)
