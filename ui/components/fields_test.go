package components

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"warder/theme"
)

func whichKey() Choice {
	return Choice{Key: "key", Title: "Which key", Options: []Option{
		{Key: "barrier", Label: "Barrier key", Hint: "Unseals the servers."},
		{Key: "recovery", Label: "Recovery key", Hint: "Authorises acts where a device unseals."},
		{Key: "none", Label: "None"},
	}}
}

func howMany() Input {
	return Input{Key: "n", Title: "Shares", Hint: "One for each custodian.", Default: "5", Check: func(s string) error {
		if s == "" || strings.Trim(s, "0123456789") != "" {
			return errors.New("a number is wanted")
		}
		return nil
	}}
}

// parameters is a form of three kinds of field, and where its answers come out.
func parameters() (*Form, **Answers) {
	got := new(*Answers)
	f := NewForm(FormSpec{
		Title:  "Rekey",
		Text:   "New shares replace the old ones.",
		Fields: []Field{whichKey(), howMany(), YesNo{Key: "sure", Title: "Verify", Yes: "Verify", No: "Do not", Default: true}},
		Submit: func(a *Answers) Action { *got = a; return Close{} },
	})
	f.SetSize(60, 24)
	return f, got
}

func TestAnswersAreWhatWasChosenAndTyped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ keys, key, n string }{
		{"enter enter enter", "barrier", "5"},
		{"tab tab y", "barrier", "5"},
		{"down enter enter enter", "recovery", "5"},
		{"down down down enter enter enter", "barrier", "5"},
		{"up enter 5 enter enter", "none", "55"},
		{"end enter backspace 7 enter enter", "none", "7"},
		{"j j k enter enter enter", "recovery", "5"},
		{"enter 1 shift+tab down enter 2 enter y", "recovery", "512"},
		{"/ n enter enter enter", "barrier", "5"},
		{"enter shift+tab / n enter enter enter", "barrier", "5"},
	} {
		f, got := parameters()
		closesWith(t, feed(f, strings.Fields(c.keys)...), false)
		if a := *got; a.Text("key") != c.key || a.Text("n") != c.n || !a.Yes("sure") {
			t.Errorf("%s: %q and %q, want %q and %q", c.keys, a.Text("key"), a.Text("n"), c.key, c.n)
		}
	}
}

func TestDefaultOfAChoiceIsStoodOn(t *testing.T) {
	t.Parallel()
	for start, want := range map[string]string{"": "barrier", "none": "none", "unheard of": "barrier"} {
		which := whichKey()
		which.Default = start
		var got string
		f := NewForm(FormSpec{Fields: []Field{which}, Submit: func(a *Answers) Action { got = a.Text("key"); return Close{} }})
		f.SetSize(60, 20)
		closesWith(t, feed(f, "esc"), false)
		f = NewForm(f.spec)
		closesWith(t, feed(f, "enter"), false)
		if got != want {
			t.Errorf("default %q: %q, want %q", start, got, want)
		}
	}
}

func TestInputIsCheckedWithoutTheBlanksAroundIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ pasted, problem, got string }{
		{"7\n", "", "7"},
		{" 12 ", "", "12"},
		{"", "a number is wanted", ""},
		{"1\n2", "a number is wanted", ""},
		{"\x1b[31mred", "a number is wanted", ""},
	} {
		field := howMany()
		field.Default = ""
		var got string
		f := NewForm(FormSpec{Fields: []Field{field}, Submit: func(a *Answers) Action { got = a.Text("n"); return Close{} }})
		f.SetSize(60, 20)
		f.Update(tea.PasteMsg{Content: c.pasted})
		a := feed(f, "enter")
		if (a == nil) != (c.problem != "") || got != c.got {
			t.Errorf("%q: %#v with %q, want %q", c.pasted, a, got, c.got)
		}
		if view := ansi.Strip(f.View(mono)); c.problem != "" && !strings.Contains(view, c.problem) {
			t.Errorf("%q: the view does not say what is wrong:\n%s", c.pasted, view)
		}
	}
}

func TestInputWithoutACheckTakesAnything(t *testing.T) {
	t.Parallel()
	f := NewForm(FormSpec{Fields: []Field{Input{Key: "name"}}, Submit: func(*Answers) Action { return Close{} }})
	closesWith(t, feed(f, "enter"), false)
}

func TestChoiceWithoutOptionsDoesNoHarm(t *testing.T) {
	t.Parallel()
	f := NewForm(FormSpec{Fields: []Field{Choice{Key: "key", Title: "Which"}}, Submit: func(*Answers) Action { return Close{} }})
	f.SetSize(40, 10)
	if a := feed(f, "up", "down", "end", "home"); a != nil {
		t.Errorf("%#v", a)
	}
	if view := ansi.Strip(f.View(mono)); !strings.Contains(view, "Which") {
		t.Errorf("no title:\n%s", view)
	}
	closesWith(t, feed(f, "esc"), false)
}

func TestEscapeWarnsOnlyWhereAnAnswerWasChanged(t *testing.T) {
	t.Parallel()
	for keys, warns := range map[string]bool{
		"": false, "enter": false, "enter enter": false, "down": true, "down up": false, "enter 1": true,
		"enter 1 backspace": false, "enter backspace": true,
	} {
		f, _ := parameters()
		a := feed(f, append(strings.Fields(keys), "esc")...)
		if warns != (a == nil) {
			t.Errorf("%q and esc: %#v", keys, a)
		}
		if warns {
			closesWith(t, feed(f, "esc"), false)
		}
	}
}

func TestLeavingIsWhatCancelMakesOfIt(t *testing.T) {
	t.Parallel()
	question := NewConfirm("Leave?", "The operation goes on.", "Leave", "Stay", nil)
	for name, act := range map[string]Action{"nothing": nil, "a question": Open{question}, "an act": Run{}, "closing": Close{}} {
		calls, submitted := 0, 0
		f := NewForm(FormSpec{
			Fields: []Field{howMany()},
			Submit: func(*Answers) Action { submitted++; return Close{} },
			Cancel: func() Action { calls++; return act },
		})
		f.SetSize(60, 20)
		feed(f, "1", "esc")
		if calls != 0 {
			t.Errorf("%s: cancelled on the first esc over typed text", name)
		}
		if got := feed(f, "esc"); fmt.Sprintf("%T", got) != fmt.Sprintf("%T", act) || calls != 1 {
			t.Errorf("%s: %#v after %d calls", name, got, calls)
		}
		_, closes := act.(Close)
		if f.Busy() != closes {
			t.Errorf("%s: busy is %v", name, f.Busy())
		}
		if feed(f, "enter"); (submitted == 0) != closes {
			t.Errorf("%s: submitted %d times", name, submitted)
		}
	}
}

func TestChosenOptionIsMarkedWithoutColour(t *testing.T) {
	t.Parallel()
	f, _ := parameters()
	feed(f, "down", "enter")
	if view := ansi.Strip(f.View(mono)); !strings.Contains(view, "> Recovery key") || strings.Contains(view, "> Barrier key") {
		t.Errorf("what was chosen cannot be read:\n%s", view)
	}
}

func TestOptionInFocusStaysInSight(t *testing.T) {
	t.Parallel()
	var options []Option
	for i := range 8 {
		options = append(options, Option{Key: fmt.Sprint(i), Label: fmt.Sprintf("Option %d.", i), Hint: "What follows."})
	}
	f := NewForm(FormSpec{Text: "A text.", Fields: []Field{howMany(), Choice{Key: "key", Title: "Which", Options: options}}})
	f.SetSize(60, 12)
	feed(f, "enter")
	for i := range options {
		for h := 3; h <= 30; h++ {
			f.SetSize(60, h)
			if view := ansi.Strip(f.View(mono)); !strings.Contains(view, fmt.Sprintf("> Option %d.", i)) {
				t.Fatalf("height %d: option %d is out of sight:\n%s", h, i, view)
			}
		}
		feed(f, "down")
	}
}

func TestFieldsNeverExceedTheirRoom(t *testing.T) {
	t.Parallel()
	const odd = "🔐 封印 \x1b[31mred\u202e, and longer than a narrow place"
	f := NewForm(FormSpec{Title: odd, Text: odd, Fields: []Field{
		Choice{Key: "one", Title: odd, Options: []Option{{"a", odd, odd}, {"b", "封印", awkward}, {Key: "c"}}},
		Input{Key: "two", Title: odd, Hint: odd, Default: awkward},
	}})
	for _, keys := range [][]string{{"down"}, {"enter", "x"}} {
		feed(f, keys...)
		var o Overlay
		o.Open(f, start, false)
		for w := range upTo(130) {
			for h := range upTo(40) {
				if w > formWidth+10 && h%10 != 0 {
					continue // the form itself grows no wider
				}
				o.SetSize(w, h)
				checkBlock(t, o.View(dark, "base", w, h), w, h)
			}
		}
	}
}

func TestFormGoldens(t *testing.T) {
	t.Parallel()
	for _, size := range []Rect{{W: 30, H: 10}, {W: 60, H: 16}, {W: 80, H: 24}} {
		for _, keys := range []string{"", "down enter x enter"} {
			t.Run(fmt.Sprintf("%dx%d %s", size.W, size.H, keys), func(t *testing.T) {
				t.Parallel()
				var o Overlay
				o.SetSize(size.W, size.H)
				f, _ := parameters()
				o.Open(f, start, false)
				feed(f, strings.Fields(keys)...)
				golden.RequireEqual(t, o.View(mono, "", size.W, size.H)+"\n")
			})
		}
	}
}

// TestInAShortWindowTheLabelInFocusStays: where label and hint do not fit, it is the hint that goes.
func TestInAShortWindowTheLabelInFocusStays(t *testing.T) {
	t.Parallel()
	long := "a hint that takes two lines or three where the window is narrow"
	options := []Option{{"a", "First", long}, {"b", "Second", long}, {"c", "Third", long}}
	f := NewForm(FormSpec{Fields: []Field{Choice{Key: "key", Options: options}}, Bare: true})
	mono := theme.New(theme.Mono, true, false)
	for i, label := range []string{"First", "Second", "Third"} {
		if i > 0 {
			f.Update(tea.KeyPressMsg{Code: tea.KeyDown})
		}
		for _, h := range []int{3, 4, 5, 40, 3} {
			f.SetSize(40, h)
			if v := ansi.Strip(f.View(mono)); !strings.Contains(v, "> "+label) {
				t.Errorf("height %d: %q is not in focus on the screen:\n%s", h, label, v)
			}
		}
		if f.SetSize(40, 40); !strings.Contains(ansi.Strip(f.View(mono)), "a hint") {
			t.Error("the hints do not come back")
		}
	}
}
