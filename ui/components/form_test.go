package components

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"github.com/charmbracelet/x/ansi"
)

func TestEscapeWarnsBeforeItDiscards(t *testing.T) {
	t.Parallel()
	d := typedConfirm()
	if a := feed(d, "v", "esc"); a != nil {
		t.Fatalf("the first esc over typed text gave %#v", a)
	}
	if view := ansi.Strip(d.View(mono)); !strings.Contains(view, "esc again discards") {
		t.Errorf("no warning:\n%s", view)
	}
	if a := feed(d, "a", "esc"); a != nil {
		t.Errorf("typing on did not take the warning back: %#v", a)
	}
	d.Update(tea.PasteMsg{Content: "u"})
	closesWith(t, feed(d, "esc", "esc"), false)
}

func TestKeysRightAfterEnterReachTheNextField(t *testing.T) {
	t.Parallel()
	var got *Answers
	f := NewForm(FormSpec{Title: "Two", Fields: []Field{
		Retype{Key: "one", Want: "first"},
		Retype{Key: "two", Want: "second"},
		YesNo{Key: "sure", Yes: "Do it", No: "Leave it"},
	}, Submit: func(a *Answers) Action { got = a; return Close{} }})
	f.SetSize(60, 20)
	keys := append(append(letters("first"), "enter"), letters("second")...)
	feed(f, append(keys, "shift+tab", "tab", "enter", "left", "enter")...)
	if got == nil {
		t.Fatal("the form was not submitted")
	}
	if got.Text("one") != "first" || got.Text("two") != "second" || !got.Yes("sure") {
		t.Errorf("answers are %q, %q, %v", got.Text("one"), got.Text("two"), got.Yes("sure"))
	}
	if got.Text("other") != "" || got.Yes("other") {
		t.Error("an unknown key has an answer")
	}
}

func TestAWrongFieldHoldsTheForm(t *testing.T) {
	t.Parallel()
	f := NewForm(FormSpec{Fields: []Field{
		Retype{Key: "one", Want: "a"},
		Retype{Key: "two", Want: "b"},
	}, Submit: func(*Answers) Action { return Close{} }})
	f.SetSize(60, 20)
	if a := feed(f, "x", "enter", "tab", "enter"); a != nil || f.focused() != f.fields[0] {
		t.Fatalf("the form went on: %#v", a)
	}
	if a := feed(f, "shift+tab"); a != nil || f.focused() != f.fields[0] {
		t.Fatal("there is something before the first field")
	}
}

// A message of huh's that was meant for another form must not move or complete this one.
func TestFormIgnoresForeignMessages(t *testing.T) {
	t.Parallel()
	f := NewForm(FormSpec{Fields: []Field{Retype{Key: "one", Want: "a"}, Retype{Key: "two", Want: "b"}}})
	f.SetSize(60, 20)
	other := huh.NewForm(huh.NewGroup(huh.NewInput()))
	other.Init()
	_, cmd := other.Update(huh.NextField())
	stale := append(flatten(cmd), huh.NextField(), huh.PrevField(), tea.WindowSizeMsg{Width: 1, Height: 1}, tea.KeyReleaseMsg{Code: tea.KeyEnter})
	before := f.View(mono)
	for _, msg := range stale {
		if a := f.Update(msg); a != nil || f.focused() != f.fields[0] || f.huh.State != huh.StateNormal {
			t.Fatalf("%T moved the form", msg)
		}
	}
	if after := f.View(mono); after != before {
		t.Errorf("the view changed from\n%s\nto\n%s", before, after)
	}
}

// flatten runs a command and those in its batches.
func flatten(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	batch, ok := cmd().(tea.BatchMsg)
	if !ok {
		return []tea.Msg{cmd()}
	}
	var msgs []tea.Msg
	for _, c := range batch {
		msgs = append(msgs, flatten(c)...)
	}
	return msgs
}

func TestFormFollowsAChangeOfTheme(t *testing.T) {
	t.Parallel()
	d := confirm()
	before := d.View(mono)
	if d.View(dark) == before {
		t.Error("another theme changed nothing")
	}
	if d.View(mono) != before {
		t.Error("the first theme does not give the first view again")
	}
}

func TestFormNeverExceedsItsRoom(t *testing.T) {
	t.Parallel()
	f := NewForm(FormSpec{Text: awkward, Fields: []Field{
		Retype{Key: "one", Title: awkward, Want: "a"},
		YesNo{Key: "two", Title: awkward, Yes: awkward, No: "No"},
	}})
	feed(f, "x", "enter")
	for w := range upTo(80) {
		for h := range upTo(30) {
			f.SetSize(w, h)
			view := f.View(dark)
			if w <= 0 || h <= 0 {
				if view != "" {
					t.Fatalf("%d×%d: drew %q", w, h, view)
				}
				continue
			}
			if lines := strings.Count(view, "\n") + 1; lines > h || blockWidth(view) > w {
				t.Fatalf("%d×%d: drew %d×%d", w, h, blockWidth(view), lines)
			}
		}
	}
}

func TestFieldInFocusStaysInSight(t *testing.T) {
	t.Parallel()
	f := NewForm(FormSpec{Text: strings.Repeat("text ", 200), Fields: []Field{
		Retype{Key: "one", Title: "First", Want: "a"},
		Retype{Key: "two", Title: "Second", Want: "b"},
		YesNo{Key: "three", Title: "Third", Yes: "Yes", No: "No"},
	}})
	for h := 2; h <= 30; h++ {
		f.SetSize(60, h)
		if view := ansi.Strip(f.View(mono)); !strings.Contains(view, "First") || !strings.Contains(view, "enter ") {
			t.Errorf("height %d: the first field or the hint is missing:\n%s", h, view)
		}
	}
	feed(f, "a", "enter", "b", "enter")
	for h := 2; h <= 30; h++ {
		f.SetSize(60, h)
		if view := ansi.Strip(f.View(mono)); !strings.Contains(view, "Third") {
			t.Errorf("height %d: the third field is missing:\n%s", h, view)
		}
	}
}

func TestFormWithoutFieldsIsAcknowledged(t *testing.T) {
	t.Parallel()
	f := NewForm(FormSpec{Title: "Note", Text: "Read this.", Submit: func(*Answers) Action { return Close{} }})
	f.SetSize(40, 10)
	if view := ansi.Strip(f.View(mono)); !strings.Contains(view, "[ Close ]") {
		t.Errorf("no button:\n%s", view)
	}
	closesWith(t, feed(f, "enter"), false)
}

// fickle is a field whose answer is found wrong after it was left, as one is that depends on a later field.
type fickle struct{ calls *int }

func (f fickle) build(*Answers) huh.Field {
	return huh.NewInput().Validate(func(string) error {
		if *f.calls++; *f.calls == 2 {
			return errors.New("no longer valid")
		}
		return nil
	})
}

func TestFormGoesOnAfterAnEarlierAnswerTurnsWrong(t *testing.T) {
	t.Parallel()
	f := NewForm(FormSpec{Fields: []Field{fickle{new(int)}, Input{Key: "two"}}, Submit: func(*Answers) Action {
		return Close{}
	}})
	f.SetSize(60, 20)
	if a := feed(f, "enter", "a", "b", "enter"); a != nil {
		t.Fatalf("submitted with a wrong answer: %#v", a)
	}
	if view := ansi.Strip(f.View(mono)); !strings.Contains(view, "no longer valid") {
		t.Errorf("the view does not say what is wrong:\n%s", view)
	}
	feed(f, "c")
	if got := f.answers.Text("two"); got != "abc" {
		t.Errorf("the last field holds %q, want what was typed on: abc", got)
	}
	f.Update(tea.KeyPressMsg{Code: tea.KeyBackspace})
	closesWith(t, feed(f, "shift+tab", "enter", "enter"), false)
}

// TestShareTypedWhereAWordIsWantedIsNotDrawn: it was meant for the next screen.
func TestShareTypedWhereAWordIsWantedIsNotDrawn(t *testing.T) {
	t.Parallel()
	f := NewForm(FormSpec{Fields: []Field{Retype{Key: "word", Want: "yes"}}, Submit: func(*Answers) Action { return Close{} }})
	f.SetSize(60, 20)
	const share = "y9xBswYgXeN+IRAHcWvrN2lsnbMRXkZVhQgBxxUQeY2Of"
	feed(f, strings.Split(share, "")...)
	f.Update(tea.PasteMsg{Content: share})
	if view := ansi.Strip(f.View(mono)); strings.Contains(view, "9x") || strings.Contains(view, "f\n") {
		t.Errorf("the share is on the screen:\n%s", view)
	}
	closesWith(t, feed(f, "y", "e", "s", "enter"), false)
}

// TestAShareTypedWhereANameIsWantedWasDrawn: neither typed nor pasted, nor what comes after it in one go.
func TestAShareTypedWhereANameIsWantedWasDrawn(t *testing.T) {
	t.Parallel()
	refuse := func(s string) string {
		if strings.ContainsRune(s, '+') {
			return "that looks like a share"
		}
		return ""
	}
	f := NewForm(FormSpec{Fields: []Field{Input{Key: "name", Title: "Name", Refuse: refuse}}, Submit: func(*Answers) Action { return Close{} }})
	f.SetSize(60, 20)
	const share = "y9xBswYgXeN+IRAHcWvrN2lsnbMRXkZVhQgBxxUQeY2Of"
	for name, enter := range map[string]func(){
		"typed":  func() { feed(f, strings.Split(share, "")...) },
		"pasted": func() { f.Update(tea.PasteMsg{Content: share}) },
		"before": func() { feed(f, "9", "x", "home"); f.Update(tea.PasteMsg{Content: share}) },
	} {
		enter()
		feed(f, "enter")
		f.Update(tea.PasteMsg{Content: "9x"})
		view := ansi.Strip(f.View(mono))
		if strings.Contains(view, "9x") || strings.Contains(view, "Of") || !strings.Contains(view, "that looks like a share; backspace begins anew") {
			t.Errorf("%s: on the screen:\n%s", name, view)
		}
		feed(f, "backspace")
	}
	feed(f, "A", "n", "n", "a")
	if got := f.answers.Text("name"); got != "Anna" {
		t.Errorf("the name is %q", got)
	}
	closesWith(t, feed(f, "enter"), false)
}
