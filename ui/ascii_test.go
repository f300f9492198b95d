package ui

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestASCIIKeepsWidthsAndStyles(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                            "",
		"vault-1  active\nvault-2":    "vault-1  active\nvault-2",
		"\x1b[1;31msealed\x1b[0m":     "\x1b[1;31msealed\x1b[0m",
		"5–20 ms":                     "5-20 ms",
		"asking …":                    "asking .",
		"\x1b[2mknoten-größe\x1b[0m!": "\x1b[2mknoten-gr??e\x1b[0m!",
		"集群":                          "????",
		"e\u0301 👩‍👩‍👧":               "e ??",
	} {
		got := ascii(in)
		if got != want || !isASCII(got) || ansi.StringWidth(got) != ansi.StringWidth(in) {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
