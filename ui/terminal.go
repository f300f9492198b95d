package ui

import (
	"errors"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
)

// NeedTerminal refuses to start where there is nobody to look: the screen would be escape sequences in a file.
func NeedTerminal(in, out *os.File) error {
	switch {
	case !term.IsTerminal(out.Fd()):
		return errors.New("the console needs a terminal to draw on, and the output is none")
	case !term.IsTerminal(in.Fd()):
		return errors.New("the console needs a terminal to read keys from, and the input is none")
	case os.Getenv("TERM") == "dumb":
		return errors.New("the console cannot draw on a terminal of type dumb (TERM): warder status and warder watch print plain lines")
	}
	return nil
}

// PlainTerminal says that a terminal draws ASCII only: its locale promises no more, or it is a console whose font holds a few
// hundred signs and few of ours. Of the three variables of the locale the first that is set decides.
func PlainTerminal(getenv func(string) string) bool {
	switch kind, _, _ := strings.Cut(getenv("TERM"), "-"); kind {
	case "linux", "vt100", "vt102", "vt220", "ansi", "cons25":
		return true
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := getenv(name); v != "" {
			v = strings.ToLower(strings.ReplaceAll(v, "-", ""))
			return !strings.Contains(v, "utf8")
		}
	}
	return true
}
