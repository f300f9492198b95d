package components

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

type acted struct{}

// feed presses keys by name, types everything else, and returns the last action that was not nil.
func feed(d Dialog, keys ...string) Action {
	var last Action
	for _, name := range keys {
		if a := d.Update(press(name)); a != nil {
			last = a
		}
	}
	return last
}

// letters are the key names that type s.
func letters(s string) []string { return strings.Split(s, "") }

func confirm() Dialog {
	d := NewConfirm("Start rewrap", "It loads the storage.", "Start rewrap", "Not now", func() tea.Cmd {
		return func() tea.Msg { return acted{} }
	})
	d.SetSize(60, 20)
	return d
}

func typedConfirm() Dialog {
	d := NewTypedConfirm("Remove peer", "It leaves.", "vault-3", func() tea.Cmd {
		return func() tea.Msg { return acted{} }
	})
	d.SetSize(60, 20)
	return d
}

func closesWith(t *testing.T, a Action, acts bool) {
	t.Helper()
	c, ok := a.(Close)
	if !ok {
		t.Fatalf("the action is %#v, want Close", a)
	}
	if (c.Cmd != nil) != acts {
		t.Fatalf("it acts: %v, want %v", c.Cmd != nil, acts)
	}
	if acts && c.Cmd() != (acted{}) {
		t.Fatal("it runs another command")
	}
}

func TestConfirmActsOnlyOnYes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		keys string
		acts bool
	}{
		{"enter", false},
		{"n", false},
		{"N", false},
		{"y", true},
		{"Y", true},
		{"left enter", true},
		{"left right enter", false},
		{"tab", false},
		{"esc", false},
		{"ctrl+[", false},
		{"left esc", false},
		{"shift+tab enter", false},
	} {
		t.Run(c.keys, func(t *testing.T) {
			t.Parallel()
			closesWith(t, feed(confirm(), strings.Fields(c.keys)...), c.acts)
		})
	}
}

func TestOtherKeysAnswerNothing(t *testing.T) {
	t.Parallel()
	for _, d := range []Dialog{confirm(), typedConfirm()} {
		if a := feed(d, "ctrl+c", "up", "q", "x", "shift+tab", "home"); a != nil {
			t.Errorf("%s: %#v", d.Title(), a)
		}
		if d.Busy() {
			t.Errorf("%s is busy", d.Title())
		}
	}
}

func TestTypedConfirmWantsTheNameAndNothingElse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed string
		acts  bool
	}{
		{"", false},
		{"vault", false},
		{"vault-33", false},
		{"Vault-3", false},
		{"vault-3", true},
	} {
		d := typedConfirm()
		keys := append(strings.Split(c.typed, ""), "enter")
		if c.typed == "" {
			keys = []string{"enter"}
		}
		if a := feed(d, keys...); c.acts {
			closesWith(t, a, true)
		} else if a != nil {
			t.Errorf("%q: %#v", c.typed, a)
		} else if view := ansi.Strip(d.View(mono)); !strings.Contains(view, "▲ type vault-3") {
			t.Errorf("%q: the view does not say what is wrong:\n%s", c.typed, view)
		}
	}
}

func TestPasteWithALineBreakIsAccepted(t *testing.T) {
	t.Parallel()
	d := typedConfirm()
	d.Update(tea.PasteMsg{Content: "vault-3\n"})
	closesWith(t, feed(d, "enter"), true)
}

func TestSecondEnterIsHarmless(t *testing.T) {
	t.Parallel()
	calls := 0
	d := NewConfirm("T", "", "Yes", "No", func() tea.Cmd { calls++; return nil })
	feed(d, "y")
	if a := feed(d, "enter", "enter", "y", "esc"); a != nil || calls != 1 || !d.Busy() {
		t.Errorf("after the answer: action %#v, %d calls, busy %v", a, calls, d.Busy())
	}
}
