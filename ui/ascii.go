package ui

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// plain are the signs of typesetting that texts use, each by one of the same width.
var plain = map[string]string{"–": "-", "…": ".", "▏": "|", "·": "."}

// ascii rewrites a drawing for a terminal that knows ASCII only. It is done last and to all of it, since no text can be
// trusted to be ASCII: names come from servers. Every line keeps its width.
func ascii(drawing string) string {
	var b strings.Builder
	for s, state := drawing, byte(ansi.NormalState); s != ""; {
		part, width, n, next := ansi.DecodeSequence(s, state, nil)
		s, state = s[n:], next
		switch sign := plain[part]; {
		case sign != "":
			b.WriteString(sign)
		case isASCII(part):
			b.WriteString(part)
		default:
			b.WriteString(strings.Repeat("?", width))
		}
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
