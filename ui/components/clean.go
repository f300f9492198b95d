package components

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

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
