package views

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// quiet is how long nothing has to come after the key that lit the screen, until a key counts again: a terminal without
// bracketed paste sends a paste as keys, and the first of them lights the screen.
const quiet = 400 * time.Millisecond

// Tick blanks the screen when nobody has touched a key for a while. What was revealed is hidden then, and not used up: the key
// that lights the screen again may be pressed by whoever comes by.
func (z *Wizard) Tick() {
	if z.blank || z.idle == 0 || z.now().Sub(z.lastKey) < z.idle {
		return
	}
	z.blank = true
	if r, ok := z.screen.(*reveal); ok {
		r.open = false
	}
}

// wakes takes what lights a blank screen, and all that comes in one go with it: nobody saw what it would answer.
func (z *Wizard) wakes(msg tea.Msg) bool {
	z.dropped = false
	_, paste := msg.(tea.PasteMsg)
	switch now := z.now(); {
	case z.blank:
		z.blank, z.woken, z.dropped = false, now, paste
	case z.woken.IsZero():
		return false
	case now.Sub(z.woken) < quiet:
		z.woken = now
		z.astray = "what came with the key that lit the screen"
	default:
		z.woken = time.Time{}
		return false
	}
	return true
}

// strays takes text that is for no choice on the screen, and all after it until ctrl+u: the enter at its end would choose.
func (z *Wizard) strays(msg tea.Msg) bool {
	var takes func(string) bool
	if c, ok := z.screen.(chooser); ok {
		takes = c.takes
	}
	if z.leave != nil {
		takes = z.leave.form.Takes
	}
	k, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
		z.dropped = takes != nil && !takes("\x00")
		return z.dropped || z.astray != ""
	case z.astray != "":
		if k.String() == "ctrl+u" {
			z.astray = ""
			return true
		}
		return !commands[k.String()]
	case k.Text != "" && takes != nil && !takes(k.Text):
		z.astray = "text that is no answer here"
		return true
	}
	return false
}

// commands are keys that no text holds; they go on working while text is dropped.
var commands = map[string]bool{"esc": true, "ctrl+[": true, "ctrl+x": true, "ctrl+n": true, "ctrl+o": true, "pgup": true, "pgdown": true}
