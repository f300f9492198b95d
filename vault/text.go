package vault

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText bounds one text of a server: a name or a message longer than this says nothing more.
const maxText = 400

// clean makes a text of a server fit for a terminal: control characters (escape sequences begin with one), invisible
// format characters that reorder or hide text, and invalid bytes become spaces or vanish, and its length is bounded.
func clean(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if b.Len() >= maxText {
			b.WriteRune('…')
			break
		}
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
		case r == utf8.RuneError, unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp):
		default:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// plain says that there is nothing to clean, which is nearly always so.
func plain(s string) bool {
	if len(s) > maxText {
		return false
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
