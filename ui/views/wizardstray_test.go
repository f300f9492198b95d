package views

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/vault/ceremony"
)

// hands are a wizard's time in the hands of a test.
type hands struct{ now time.Time }

func (c *hands) tell() time.Time { return c.now }

// ways are a choice whose second option must not be taken by accident.
var ways = []ceremony.Option{{Key: "join", Label: "Join it"}, {Key: "end", Label: "End it"}}

// burst types text as a terminal without bracketed paste sends a paste.
func burst(z *Wizard, text string) {
	for _, r := range text {
		k := tea.KeyPressMsg{Code: r, Text: string(r)}
		if r == '\r' {
			k = tea.KeyPressMsg{Code: tea.KeyEnter}
		}
		z.Update(k)
	}
}

func drawn(z *Wizard) string { return z.View(theme.New(theme.Mono, true, false)) }

// pasted begin with what a choice could take for an answer.
var pasted = []string{"1ab2\r", "jk3f\r", "y0n1\r", "2\r\r", "kQ==\r\r"}

func TestAShareThatComesAtAChoiceIsNoAnswer(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]ceremony.Prompt{
		"pick":   ceremony.Pick{Title: "Somebody began", Options: ways},
		"end":    ceremony.End{Title: "A root token exists", Options: ways},
		"fill":   ceremony.Fill{Title: "How", Fields: []ceremony.Field{{Key: "how", Choices: []string{"a", "b"}}}},
		"option": ceremony.EnterShare{Title: "Give a share", Options: ways},
	} {
		for _, text := range []string{"1ab2\r", "jk3f\r", "kQ==\r\r"} {
			var got []ceremony.Event
			z := wizardOf(scripted{prompt: p, got: &got})
			if name == "option" {
				z.Update(tea.KeyPressMsg{Code: tea.KeyTab})
			}
			z.Update(tea.PasteMsg{Content: text})
			if !strings.Contains(drawn(z), "dropped whole") {
				t.Errorf("%s: nothing says that the paste was dropped:\n%s", name, drawn(z))
			}
			burst(z, text)
			if len(got) > 0 {
				t.Errorf("%s: %q answered %v", name, text, got)
			}
			if !strings.Contains(drawn(z), "ctrl+u goes on") {
				t.Errorf("%s: nobody is told how it goes on:\n%s", name, drawn(z))
			}
		}
	}
}

func TestAShareThatLightsABlankScreenIsNoAnswer(t *testing.T) {
	t.Parallel()
	for _, text := range pasted {
		var got []ceremony.Event
		at := &hands{time.Unix(0, 0)}
		z := NewWizard("Test", scripted{prompt: ceremony.Pick{Title: "How?", Options: ways}, got: &got},
			Setting{Now: at.tell, Idle: time.Minute}, func(*Wizard, ceremony.Effect) tea.Cmd { return nil })
		z.SetSize(80, 24)
		blank := func() {
			at.now = at.now.Add(time.Hour)
			z.Tick()
			if !strings.Contains(drawn(z), "Blank.") {
				t.Fatal("it is not blank")
			}
		}
		blank()
		burst(z, text)
		if len(got) > 0 {
			t.Fatalf("%q answered %v", text, got)
		}
		if !strings.Contains(drawn(z), "ctrl+u goes on") {
			t.Errorf("nobody is told what was dropped:\n%s", drawn(z))
		}
		at.now = at.now.Add(time.Second)
		z.Update(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
		blank()
		z.Update(tea.PasteMsg{Content: text})
		if !strings.Contains(drawn(z), "dropped whole") {
			t.Errorf("nobody is told that the paste was dropped:\n%s", drawn(z))
		}
		blank()
		z.Update(tea.KeyPressMsg{Code: 'x', Text: "x"})
		at.now = at.now.Add(time.Second)
		z.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
		if want := "[{join}]"; fmt.Sprint(got) != want {
			t.Errorf("one key lights the screen, and then %v, want %s", got, want)
		}
	}
}

func TestAShareThatComesAtTheQuestionWhetherToLeaveDoesNotLeave(t *testing.T) {
	t.Parallel()
	z := wizardOf(scripted{prompt: ceremony.EnterShare{Title: "Give a share"}, got: new([]ceremony.Event)})
	z.Update(tea.KeyPressMsg{Code: tea.KeyEscape})
	for _, k := range "Qy\r" {
		if act := z.Update(tea.KeyPressMsg{Code: k, Text: strings.Trim(string(k), "\r")}); act != nil {
			t.Fatalf("%q made %T", k, act)
		}
	}
	z.Update(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
	if _, left := z.Update(tea.KeyPressMsg{Code: 'y', Text: "y"}).(components.Close); !left {
		t.Error("afterwards it cannot be left")
	}
}
