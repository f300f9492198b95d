package views

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"warder/vault/ceremony"
)

// attempt is a ceremony with an account and a way to cancel.
type attempt struct {
	scripted
	account []string
}

func (a attempt) Account() []string { return a.account }

func (a attempt) Cancel() (ceremony.Option, bool) {
	return ceremony.Option{Key: "cancel", Label: "Cancel the attempt", Hint: "Ends it for everybody. The shares given are dropped."}, true
}

func attemptAt(p ceremony.Prompt) (*Wizard, *[]ceremony.Event) {
	got := new([]ceremony.Event)
	m := attempt{scripted{prompt: p, got: got}, []string{
		"An attempt is under way with 1 of 3 shares.", "Leaving does not end it: it waits for shares.", "No key is changed.",
	}}
	z := NewWizard("Test", m, Setting{Now: time.Now}, func(*Wizard, ceremony.Effect) tea.Cmd { return nil })
	z.SetSize(76, 22)
	return z, got
}

func TestTheQuestionWhetherToLeaveSaysInPartsWhatIsTrueAndWhatFollows(t *testing.T) {
	t.Parallel()
	for key, want := range map[string][]string{
		"esc": {
			"Leave this ceremony?", "", "True now", "• An attempt is under way with 1 of 3 shares.", "• No key is changed.", "",
			"If you leave", "• Leaving does not end it: it waits for shares.", "",
			"If you cancel the attempt instead (esc, then ctrl+x)", "• Ends it for everybody.", "• The shares given are dropped.", "",
		},
		"ctrl+x": {
			"Cancel the attempt?", "", "True now", "• An attempt is under way with 1 of 3 shares.", "• No key is changed.", "",
			"If you cancel the attempt", "• Ends it for everybody.", "• The shares given are dropped.", "",
			"If you only leave (esc, then esc again)", "• Leaving does not end it: it waits for shares.", "",
		},
	} {
		z, _ := attemptAt(ceremony.EnterShare{Title: "Give a share"})
		k := tea.KeyPressMsg{Code: tea.KeyEscape}
		if key == "ctrl+x" {
			k = tea.KeyPressMsg{Code: 'x', Mod: tea.ModCtrl}
		}
		z.Update(k)
		var lines []string
		for line := range strings.SplitSeq(drawn(z), "\n") {
			lines = append(lines, strings.TrimSpace(ansi.Strip(line)))
		}
		if got := strings.Join(lines[:len(want)], "\n"); got != strings.Join(want, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", key, got, strings.Join(want, "\n"))
		}
		if !strings.Contains(drawn(z), "esc back") {
			t.Errorf("%s: nothing says what esc does:\n%s", key, drawn(z))
		}
	}
}

func TestNoOneTimePasswordIsLostByTabAndADigit(t *testing.T) {
	t.Parallel()
	z, got := attemptAt(ceremony.EnterSecret{Title: "The encoded token", Options: []ceremony.Option{{Key: "nothing", Label: "There is none"}}})
	enter := tea.KeyPressMsg{Code: tea.KeyEnter}
	give := func() {
		z.Update(tea.KeyPressMsg{Code: tea.KeyTab})
		z.Update(tea.KeyPressMsg{Code: '1', Text: "1"})
		z.Update(enter)
	}
	give()
	if v := drawn(z); len(*got) > 0 || !strings.Contains(v, "What is lost") || !strings.Contains(v, "Type wipe to confirm") {
		t.Fatalf("got %v, and nobody is told what is lost:\n%s", *got, v)
	}
	burst(z, "yes")
	z.Update(enter)
	z.Update(tea.KeyPressMsg{Code: tea.KeyEscape})
	if v := drawn(z); len(*got) > 0 || !strings.Contains(v, "The encoded token") {
		t.Fatalf("got %v, want the way back:\n%s", *got, v)
	}
	z.Update(tea.KeyPressMsg{Code: tea.KeyTab})
	give()
	burst(z, "wipe")
	z.Update(enter)
	if want := "[{nothing}]"; fmt.Sprint(*got) != want {
		t.Errorf("got %v, want %s", *got, want)
	}
}
