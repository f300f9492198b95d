// Package components holds the parts that the console is drawn with. They know nothing of Vault.
//
// Its rules: drawing is pure and total, so any size gives exactly that size and never a panic; widths are display
// widths; text from outside cannot move the cursor, change a colour or reorder what stands beside it; time is passed
// in, never read.
package components

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"warder/theme"
)

// Rect is a place on the screen, in cells.
type Rect struct{ X, Y, W, H int }

const reset = "\x1b[m"

// Fit returns s as exactly w×h cells: longer lines end in an ellipsis, shorter ones in spaces. Styles are kept, but
// none reaches past the end of its line. Without room it returns the empty string.
func Fit(t theme.Theme, s string, w, h int) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	var b strings.Builder
	for i := range h {
		if i > 0 {
			b.WriteByte('\n')
		}
		var line string
		line, s, _ = strings.Cut(s, "\n")
		writeLine(&b, t, strings.TrimSuffix(line, "\r"), w)
	}
	return b.String()
}

func writeLine(b *strings.Builder, t theme.Theme, line string, w int) {
	line = Cut(t, line, w)
	b.WriteString(line)
	for range w - ansi.StringWidth(line) {
		b.WriteByte(' ')
	}
}

// Cut returns s as one line of at most w cells, with an ellipsis where something is missing.
func Cut(t theme.Theme, s string, w int) string {
	if w <= 0 {
		return ""
	}
	s = clean(s)
	if ansi.StringWidth(s) > w {
		tail := t.Glyphs().Ellipsis
		if ansi.StringWidth(tail) > w {
			tail = ""
		}
		s = ansi.Truncate(s, w, tail)
	}
	if strings.Contains(s, "\x1b") && !strings.HasSuffix(s, reset) {
		s += reset
	}
	return s
}

// Wrap breaks s into lines of at most w cells, between words where it can. Line breaks in s are kept.
func Wrap(s string, w int) []string {
	if w <= 0 {
		return nil
	}
	var lines []string
	for paragraph := range strings.SplitSeq(s, "\n") {
		lines = append(lines, wrapParagraph(clean(paragraph), w)...)
	}
	return lines
}

func wrapParagraph(s string, w int) []string {
	var lines []string
	line, used := "", 0
	for _, word := range strings.Fields(s) {
		width := ansi.StringWidth(word)
		switch {
		case used > 0 && used+1+width <= w:
			line, used = line+" "+word, used+1+width
			continue
		case used > 0:
			lines = append(lines, line)
		}
		for width > w {
			var head string
			head, word = breakWord(word, w)
			lines = append(lines, head)
			width = ansi.StringWidth(word)
		}
		line, used = word, width
	}
	return append(lines, line)
}

// breakWord splits off what fits. A character wider than the whole line is given up, for it can be drawn nowhere.
func breakWord(word string, w int) (head, rest string) {
	head = ansi.Truncate(word, w, "")
	width := ansi.StringWidth(head)
	if width == 0 {
		return "", ansi.TruncateLeft(word, w+1, "")
	}
	return head, ansi.TruncateLeft(word, width, "")
}

// clean removes what could break a line: control characters, invisible format characters, among them those that
// reverse the direction of writing, and every escape sequence but colours. Tabs and line breaks become spaces.
func clean(s string) string {
	if !strings.Contains(s, "\x1b") {
		return plain(s)
	}
	var b strings.Builder
	for s != "" {
		if n := colour(s); n > 0 {
			b.WriteString(s[:n])
			s = s[n:]
			continue
		}
		n := nextColour(s)
		b.WriteString(bare(s[:n]))
		s = s[n:]
	}
	return b.String()
}

// nextColour is where the first colour sequence after the start of s begins, or the length of s.
func nextColour(s string) int {
	for i := 1; i < len(s); i++ {
		if s[i] == '\x1b' && colour(s[i:]) > 0 {
			return i
		}
	}
	return len(s)
}

// colour is the length of the colour sequence that s begins with, or 0.
func colour(s string) int {
	if !strings.HasPrefix(s, "\x1b[") {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c < '0' || c > ';':
			return 0
		}
	}
	return 0
}

// bare is clean for text that may not bring colours either.
func bare(s string) string {
	if strings.Contains(s, "\x1b") {
		s = ansi.Strip(s)
	}
	return plain(s)
}

func plain(s string) string { return strings.Map(printable, s) }

func printable(r rune) rune {
	const variationSelectors = "\ufe0e\ufe0f"
	switch {
	case r >= ' ' && r <= '~':
		return r
	case r == '\t', r == '\n', r == '\r':
		return ' '
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp), strings.ContainsRune(variationSelectors, r):
		return -1
	}
	return r
}
