package cli

import "testing"

func TestRecordingNamesWhatBetraysIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, variable string
		ancestors      []string
		want           string
	}{
		{"nothing", "", nil, ""},
		{"a shell in tmux", "TMUX", []string{"bash", "tmux: server"}, ""},
		{"script of macOS", "SCRIPT", nil, "script (variable SCRIPT)"},
		{"script of Linux", "", []string{"bash", "script", "bash", "sshd"}, "script (running above warder)"},
		{"asciinema 2", "ASCIINEMA_REC", []string{"bash"}, "asciinema (variable ASCIINEMA_REC)"},
		{"asciinema 3", "ASCIINEMA_SESSION", []string{"zsh", "asciinema"}, "asciinema (variable ASCIINEMA_SESSION), asciinema (running above warder)"},
		{"tlog, cut short", "", []string{"bash", "tlog-rec-sessio"}, "tlog-rec-sessio (running above warder)"},
		{"Teleport", "SSH_TELEPORT_USER", nil, "Teleport (variable SSH_TELEPORT_USER)"},
		{"a name that begins alike", "", []string{"scriptlet"}, ""},
	} {
		getenv := func(name string) string {
			if name == c.variable {
				return "x"
			}
			return ""
		}
		if got := Recording(getenv, c.ancestors); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
