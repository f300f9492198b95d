package report

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// shown makes a text fit to be read: what moves a cursor or hides is taken away, and it is one line.
func shown(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case hidden(r), r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// width is how many columns a text takes: two for what is drawn wide in the East, none for what is drawn over a letter.
func width(s string) (w int) {
	for _, r := range s {
		w += columns(r)
	}
	return w
}

// firstWide begins the scripts whose signs may be two columns wide. Some below and above are drawn otherwise, which costs a
// table its neatness and nothing else.
const firstWide = 0x1100

func columns(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case r >= firstWide:
		return 2
	}
	return 1
}

// cut shortens a text to so many columns; two dots say that something is missing.
func cut(s string, most int) string {
	if width(s) <= most {
		return s
	}
	const mark = ".."
	if most < len(mark) {
		return strings.Repeat(".", max(0, most))
	}
	w := len(mark)
	for i, r := range s {
		if w += columns(r); w > most {
			return s[:i] + mark
		}
	}
	return s
}

// padded fills a text up to so many columns.
func padded(s string, to int) string { return s + strings.Repeat(" ", max(0, to-width(s))) }

// wrapped breaks a text at its blanks into lines of at most so many columns; a word that is longer is broken too.
func wrapped(s string, most int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(s) {
		for width(word) > most {
			head, tail := broken(word, most)
			if line != "" {
				lines = append(lines, line)
				line = ""
			}
			lines, word = append(lines, head), tail
		}
		switch {
		case line == "":
			line = word
		case width(line)+1+width(word) <= most:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// broken parts a word before the column is exceeded; one sign at least goes to the head.
func broken(word string, most int) (head, tail string) {
	w := 0
	for i, r := range word {
		if w += columns(r); w > most && i > 0 {
			return word[:i], word[i:]
		}
	}
	return word, ""
}

// sentence gives a phrase its capital and its stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:] + "."
}

// moment is a time as people of several time zones read it.
func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

func plural(n int, one, many string) string {
	if n == 1 {
		return fmt.Sprintf("%d %s", n, one)
	}
	return fmt.Sprintf("%d %s", n, many)
}
