// Package components holds the parts that the console is drawn with. They know nothing of Vault.
//
// Its rules: drawing is pure and total, so any size gives exactly that size and never a panic; widths are display
// widths; text from outside cannot move the cursor, change a colour or reorder what stands beside it; time is passed
// in, never read.
package components

import (
	"strings"

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
	line, width := cut(t, line, w)
	b.WriteString(line)
	for range w - width {
		b.WriteByte(' ')
	}
}

// Cut returns s as one line of at most w cells, with an ellipsis where something is missing.
func Cut(t theme.Theme, s string, w int) string {
	s, _ = cut(t, s, w)
	return s
}

func cut(t theme.Theme, s string, w int) (line string, width int) {
	if w <= 0 {
		return "", 0
	}
	s = clean(s)
	width = ansi.StringWidth(s)
	if width > w {
		tail := t.Glyphs().Ellipsis
		if ansi.StringWidth(tail) > w {
			tail = ""
		}
		s = ansi.Truncate(s, w, tail)
		width = ansi.StringWidth(s)
	}
	if i := strings.LastIndexByte(s, '\x1b'); i >= 0 && !strings.HasPrefix(s[i:], reset) {
		s += reset
	}
	return s, width
}

// align pads s with spaces to w cells.
func align(s string, w int, right bool) string {
	pad := strings.Repeat(" ", max(0, w-ansi.StringWidth(s)))
	if right {
		return pad + s
	}
	return s + pad
}

// Wrap breaks plain text into lines of at most w cells, between words where it can. Line breaks in s are kept, colours
// are not: style the lines.
func Wrap(s string, w int) []string {
	if w <= 0 {
		return nil
	}
	var lines []string
	for paragraph := range strings.SplitSeq(s, "\n") {
		lines = append(lines, wrapParagraph(bare(paragraph), w)...)
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
		if width > w {
			pieces := breakWord(word, w)
			lines = append(lines, pieces[:len(pieces)-1]...)
			word = pieces[len(pieces)-1]
			width = ansi.StringWidth(word)
		}
		line, used = word, width
	}
	return append(lines, line)
}

// breakWord cuts a word into pieces of at most w cells. A character wider than that is given up, for it can be drawn
// nowhere.
func breakWord(word string, w int) []string {
	var pieces []string
	var piece strings.Builder
	used := 0
	for word != "" {
		char, width := ansi.FirstGraphemeCluster(word, ansi.GraphemeWidth)
		word = word[len(char):]
		if width > w {
			continue
		}
		if used+width > w {
			pieces = append(pieces, piece.String())
			piece.Reset()
			used = 0
		}
		piece.WriteString(char)
		used += width
	}
	return append(pieces, piece.String())
}
