package components

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
)

// A dialog that opens by itself takes no keys until input has been quiet for graceQuiet, and at the latest after
// graceMost, so that keys in flight cannot answer what nobody has read.
const (
	graceQuiet = 400 * time.Millisecond
	graceMost  = 1500 * time.Millisecond
)

// Overlay is the stack of open dialogs. The zero Overlay is empty.
type Overlay struct {
	Mark  string // stands before the title of every dialog
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
	d.SetSize(roomFor(d, o.w, o.h))
}

// Changed says that d asks something by itself that it did not ask before, so that keys in flight are not for it.
func (o *Overlay) Changed(d Dialog, now time.Time) {
	if o.Top() == d {
		o.grace = grace{opened: now, lastInput: now}
	}
}

// Clear takes every dialog away.
func (o *Overlay) Clear() { o.stack, o.grace = nil, grace{} }

// Top is the dialog that has the keys, or nil.
func (o *Overlay) Top() Dialog {
	if o.Empty() {
		return nil
	}
	return o.stack[len(o.stack)-1]
}

// Empty says that no dialog is open.
func (o *Overlay) Empty() bool { return len(o.stack) == 0 }

// Holds says that d is open, on top or not.
func (o *Overlay) Holds(d Dialog) bool { return slices.Contains(o.stack, d) }

// SetSize tells every dialog the room that a screen of w×h leaves.
func (o *Overlay) SetSize(w, h int) {
	o.w, o.h = w, h
	for _, d := range o.stack {
		d.SetSize(roomFor(d, w, h))
	}
}

// Update gives input to the top dialog and anything else to the dialog that owns it, or else to the top one.
func (o *Overlay) Update(msg tea.Msg, now time.Time) tea.Cmd {
	i := o.receiver(msg, now)
	if i < 0 {
		return nil
	}
	switch act := o.stack[i].Update(msg).(type) {
	case Close:
		o.stack = slices.Delete(o.stack, i, i+1)
		return act.Cmd
	case Run:
		return act.Cmd
	case Open:
		o.Open(act.Dialog, now, !isInput(msg))
	}
	return nil
}

// receiver is the index of the dialog that gets msg, or -1.
func (o *Overlay) receiver(msg tea.Msg, now time.Time) int {
	top := len(o.stack) - 1
	if isInput(msg) {
		if o.grace.swallows(now) {
			return -1
		}
		return top
	}
	for i, d := range slices.Backward(o.stack) {
		if owner, ok := d.(Owner); ok && owner.Owns(msg) {
			return i
		}
	}
	return top
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
