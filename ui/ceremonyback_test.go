package ui_test

import (
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/demo"
)

// TestATokenWhoseFileCannotBeWrittenCanStillBeShown: without a way back it would be lost by leaving.
func TestATokenWhoseFileCannotBeWrittenCanStillBeShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		back := tea.KeyPressMsg{Code: 'o', Mod: tea.ModCtrl}
		c := open(t, demo.Options{Scenario: "healthy", TLS: true}, 80, 24)
		c.wait(3 * time.Second)
		c.press("g", "enter", "yes", "enter")
		c.wait(2 * time.Second)
		c.press("down", "enter")
		c.see("The PGP key", "ctrl+o back")
		c.send(back)
		c.see("How is the token hidden?")
		c.miss("ctrl+o")
		c.press("enter")
		c.wait(2 * time.Second)
		for i := range 3 {
			c.give(c.share(i, base))
		}
		c.press("down", "enter", "/no/such/place/", "enter")
		c.wait(time.Second)
		c.see("no such file or directory")
		c.send(back)
		c.see("The token is here")
		c.press("enter", " ")
		c.see("hvs.")
	})
}
