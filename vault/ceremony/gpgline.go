package ceremony

import (
	"fmt"
	"strings"
)

// gpgLine is what a custodian types to read the encrypted share on a line of a file.
func gpgLine(file string, line int) string {
	return fmt.Sprintf("sed -n %dp %s | base64 -d | gpg --decrypt", line, quoted(file))
}

// gpgPaste is the same of a share that is in no file.
const gpgPaste = "base64 -d | gpg --decrypt"

// quoted is a path as one word of a shell's command line, and never an option.
func quoted(path string) string {
	if strings.HasPrefix(path, "-") {
		path = "./" + path
	}
	plain := strings.Trim(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+,:@") == ""
	if plain && path != "" {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// notesFor tell in a file of encrypted shares whose each one is, and how it is read: every share has its note before it.
func notesFor(file, what string, names, prints []string) []string {
	var out []string
	for i, name := range names {
		whose := name
		if i < len(prints) {
			whose += " (PGP key " + strings.ToUpper(prints[i]) + ")"
		}
		out = append(out, fmt.Sprintf("%s %d of %d, for %s: %s", capital(what), i+1, len(names), whose, gpgLine(file, notedLine(i))))
	}
	return out
}

// notedLine is the line of a share in a file with notes.
func notedLine(share int) int { return 2*share + 2 }
