package ui

import "testing"

func TestATerminalDrawsASCIIOnlyUnlessItsLocaleAndItsFontPromiseMore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		env   map[string]string
		plain bool
	}{
		{map[string]string{}, true},
		{map[string]string{"LANG": "C"}, true},
		{map[string]string{"LANG": "de_DE.UTF-8"}, false},
		{map[string]string{"LANG": "de_DE.utf8", "TERM": "xterm-256color"}, false},
		{map[string]string{"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, true},
		{map[string]string{"LC_CTYPE": "en_GB.UTF-8", "LANG": "C"}, false},
		{map[string]string{"LANG": "C.UTF-8", "TERM": "linux"}, true},
		{map[string]string{"LANG": "C.UTF-8", "TERM": "linux-16color"}, true},
		{map[string]string{"LANG": "C.UTF-8", "TERM": "vt220"}, true},
		{map[string]string{"LANG": "C.UTF-8", "TERM": "screen"}, false},
		{map[string]string{"LANG": "C.UTF-8", "TERM": "tmux-256color"}, false},
	} {
		if got := PlainTerminal(func(k string) string { return c.env[k] }); got != c.plain {
			t.Errorf("%v: plain is %v", c.env, got)
		}
	}
}
