package ui_test

import (
	"regexp"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
)

// rootShown is a root token as it stands on the screen.
var rootShown = regexp.MustCompile(`(hvs|s)\.[A-Za-z0-9 ]+`)

// TestInitialiseFromNoKeysToThreeVoters is the whole beginning of a cluster at one console, on every product.
func TestInitialiseFromNoKeysToThreeVoters(t *testing.T) {
	for _, product := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		t.Run(product.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: "uninitialised", Product: product, TLS: true}, 80, 24)
				c.wait(3 * time.Second)
				c.see(" I initialise", "To do: initialise it if it is to be a new cluster")
				c.press("I")
				c.see("Initialise", "works once")
				c.press("enter")
				c.see("At which node?")
				c.press("enter")
				c.see("Where the keys are made")
				c.press("yes", "enter")
				c.wait(2 * time.Second)
				c.see("How many shares")
				c.fits(80, 24)
				c.press("enter", "enter")
				c.see("Any 3 of 5", "You can lose 2 shares")
				c.press("enter")
				c.see("How are the shares handed out?")
				c.press("enter")
				c.see("The root token")
				c.press("enter")
				c.see("Ready to begin")
				c.press("enter")
				c.see("A dropped line loses the keys", "tmux")
				c.press("a dropped line loses the keys", "enter")
				c.wait(3 * time.Second)
				c.see("Who gets share 1 of 5?")
				c.press("esc")
				c.see("Leave, and lose what is here only?", "5 shares that nobody has yet and the root token")
				c.fits(80, 24)
				c.press("enter")
				c.see("type lose it, or press esc")
				c.press("esc")
				var shares []string
				for _, name := range []string{"ann", "bob", "cyd", "dan", "eve"} {
					shares = append(shares, c.handOut(name))
				}
				c.see("All shares are handed out")
				c.press("all shares are written down", "enter")
				c.see("The root token is here")
				c.fits(80, 24)
				c.press("enter")
				c.see("Hidden.")
				c.press(" ")
				if !rootShown.MatchString(c.screen()) {
					t.Errorf("no root token is on the screen:\n%s", c.screen())
				}
				c.press("enter")
				c.see("The nodes of the new cluster", "until 3 custodians", "Unseal")
				c.fits(80, 24)
				c.press("enter", "enter")
				c.wait(2 * time.Second)
				c.give(shares[2])
				c.give(shares[0])
				c.give(shares[4])
				c.wait(4 * time.Second)
				c.see("Unsealed", "enter to the nodes")
				c.press("enter")
				c.wait(8 * time.Second)
				c.see("The nodes of the new cluster", "active.")
				c.see("> Unseal")
				c.press("enter", "enter", "yes", "enter")
				c.wait(2 * time.Second)
				c.give(shares[1])
				c.give(shares[0])
				c.give(shares[3])
				c.wait(15 * time.Second)
				c.press("enter")
				c.wait(15 * time.Second)
				c.see("> Check that all are in")
				c.press("enter")
				c.wait(2 * time.Second)
				c.see("All 3 nodes are in, and all vote.")
				c.fits(80, 24)
			})
		})
	}
}

func TestAClusterWithKeysIsNotInitialised(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.wait(3 * time.Second)
		c.miss(" I initialise")
		c.press("I")
		c.see("Nothing to initialise")
	})
}
