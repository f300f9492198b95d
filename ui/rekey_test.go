package ui_test

import (
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
)

var (
	grouped = regexp.MustCompile(`(?m)^┃ ((?:[A-Za-z0-9+/=]{4} ){10}[A-Za-z0-9+/=]{4}) +┃$`)
	places  = regexp.MustCompile(`places ([0-9, ]+)[.]`)
	number  = regexp.MustCompile(`[0-9]+`)
)

// handOut takes one new share as a custodian does: name, look, hide, type some characters back.
func (c *console) handOut(name string) string {
	c.t.Helper()
	c.press(name)
	c.fits(80, 24)
	c.press("enter")
	c.fits(80, 24)
	c.see("Hidden. When nobody but " + name)
	c.press(" ")
	c.fits(80, 24)
	m := grouped.FindStringSubmatch(c.screen())
	if m == nil {
		c.t.Fatalf("no share is on the screen:\n%s", c.screen())
	}
	share := strings.ReplaceAll(m[1], " ", "")
	c.press(" ", " ") // a key that is held down does not hide it
	c.see(m[1])
	c.press("enter")
	c.miss(m[1])
	asked := places.FindStringSubmatch(strings.Join(strings.Fields(strings.ReplaceAll(c.screen(), "┃", " ")), " "))
	if asked == nil {
		c.t.Fatalf("nothing is asked back:\n%s", c.screen())
	}
	var back strings.Builder
	for _, n := range number.FindAllString(asked[1], -1) {
		at := 0
		for _, d := range n {
			at = at*10 + int(d-'0')
		}
		back.WriteByte(share[at-1])
	}
	c.press(back.String())
	c.fits(80, 24)
	c.press("enter")
	return share
}

// TestRekeyFromTheFirstOldShareToTheLastNewOneProved is the whole ceremony at one console, on every product.
func TestRekeyFromTheFirstOldShareToTheLastNewOneProved(t *testing.T) {
	for _, product := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		t.Run(product.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: "healthy", Product: product, TLS: true}, 80, 24)
				c.wait(3 * time.Second)
				c.press("R", "enter", "yes", "enter")
				c.wait(2 * time.Second)
				c.see("How many shares")
				c.press("enter", "enter")
				c.see("Any 3 of 5")
				c.press("enter")
				c.see("How are the new shares handed out?")
				c.press("enter")
				c.see("Ready to begin")
				c.press("enter")
				c.wait(2 * time.Second)
				for _, i := range []int{4, 0, 2} {
					c.see("Give an old share")
					c.give(c.share(i, base))
				}
				names := []string{"ann", "bob", "cyd", "dan", "eve"}
				var shares []string
				for _, n := range names {
					shares = append(shares, c.handOut(n))
				}
				c.see("In force are the old shares")
				c.press("all shares are written down", "enter")
				c.wait(2 * time.Second)
				for _, s := range shares[:3] {
					c.see("In force are the old shares")
					c.give(s)
				}
				c.see("Prove a share that is left over: 4 of 5", "dan and eve")
				c.give(shares[0])
				c.see("Not proved yet: dan and eve")
				c.give(shares[4])
				c.give(shares[3])
				c.see("The rekey is complete", "All 5 new shares were proved.", "any 3 of 5 shares")
				for _, s := range shares {
					c.miss(s)
				}
			})
		})
	}
}
