package cli

import (
	"slices"
	"strings"
)

// recorders are the variables that programs leave in a terminal session which they record or show to others.
var recorders = []struct{ variable, program string }{
	{"SCRIPT", "script"}, // of the BSDs and macOS; the one of Linux leaves none
	{"ASCIINEMA_REC", "asciinema"},
	{"ASCIINEMA_SESSION", "asciinema"}, // since its version 3
	{"TLOG_REC_SESSION_SHELL", "tlog"},
	{"VHS_RECORD", "vhs"},
	{"SSH_TELEPORT_USER", "Teleport"},
	{"UPTERM_ADMIN_SOCKET", "upterm"},
}

// recorderNames are recorders as the system names their processes, which it does with 15 characters at most.
var recorderNames = []string{"script", "asciinema", "ttyrec", "tlog-rec", "tlog-rec-sessio"}

// Recording names what betrays that this terminal is recorded or watched: variables that are set, and programs among
// those that started this one, nearest first. It is empty when nothing does, which proves nothing: a recorder around
// a multiplexer, or a pipe from its pane, leaves no trace here.
func Recording(getenv func(string) string, ancestors []string) string {
	var found []string
	for _, r := range recorders {
		if getenv(r.variable) != "" {
			found = append(found, r.program+" (variable "+r.variable+")")
		}
	}
	for _, name := range ancestors {
		if slices.Contains(recorderNames, name) {
			found = append(found, name+" (running above warder)")
		}
	}
	return strings.Join(found, ", ")
}
