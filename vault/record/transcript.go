package record

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Text is the record for a terminal, 80 columns wide: what the check found, and then what happened.
func (r Record) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", r.title())
	for _, line := range r.verdict() {
		text := strings.TrimLeft(line, " ")
		for _, part := range wrap(text, 76) {
			fmt.Fprintf(&b, "%s%s\n", line[:len(line)-len(text)], part)
		}
	}
	for _, f := range r.Begin().Facts {
		entry(&b, "", "", f.Name+": "+f.Value)
	}
	b.WriteByte('\n')
	day := ""
	for _, l := range r.Lines {
		if d := l.At.UTC().Format("2006-01-02"); d != day {
			day = d
			fmt.Fprintf(&b, "%s (UTC)\n", day)
		}
		text := l.Text
		if l.Who != "" {
			text = l.Who + ": " + text
		}
		entry(&b, l.At.UTC().Format("15:04:05"), string(l.Kind), text)
		if l.Kind == Begin {
			continue
		}
		for _, f := range l.details() {
			entry(&b, "", "", f.Name+": "+f.Value)
		}
	}
	return b.String()
}

// entry is a time, a word and a text that is wrapped under itself.
func entry(b *strings.Builder, at, word, text string) {
	for i, part := range wrap(text, 56) {
		if i > 0 {
			at, word = "", ""
		}
		fmt.Fprintf(b, "%s\n", strings.TrimRight(fmt.Sprintf("  %-8s  %-10s  %s", at, word, part), " "))
	}
}

// details are the facts of a line with what else it names.
func (l Line) details() []Fact {
	var out []Fact
	if l.Node != "" {
		out = append(out, Fact{"node", l.Node})
	}
	if l.Nonce != "" {
		out = append(out, Fact{"nonce", l.Nonce})
	}
	return append(out, l.Facts...)
}

func (r Record) title() string {
	if text := r.Begin().Text; text != "" {
		return text
	}
	return "A record without its beginning"
}

// verdict is what the check found, in sentences.
func (r Record) verdict() []string {
	if !r.Whole() {
		out := []string{"NOT TO BE TRUSTED:"}
		for _, p := range r.Problems {
			out = append(out, "  "+p)
		}
		return append(out, "")
	}
	out := []string{
		fmt.Sprintf("Checked: %d lines, each follows on the one before it, and the record ends.", len(r.Lines)),
		"Its last hash:",
		"  " + Spoken(r.Head[:len(r.Head)/2]),
		"  " + Spoken(r.Head[len(r.Head)/2:]),
		"It is the record of that day only if this is the hash that the witnesses wrote down then.",
	}
	if end := r.Lines[len(r.Lines)-1]; end.Fact("outcome") == "broken off" {
		out = append(out, "BROKEN OFF: the ceremony did not come to its end.")
	}
	for _, x := range r.Remarks {
		out = append(out, "Odd: "+x+".")
	}
	return append(out, "")
}

// Spoken is a hash in groups of four, as people read it to each other.
func Spoken(head string) string {
	var parts []string
	for len(head) > 4 {
		parts, head = append(parts, head[:4]), head[4:]
	}
	return strings.Join(append(parts, head), " ")
}

// SameHash compares a hash with what somebody wrote down, in whatever groups and case.
func SameHash(head, written string) bool {
	return strings.EqualFold(head, strings.Join(strings.Fields(strings.ReplaceAll(written, "-", " ")), ""))
}

// Markdown is the record as a script with a column in which each line can be initialled.
func (r Record) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", escape(r.title()))
	for _, v := range r.verdict() {
		fmt.Fprintf(&b, "%s\n", escape(strings.TrimSpace(v)))
		if v != "" {
			b.WriteByte('\n')
		}
	}
	b.WriteString("| | |\n|---|---|\n")
	for _, f := range r.Begin().Facts {
		fmt.Fprintf(&b, "| %s | %s |\n", escape(f.Name), escape(f.Value))
	}
	b.WriteString("\n| # | UTC | what | initials |\n|---|---|---|---|\n")
	for _, l := range r.Lines {
		text := escape(l.Text)
		if l.Who != "" {
			text = "**" + escape(l.Who) + "**: " + text
		}
		if l.Kind == Alarm || l.Kind == Exception {
			text = "**" + strings.ToUpper(escape(string(l.Kind))) + "** " + text
		}
		if l.Kind != Begin {
			for _, f := range l.details() {
				text += "<br>" + escape(f.Name) + ": " + escape(f.Value)
			}
		}
		fmt.Fprintf(&b, "| %d | %s | %s | |\n", l.Seq, l.At.UTC().Format("2006-01-02 15:04:05"), text)
	}
	b.WriteString("\nWitnesses, with the last hash as each has it in writing:\n\n| name | hash | signature |\n|---|---|---|\n| | | |\n| | | |\n| | | |\n")
	return b.String()
}

// special are the signs that mean something in Markdown or in the HTML that it may hold.
var special = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "|", `\|`, "[", `\[`, "]", `\]`, "#", `\#`, "~", `\~`, "@", "@\u2060",
	"<", "&lt;", ">", "&gt;", "&", "&amp;",
)

func escape(s string) string { return special.Replace(s) }

// wrap breaks a text at its blanks; a word that is longer than the room is broken within.
func wrap(text string, width int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(text) {
		for utf8.RuneCountInString(word) > width {
			if line != "" {
				out, line = append(out, line), ""
			}
			r := []rune(word)
			out, word = append(out, string(r[:width])), string(r[width:])
		}
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width:
			line += " " + word
		default:
			out, line = append(out, line), word
		}
	}
	return append(out, line)
}
