package views

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
)

// Choice is a context that can be opened.
type Choice struct {
	Where
	Key       string // its name in the configuration
	Addresses []string
}

// Contexts is the list of contexts. It stays until the one that was chosen is open, so that no key meant for the one reaches the
// other.
type Contexts struct {
	choices []Choice
	open    string // the key of the one that is open
	at      int
	opening string // the key of the one that is being opened
	failed  string
	why     string
	choose  func(key string) tea.Cmd
	giveUp  func()
	w, h    int
}

// NewContexts lists the choices with the open one selected. choose makes the command that opens another; giveUp ends that.
func NewContexts(choices []Choice, open string, choose func(string) tea.Cmd, giveUp func()) *Contexts {
	c := &Contexts{choices: choices, open: open, choose: choose, giveUp: giveUp}
	for i, one := range choices {
		if one.Key == open {
			c.at = i
		}
	}
	return c
}

// Failed says why a context is not open; the one before still is.
func (c *Contexts) Failed(key, why string) { c.opening, c.failed, c.why = "", key, why }

// Title is the dialog's.
func (c *Contexts) Title() string { return "Contexts" }

// SetSize takes the room there is.
func (c *Contexts) SetSize(w, h int) { c.w, c.h = min(w, 100), h }

// Busy says that a context is being opened.
func (c *Contexts) Busy() bool { return c.opening != "" }

// Update moves, chooses and leaves.
func (c *Contexts) Update(msg tea.Msg) components.Action {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch name := k.String(); {
	case name == "esc" || name == "ctrl+[" || name == "q":
		if c.opening != "" {
			c.opening = ""
			c.giveUp()
			return nil
		}
		return components.Close{}
	case c.opening != "":
	case name == "up" || name == "k":
		c.at = max(0, c.at-1)
	case name == "down" || name == "j":
		c.at = min(len(c.choices)-1, c.at+1)
	case name == "home":
		c.at = 0
	case name == "end":
		c.at = len(c.choices) - 1
	case name == "enter":
		return c.enter()
	}
	return nil
}

func (c *Contexts) enter() components.Action {
	key := c.choices[c.at].Key
	if key == c.open {
		return components.Close{}
	}
	c.opening, c.failed, c.why = key, "", ""
	return components.Run{Cmd: c.choose(key)}
}

// View draws as many choices as there is room for around the selected one, what came of the last, and the keys.
func (c *Contexts) View(t theme.Theme) string {
	if c.w <= 0 || c.h <= 0 {
		return ""
	}
	below := c.below(t)
	room := max(1, c.h-len(below))
	top := max(0, min(c.at-room/2, len(c.choices)-room))
	var lines []string
	for i := top; i < min(len(c.choices), top+room); i++ {
		lines = append(lines, c.row(t, i))
	}
	return components.Fit(t, joined(append(lines, below...)), c.w, min(c.h, len(lines)+len(below)))
}

func (c *Contexts) below(t theme.Theme) []string {
	keys := "enter open   esc close"
	var out []string
	switch {
	case c.opening != "":
		out, keys = []string{"", t.Text(theme.Strong, "Opening "+c.opening+" …")}, "esc give up"
	case c.why != "":
		out = append([]string{""}, wrapped(t, theme.Bad, c.failed+" is not opened: "+c.why, c.w)...)
		out = append(out, wrapped(t, theme.Plain, c.still(), c.w)...)
	}
	out = append(out, "", t.Text(theme.Muted, keys))
	if over := len(out) - max(2, c.h-1); over > 0 { // at least one choice stays
		out = append(out[:max(0, len(out)-2-over)], out[len(out)-1])
	}
	return out
}

func (c *Contexts) still() string {
	if c.open == "" {
		return "What was open still is."
	}
	return c.open + " is still open."
}

// row is a choice: what it is called, its marks, and where it is.
func (c *Contexts) row(t theme.Theme, i int) string {
	const names = 20
	one := c.choices[i]
	sign, style := "  ", t.Text
	if i == c.at {
		sign, style = "> ", t.Selected
	}
	name := one.Key
	if one.Name != "" && one.Name != one.Key {
		name += " (" + one.Name + ")"
	}
	width := min(max(names, c.w/3), c.w)
	state := ""
	if one.Key == c.open {
		state = "open  "
	}
	text := style(one.tone(), components.Fit(t, sign+name, width, 1)) + " " + one.marks(t) + t.Text(theme.Strong, state)
	return components.Fit(t, text+t.Text(theme.Muted, strings.Join(one.Addresses, ", ")), c.w, 1)
}
