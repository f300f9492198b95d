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
		return errors.New("the console cannot draw on a terminal of type dumb (TERM)")
	}
	return nil
}

// UnicodeLocale says whether the locale promises more than ASCII. The first of the three variables that is set decides.
func UnicodeLocale(getenv func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := getenv(name); v != "" {
			v = strings.ToLower(strings.ReplaceAll(v, "-", ""))
			return strings.Contains(v, "utf8")
		}
	}
	return false
}
