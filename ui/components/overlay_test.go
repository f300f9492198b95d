package components

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"warder/theme"
)

// spy is a dialog that writes down what it was given and answers with what it was told to.
type spy struct {
	content string
	got     []tea.Msg
	answer  Action
	owns    tea.Msg
	w, h    int
}

func (s *spy) Title() string             { return "Spy" }
func (s *spy) SetSize(w, h int)          { s.w, s.h = w, h }
func (s *spy) View(theme.Theme) string   { return s.content }
func (s *spy) Busy() bool                { return false }
func (s *spy) Owns(msg tea.Msg) bool     { return s.owns != nil && s.owns == msg }
func (s *spy) Update(msg tea.Msg) Action { s.got = append(s.got, msg); return s.answer }

var start = time.Date(2026, 11, 1, 3, 0, 0, 0, time.UTC)

func after(ms int) time.Time { return start.Add(time.Duration(ms) * time.Millisecond) }

func TestOverlayGivesKeysToTheTopOnly(t *testing.T) {
	t.Parallel()
	var o Overlay
	lower, upper := &spy{}, &spy{}
	o.Open(lower, start, false)
	o.Open(upper, start, false)
	o.Update(press("x"), start)
	o.Update(tea.PasteMsg{Content: "p"}, start)
	if len(upper.got) != 2 || len(lower.got) != 0 {
		t.Errorf("the upper got %d messages and the lower %d, want 2 and 0", len(upper.got), len(lower.got))
	}
}

func TestOverlayGivesResultsToTheirOwner(t *testing.T) {
	t.Parallel()
	type result struct{}
	var o Overlay
	lower, upper := &spy{owns: result{}}, &spy{}
	o.Open(lower, start, false)
	o.Open(upper, start, false)
	o.Update(result{}, start)
	if len(lower.got) != 1 || len(upper.got) != 0 {
		t.Errorf("the owner got %d messages and the top %d, want 1 and 0", len(lower.got), len(upper.got))
	}
	lower.answer = Close{}
	o.Update(result{}, start)
	if o.Top() != Dialog(upper) {
		t.Error("closing the lower dialog took the upper one away")
	}
}

func TestOverlayInterpretsActions(t *testing.T) {
	t.Parallel()
	ran := func() tea.Msg { return "ran" }
	for _, c := range []struct {
		name   string
		action Action
		stack  int
		cmd    bool
	}{
		{"nothing", nil, 1, false},
		{"run", Run{ran}, 1, true},
		{"close", Close{}, 0, false},
		{"close and run", Close{ran}, 0, true},
		{"open", Open{&spy{}}, 2, false},
	} {
		var o Overlay
		o.Open(&spy{answer: c.action}, start, false)
		cmd := o.Update(press("x"), start)
		if len(o.stack) != c.stack || (cmd != nil) != c.cmd || o.Empty() != (c.stack == 0) {
			t.Errorf("%s: %d dialogs, command %v; want %d, %v", c.name, len(o.stack), cmd != nil, c.stack, c.cmd)
		}
	}
}

func TestEmptyOverlayTakesNothing(t *testing.T) {
	t.Parallel()
	var o Overlay
	if o.Update(press("x"), start) != nil || o.Top() != nil || !o.Empty() {
		t.Error("an empty overlay did something")
	}
}

func TestUnaskedDialogTakesNoKeysInFlight(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		keys    []int // milliseconds after opening
		arrived int
	}{
		{"a key at once", []int{10}, 0},
		{"a key after quiet", []int{400}, 1},
		{"typing goes on", []int{100, 300, 600, 900, 1200, 1499}, 0},
		{"typing goes on for too long", []int{100, 300, 600, 900, 1200, 1499, 1500, 1510}, 2},
		{"typing, quiet, an answer", []int{100, 300, 700}, 1},
		{"after quiet every key counts", []int{500, 510, 520}, 3},
	} {
		var o Overlay
		d := &spy{}
		o.Open(d, start, true)
		for _, ms := range c.keys {
			o.Update(press("enter"), after(ms))
		}
		if len(d.got) != c.arrived {
			t.Errorf("%s: %d keys arrived, want %d", c.name, len(d.got), c.arrived)
		}
	}
}

func TestGraceIsForKeysOnlyAndForUnaskedDialogsOnly(t *testing.T) {
	t.Parallel()
	var o Overlay
	d := &spy{}
	o.Open(d, start, true)
	o.Update(tea.PasteMsg{Content: "share"}, after(10))
	if len(d.got) != 0 {
		t.Error("a paste in flight reached the dialog")
	}
	o.Update("a result", after(20))
	if len(d.got) != 1 {
		t.Error("a result was held back")
	}
	asked := &spy{}
	o.Open(asked, after(30), false)
	o.Update(press("y"), after(31))
	if len(asked.got) != 1 {
		t.Error("the dialog that was asked for did not get the key")
	}
}

func TestDialogThatAResultOpensIsUnasked(t *testing.T) {
	t.Parallel()
	var o Overlay
	opened := &spy{}
	o.Open(&spy{answer: Open{opened}}, start, false)
	o.Update("a result", start)
	o.Update(press("y"), after(1))
	if len(opened.got) != 0 {
		t.Error("a key in flight reached a dialog that nobody asked for")
	}
}

func TestOverlayIsExactAtEverySize(t *testing.T) {
	t.Parallel()
	for _, d := range []Dialog{
		&spy{content: awkward},
		&spy{},
		NewConfirm("封印", awkward, "Yes", "No", nil),
		NewTypedConfirm("Remove peer", "A line.", "vault-3", nil),
	} {
		var o Overlay
		o.Open(d, start, false)
		for w := range upTo(130) {
			for h := range upTo(40) {
				o.SetSize(w, h)
				checkBlock(t, o.View(dark, awkward, w, h), w, h)
			}
		}
	}
}

func TestOverlayDrawsADialogThatIgnoresItsRoom(t *testing.T) {
	t.Parallel()
	var o Overlay
	o.SetSize(40, 10)
	o.Open(&spy{content: strings.Repeat(strings.Repeat("wide ", 50)+"\n", 50)}, start, false)
	checkBlock(t, o.View(mono, awkward, 40, 10), 40, 10)
	checkBlock(t, o.View(mono, awkward, 20, 5), 20, 5)
}

func TestDialogsLearnTheirRoom(t *testing.T) {
	t.Parallel()
	var o Overlay
	early, late := &spy{}, &spy{}
	o.Open(early, start, false)
	o.SetSize(80, 24)
	o.Open(late, start, false)
	if early.w != 72 || early.h != 20 || late.w != early.w || late.h != early.h {
		t.Errorf("rooms are %d×%d and %d×%d, want 72×20", early.w, early.h, late.w, late.h)
	}
}

func TestOverlayGoldens(t *testing.T) {
	t.Parallel()
	for _, size := range []Rect{{W: 60, H: 16}, {W: 80, H: 24}, {W: 30, H: 8}} {
		t.Run(fmt.Sprintf("%dx%d", size.W, size.H), func(t *testing.T) {
			t.Parallel()
			var o Overlay
			o.SetSize(size.W, size.H)
			base := strings.Repeat(strings.Repeat("封印 ", size.W/5+1)+"\n", size.H)
			o.Open(NewConfirm("Start rewrap", "Every seal-wrapped entry is written again. This loads the storage.",
				"Start rewrap", "Not now", nil), start, false)
			golden.RequireEqual(t, o.View(mono, base, size.W, size.H)+"\n")
		})
	}
}

func TestBaseIsDimmedAroundTheDialog(t *testing.T) {
	t.Parallel()
	var o Overlay
	o.SetSize(40, 9)
	o.Open(&spy{content: "content"}, start, false)
	view := o.View(dark, dark.Text(theme.Bad, strings.Repeat("b", 40)), 40, 9)
	first := strings.Split(view, "\n")[0]
	if first != dark.Text(theme.Muted, strings.Repeat("b", 40)) {
		t.Errorf("the base is not dimmed: %q", first)
	}
	if !strings.Contains(ansi.Strip(view), "content") {
		t.Errorf("the dialog is not there:\n%s", view)
	}
}
