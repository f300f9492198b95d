package views

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"warder/keys"
	"warder/theme"
	"warder/vault/ceremony"
)

// scripted is a ceremony whose prompts are given: it asks for a share until a snapshot comes, and then something else.
type scripted struct {
	prompt  ceremony.Prompt
	then    ceremony.Prompt
	notices []ceremony.Notice
	got     *[]ceremony.Event
}

func (s scripted) Apply(e ceremony.Event) (ceremony.Machine, []ceremony.Effect) {
	if _, ok := e.(ceremony.Observed); ok {
		s.prompt = s.then
		return s, nil
	}
	*s.got = append(*s.got, e)
	return s, nil
}
func (s scripted) Prompt() ceremony.Prompt    { return s.prompt }
func (s scripted) Steps() ([]string, int)     { return []string{"One", "Two"}, 1 }
func (s scripted) Account() []string          { return nil }
func (s scripted) Notices() []ceremony.Notice { return s.notices }
func (s scripted) Wipe()                      {}

func wizardOf(s scripted) *Wizard {
	z := NewWizard("Test", s, Setting{Now: time.Now}, func(*Wizard, ceremony.Effect) tea.Cmd { return nil })
	z.SetSize(80, 24)
	return z
}

func TestTheRestOfAShareAnswersNoQuestionThatCameMeanwhile(t *testing.T) {
	t.Parallel()
	var got []ceremony.Event
	stranger := ceremony.Pick{Title: "Somebody began an attempt", Options: []ceremony.Option{{Key: "join", Label: "Join it"}, {Key: "end", Label: "End it"}}}
	z := wizardOf(scripted{prompt: ceremony.EnterShare{Title: "Give a share"}, then: stranger, got: &got})
	z.Update(tea.KeyPressMsg{Code: 'a', Text: "a"})
	z.Update(CeremonyMsg{Wizard: z, Event: ceremony.Observed{}})
	for _, k := range []tea.KeyPressMsg{{Code: 'b', Text: "b"}, {Code: tea.KeyEnter}} {
		z.Update(k)
	}
	if len(got) > 0 {
		t.Fatalf("the rest of the share answered %v", got)
	}
	if v := z.View(theme.New(theme.Mono, true, false)); !strings.Contains(v, "ctrl+u goes on") {
		t.Errorf("nobody is told how it goes on:\n%s", v)
	}
	z.Update(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
	z.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
	if want := "[{join}]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestWhereNoticesDoNotFitTheNewestStay(t *testing.T) {
	t.Parallel()
	s := scripted{prompt: ceremony.EnterShare{Title: "Give a share"}, got: new([]ceremony.Event)}
	for i := range 12 {
		s.notices = append(s.notices, ceremony.Notice{Text: fmt.Sprintf("Number %d. %s", i, strings.Repeat("word ", 25))})
	}
	s.notices = append(s.notices, ceremony.Notice{Alarm: true, Text: "Its nonce is another."})
	v := wizardOf(s).View(theme.New(theme.Mono, true, false))
	if !strings.Contains(v, "Its nonce is another.") || !strings.Contains(v, "earlier ones") {
		t.Errorf("the newest notice is not on the screen, or nothing tells of earlier ones:\n%s", v)
	}
}

func TestALongCiphertextIsShownToItsEndBeforeItCanBeHidden(t *testing.T) {
	t.Parallel()
	var got []ceremony.Event
	secret := keys.NewSecret([]byte(strings.Repeat("abcd", 400) + "wxyz"))
	z := wizardOf(scripted{prompt: ceremony.Reveal{Title: "The encoded token", Secret: secret}, got: &got})
	mono := theme.New(theme.Mono, true, false)
	enter := tea.KeyPressMsg{Code: tea.KeyEnter}
	z.Update(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
	if v := z.View(mono); strings.Contains(v, "wxyz") || !strings.Contains(v, "pgdown") {
		t.Fatalf("nothing tells that there is more:\n%s", v)
	}
	if z.Update(enter); len(got) > 0 {
		t.Fatal("it was hidden before its end was shown")
	}
	for range 3 {
		z.Update(tea.KeyPressMsg{Code: tea.KeyPgDown})
		z.View(mono)
	}
	if v := z.View(mono); !strings.Contains(v, "wxyz") {
		t.Errorf("the end is not on the screen:\n%s", v)
	}
	if z.Update(enter); len(got) != 1 {
		t.Errorf("got %v, want that it was shown", got)
	}
}

// TestAPollThatAddsAnOptionDoesNotMoveTheFocus: enter takes what the person was looking at.
func TestAPollThatAddsAnOptionDoesNotMoveTheFocus(t *testing.T) {
	t.Parallel()
	options := []ceremony.Option{{Key: "show", Label: "Show it"}, {Key: "again", Label: "Look again"}}
	f := pickForm(ceremony.Pick{Title: "The token", Options: options}, "")
	f.update(tea.KeyPressMsg{Code: tea.KeyDown})
	if !f.refresh(ceremony.Pick{Title: "The token", Options: append([]ceremony.Option{{Key: "wrap", Label: "Wrap it"}}, options...)}) {
		t.Fatal("it is taken for another question")
	}
	if got := f.update(tea.KeyPressMsg{Code: tea.KeyEnter}); got != (ceremony.Picked{Key: "again"}) {
		t.Errorf("got %v, want what the focus stood on", got)
	}
}

func TestInAShortWindowTheFieldForAShareStays(t *testing.T) {
	t.Parallel()
	s := scripted{prompt: ceremony.EnterShare{Title: "Give a share", After: strings.Repeat("This completes the set. ", 8)}, got: new([]ceremony.Event)}
	s.notices = []ceremony.Notice{{Text: strings.Repeat("It was not sent. ", 20)}}
	z := wizardOf(s)
	z.SetSize(46, 10)
	for _, want := range []string{"nothing typed yet", "pgdown"} {
		if v := drawn(z); !strings.Contains(v, want) {
			t.Errorf("%q is not on the screen:\n%s", want, v)
		}
	}
}

func TestInAShortWindowAShareIsShownWholeAndItsKeysAreThoseOfThisScreen(t *testing.T) {
	t.Parallel()
	secret := keys.NewSecret([]byte(strings.Repeat("abcd", 10) + "wxyz"))
	text := []string{strings.Repeat("For the eyes of one alone. ", 5), strings.Repeat("Write it down. ", 5)}
	z := wizardOf(scripted{prompt: ceremony.Reveal{Title: "New share 1 of 5", Text: text, Secret: secret}, got: new([]ceremony.Event)})
	z.SetSize(46, 10)
	z.Update(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
	if v := drawn(z); !strings.Contains(v, "abcd abcd") || !strings.Contains(v, "wxyz") || !strings.Contains(v, "enter hide it") {
		t.Errorf("the share is not whole on the screen, or cannot be hidden:\n%s", v)
	}
	z.SetSize(46, 6)
	if v := drawn(z); !strings.Contains(v, "pgdown the rest") {
		t.Errorf("the foot is that of another window:\n%s", v)
	}
}

// TestAFormStoodBelowOldNews: what is true of the shares changes while a name is typed, and the letters stay.
func TestAFormStoodBelowOldNews(t *testing.T) {
	t.Parallel()
	ask := func(text, problem string) ceremony.Fill {
		return ceremony.Fill{Title: "Who?", Problem: problem, Text: []string{text}, Fields: []ceremony.Field{{Key: "name", Label: "Name"}}}
	}
	f := fillForm(ask("In force are the old shares.", ""))
	f.update(tea.KeyPressMsg{Code: 'A', Text: "A"})
	if !f.refresh(ask("In force are the new shares.", "")) {
		t.Fatal("it is taken for another question")
	}
	v := ansi.Strip(f.view(theme.New(theme.Mono, true, false), 60, 20))
	if strings.Contains(v, "old shares") || !strings.Contains(v, "new shares") || f.form.Text("name") != "A" {
		t.Errorf("%q is on the screen, the name is %q", v, f.form.Text("name"))
	}
	if f.refresh(ask("In force are the new shares.", "that is no name")) || f.refresh(ceremony.Pick{Title: "Who?"}) {
		t.Error("another question is taken for the same")
	}
}
