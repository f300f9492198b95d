package views

import (
	"slices"
	"strings"
	"testing"
)

func TestAServersTextKeepsItsIndentsAndNothingElseThatSteersATerminal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"path \"a\" {\n\tcapabilities = [\"read\"]\n}\n": {`path "a" {`, `  capabilities = ["read"]`, `}`},
		"\x1b[2J# a\r\n  \x1b]0;title\x07b":              {"[2J# a", "  ]0;titleb"},
		"a\u202eb\x00":                                   {"ab"},
		strings.Repeat(" ", 500) + "far":                 {strings.Repeat(" ", mostIndent) + "far"},
		"":                                               nil,
		"\n\n":                                           {"", ""},
	} {
		if got := Prose(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzProse(f *testing.F) {
	f.Add("path \"a\" {\n\tcapabilities = [\"read\"]\n}\n\x1b[2J")
	f.Fuzz(func(t *testing.T, text string) {
		for _, line := range Prose(text) {
			if i := strings.IndexFunc(line, func(r rune) bool { return r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 }); i >= 0 {
				t.Errorf("%q holds a control character", line)
			}
		}
	})
}
