package components

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"warder/theme"
)

// A dialog that opens by itself takes no keys until input has been quiet for graceQuiet, and at the latest after
// graceMost, so that keys in flight cannot answer what nobody has read.
const (
	graceQuiet = 400 * time.Millisecond
	graceMost  = 1500 * time.Millisecond
)

// Overlay is the stack of open dialogs. The zero Overlay is empty.
type Overlay struct {
	stack []Dialog
	w, h  int
	grace grace
}

// grace is the time in which the top dialog takes no keys; the zero grace is over.
type grace struct{ opened, lastInput time.Time }

// Open lays d on top. Unasked is a dialog that no key of the operator called for.
func (o *Overlay) Open(d Dialog, now time.Time, unasked bool) {
	o.stack = append(o.stack, d)
	o.grace = grace{}
	if unasked {
		o.grace = grace{opened: now, lastInput: now}
	}
	d.SetSize(room(o.w, o.h))
}

// Top is the dialog that has the keys, or nil.
func (o *Overlay) Top() Dialog {
	if o.Empty() {
		return nil
	}
	return o.stack[len(o.stack)-1]
}

// Empty says that no dialog is open.
func (o *Overlay) Empty() bool { return len(o.stack) == 0 }

// SetSize tells every dialog the room that a screen of w×h leaves.
func (o *Overlay) SetSize(w, h int) {
	o.w, o.h = w, h
	for _, d := range o.stack {
		d.SetSize(room(w, h))
	}
}

// Update gives input to the top dialog and anything else to the dialog that owns it, or else to the top one.
func (o *Overlay) Update(msg tea.Msg, now time.Time) tea.Cmd {
	d := o.receiver(msg, now)
	if d == nil {
		return nil
	}
	switch act := d.Update(msg).(type) {
	case Close:
		o.stack = slices.DeleteFunc(o.stack, func(other Dialog) bool { return other == d })
		return act.Cmd
	case Run:
		return act.Cmd
	case Open:
		o.Open(act.Dialog, now, !isInput(msg))
	}
	return nil
}

func (o *Overlay) receiver(msg tea.Msg, now time.Time) Dialog {
	if isInput(msg) {
		if o.grace.swallows(now) {
			return nil
		}
		return o.Top()
	}
	for _, d := range slices.Backward(o.stack) {
		if owner, ok := d.(Owner); ok && owner.Owns(msg) {
			return d
		}
	}
	return o.Top()
}

func isInput(msg tea.Msg) bool {
	switch msg.(type) {
	case tea.KeyMsg, tea.PasteMsg, tea.PasteStartMsg, tea.PasteEndMsg, tea.MouseMsg:
		return true
	}
	return false
}

// swallows says whether input at now still belongs to what lay there before, and once it does not, never again.
func (g *grace) swallows(now time.Time) bool {
	if g.opened.IsZero() || now.Sub(g.opened) >= graceMost || now.Sub(g.lastInput) >= graceQuiet {
		*g = grace{}
		return false
	}
	g.lastInput = now
	return true
}

// Around a dialog's content there is a border and a column of air, and around that, where there is room, the base.
const (
	frameW, frameH   = 4, 2
	marginW, marginH = 4, 2
	roomyW, roomyH   = 60, 16
)

// room is what a screen of w×h leaves for a dialog's content.
func room(w, h int) (int, int) {
	if w >= roomyW {
		w -= marginW
	}
	if h >= roomyH {
		h -= marginH
	}
	return max(0, w-frameW), max(0, h-frameH)
}

// View draws the top dialog in the middle of base, which is dimmed, as exactly w×h cells.
func (o *Overlay) View(t theme.Theme, base string, w, h int) string {
	top := o.Top()
	if top == nil || w <= 0 || h <= 0 {
		return Fit(t, base, w, h)
	}
	title, content := top.Title(), strings.TrimSuffix(top.View(t), "\n")
	roomW, roomH := room(w, h)
	inW := min(roomW, max(blockWidth(content), ansi.StringWidth(bare(title))+frameW))
	inH := min(roomH, strings.Count(content, "\n")+1)
	box := Rect{W: min(w, inW+frameW), H: min(h, inH+frameH)}
	box.X, box.Y = (w-box.W)/2, (h-box.H)/2
	frame := Frame{Title: title, Focused: true}.Render(t, box.W, box.H, indent(Fit(t, content, inW, inH)))
	return place(t, base, frame, w, h, box)
}

func blockWidth(s string) int {
	width := 0
	for line := range strings.SplitSeq(s, "\n") {
		width = max(width, ansi.StringWidth(clean(line)))
	}
	return width
}

func indent(s string) string { return " " + strings.ReplaceAll(s, "\n", "\n ") }

// place lays block over a dimmed base of w×h cells. A wide character that the edge cuts in two becomes a space.
func place(t theme.Theme, base, block string, w, h int, at Rect) string {
	lines := strings.Split(Fit(t, ansi.Strip(base), w, h), "\n")
	over := strings.Split(block, "\n")
	for y, line := range lines {
		if y < at.Y || y >= at.Y+at.H {
			lines[y] = t.Text(theme.Muted, line)
			continue
		}
		left := align(ansi.Truncate(line, at.X, ""), at.X, false)
		right := align(ansi.TruncateLeft(line, at.X+at.W, ""), w-at.X-at.W, true)
		lines[y] = t.Text(theme.Muted, left) + over[y-at.Y] + t.Text(theme.Muted, right)
	}
	return strings.Join(lines, "\n")
}
