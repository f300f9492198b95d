package views

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
)

// Need is the table, what stands below it, and the key stores.
func (s *Seal) Need() int { return s.upperNeed() + s.stores.need() }

func (s *Seal) upperNeed() int {
	if lines, ok := s.trouble(); !ok {
		return len(s.wrapped(lines))
	}
	return s.grid.Need() + len(s.foot())
}

// View draws the table with its foot, or says why there is none, and the key stores below that.
func (s *Seal) View(focused bool) string {
	below := s.stores.need()
	if below == 0 {
		return s.upper(focused, s.h)
	}
	// Where the room is short the foot goes first; then both tables scroll, each in its part.
	least := 1 + len(s.backends)
	if s.h < s.upperNeed()+below {
		below = min(below, max(s.h-least, s.h/2))
	}
	up := min(s.upperNeed(), s.h-below)
	s.stores.table.SetSize(s.w, below)
	lines := []string{s.upper(focused && !s.among(), up), s.stores.table.View(s.p.Theme, focused && s.among())}
	return components.Fit(s.p.Theme, strings.Join(lines, "\n"), s.w, s.h)
}

// upper is the part of the backends.
func (s *Seal) upper(focused bool, h int) string {
	if lines, ok := s.trouble(); !ok {
		return components.Fit(s.p.Theme, " "+strings.Join(s.wrapped(lines), "\n "), s.w, h)
	}
	foot := s.foot()
	least := 3
	if s.stores.need() > 0 {
		least = 1 + len(s.backends)
	}
	if len(foot) > h-least {
		foot = nil
	}
	s.table.SetSize(s.w, h-len(foot))
	view := s.grid.View(focused)
	for _, f := range foot {
		view += "\n" + s.p.Theme.Text(theme.Muted, components.Fit(s.p.Theme, " "+f, s.w, 1))
	}
	return view
}

// among says that the selection is among the key stores: it went there, or there is nothing else to select.
func (s *Seal) among() bool {
	shown, _ := s.table.Shown()
	return s.stores.shown() && (s.below || shown == 0)
}

// Key moves the selection, which goes on from the one table into the other.
func (s *Seal) Key(k tea.KeyPressMsg) bool {
	if !s.stores.shown() {
		return s.grid.Key(k)
	}
	home, end := tea.KeyPressMsg{Code: tea.KeyHome}, tea.KeyPressMsg{Code: tea.KeyEnd}
	shown, _ := s.table.Shown()
	switch k.String() {
	case "down", "j", "pgdown":
		switch {
		case s.among():
			s.stores.table.Key(k)
		case !moves(s.table, k):
			s.below = true
			s.stores.table.Key(home)
		}
	case "up", "k", "pgup":
		switch {
		case !s.among():
			s.table.Key(k)
		case !moves(s.stores.table, k) && shown > 0:
			s.below = false
			s.table.Key(end)
		}
	case "home":
		s.below = false
		s.table.Key(home)
		s.stores.table.Key(home)
	case "end":
		s.below = true
		s.stores.table.Key(end)
	default:
		return false
	}
	s.moved = true
	return true
}

// Filter narrows the rows of both tables.
func (s *Seal) Filter(text string) string {
	said := s.grid.Filter(text)
	s.stores.table.Filter(text)
	if s.stores.need() == 0 || text == "" {
		return said
	}
	above, all := s.table.Shown()
	below, more := s.stores.table.Shown()
	return fmt.Sprintf("%d of %d", above+below, all+more)
}

// Detail tells the backend node by node, or all of the key store.
func (s *Seal) Detail() (Detail, bool) {
	if s.among() {
		return s.stores.detail()
	}
	name, ok := s.table.Selected()
	if !ok {
		return Detail{}, false
	}
	return backendDetail(s.p, name), true
}
