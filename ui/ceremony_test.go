package ui_test

import (
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/demo"
)

// share is one of the cluster's shares as text; as is how.
func (c *console) share(i int, as func([]byte) string) (text string) {
	c.cluster.Shares()[i].Use(func(b []byte) { text = as(b) })
	return text
}

// give types a share and submits it.
func (c *console) give(text string) {
	c.t.Helper()
	c.press(text)
	c.fits(80, 24)
	c.press("enter")
	c.wait(2 * time.Second)
}

func base(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// TestThreeSharesTypedOnceUnsealThreeNodes is the whole ceremony: every share goes to each node, and no share twice.
func TestThreeSharesTypedOnceUnsealThreeNodes(t *testing.T) {
	for _, product := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		t.Run(product.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: "sealed", Product: product, TLS: true}, 80, 24)
				c.wait(3 * time.Second)
				c.press("u", "enter")
				c.see("To whom shares are sent", "demo:8200")
				c.press("yes", "enter")
				c.see("Give a share")
				c.give(c.share(0, base))
				c.see("1 of 3")
				c.give(c.share(0, base))
				c.see("Not sent")
				c.give(c.share(3, hex.EncodeToString))
				c.see("2 of 3", "completes the set")
				c.give(c.share(1, base))
				c.wait(20 * time.Second)
				c.see("unsealed")
				c.press("esc")
				c.wait(40 * time.Second)
				c.see("HEALTHY", "3 nodes of 3 serving")
			})
		})
	}
}

func TestAShareInTheSameReadAsTheEnterBeforeItIsWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "sealed", TLS: true}, 80, 24)
		c.wait(3 * time.Second)
		c.press("u", "enter")
		for _, r := range "yes\r" + c.share(0, base) + "\r" { // nothing else happens in between
			k := tea.KeyPressMsg{Code: r, Text: string(r)}
			if r == '\r' {
				k = tea.KeyPressMsg{Code: tea.KeyEnter}
			}
			c.deliver(k)
		}
		c.wait(2 * time.Second)
		c.see("1 of 3")
	})
}

func TestAPastedShareIsTakenInTheDressOfTheCommandLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "one-sealed", TLS: true}, 80, 24)
		c.wait(3 * time.Second)
		c.press("u", "enter", "yes", "enter")
		c.send(tea.PasteMsg{Content: "Unseal Key 2: " + c.share(1, base) + "\n"})
		c.press("enter")
		c.wait(2 * time.Second)
		c.see("1 of 3")
	})
}

func TestAWrongShareAtTheThresholdIsToldAndNothingIsLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "one-sealed", TLS: true}, 80, 24)
		c.wait(3 * time.Second)
		c.press("u", "enter", "yes", "enter")
		c.give(c.share(0, base))
		c.give(c.share(1, base))
		wrong := c.share(2, func(b []byte) string {
			bad := append([]byte(nil), b...)
			bad[4] ^= 0x55
			return base(bad)
		})
		c.give(wrong)
		c.see("0 of 3", "together they do not open it", "Given here:")
		for i := range 3 {
			c.give(c.share(i, base))
		}
		c.wait(20 * time.Second)
		c.see("unsealed")
	})
}

func TestWhatCannotBeAShareIsRefusedWithoutBeingQuoted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "one-sealed", TLS: true}, 80, 24)
		c.wait(3 * time.Second)
		c.press("u", "enter", "yes", "enter")
		short := c.share(0, hex.EncodeToString)[:60]
		c.give(short)
		c.see("Type it again")
		c.miss(short[:12])
		c.see("0 of 3")
	})
}

// TestTheRootTokenIsShownOnlyBetweenTwoDeliberateKeys: before, after and while the screen is blank it is not there.
func TestTheRootTokenIsShownOnlyBetweenTwoDeliberateKeys(t *testing.T) {
	for _, product := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		t.Run(product.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: "healthy", Product: product, TLS: true}, 80, 24)
				c.wait(3 * time.Second)
				c.press("g", "enter", "yes", "enter")
				c.wait(2 * time.Second)
				c.see("How is the token hidden?")
				c.press("enter")
				c.wait(2 * time.Second)
				for i := range 3 {
					c.give(c.share(i, base))
				}
				c.see("The token is here")
				c.press("enter")
				c.see("Hidden.")
				c.press(" ")
				token := regexp.MustCompile(`(hvs\. |s\.\w\w )\w{4} \w{4}`).FindString(c.screen())
				if token == "" {
					t.Fatalf("no token is on the screen:\n%s", c.screen())
				}
				c.wait(61 * time.Second)
				c.see("Blank. Press any key.")
				c.miss(token)
				c.press("x")
				c.see("Hidden.") // whoever comes by sees nothing
				c.miss(token)
				c.wait(time.Second)
				c.press(" ")
				c.see(token)
				c.press("enter")
				c.miss(token)
				c.see("A root token exists")
				c.press("1", "enter")
				c.wait(2 * time.Second)
				c.see("The root token is revoked")
				c.press("esc")
				c.wait(2 * time.Second)
				c.see("HEALTHY")
			})
		})
	}
}

// TestARootTokenLeftAliveIsAFindingUntilItIsGone: the console forgets the token, not that it is there.
func TestARootTokenLeftAliveIsAFindingUntilItIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy", TLS: true}, 120, 36)
		c.wait(3 * time.Second)
		c.press("g", "enter", "yes", "enter")
		c.wait(2 * time.Second)
		c.press("enter")
		c.wait(2 * time.Second)
		for i := range 3 {
			c.give(c.share(i, base))
		}
		c.press("enter", " ", "enter")
		c.see("A root token exists")
		c.press("2", "enter", "esc")
		c.wait(3 * time.Second)
		c.see("A root token that was made here", "token revoke -accessor")
		c.wait(3 * time.Minute)
		c.see("3 min ago still lives")
	})
}

func TestCtrlCInACeremonyAsksFirstAndThenQuits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "sealed", TLS: true}, 80, 24)
		c.wait(3 * time.Second)
		c.press("u", "enter", "yes", "enter")
		c.give(c.share(0, base))
		c.press("ctrl+c")
		c.see("Leave this ceremony?", "If you leave", "Leaving changes nothing on")
		if c.ended {
			t.Error("the first ctrl+c ended the program")
		}
		c.press("ctrl+c")
		if !c.ended {
			t.Error("the second ctrl+c did not")
		}
	})
}

func TestACeremonyStaysWithinEveryWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "sealed", TLS: true}, 80, 24)
		c.wait(3 * time.Second)
		for _, keys := range [][]string{{"u"}, {"enter"}, {"yes", "enter"}, {"tab"}, {"tab"}, {"esc"}} {
			c.press(keys...)
			for w := 1; w <= 130; w += 9 {
				for h := 1; h <= 40; h += 3 {
					c.send(tea.WindowSizeMsg{Width: w, Height: h})
					exact(t, c.app.View().Content, w, h, strings.Join(keys, " "))
				}
			}
			c.send(tea.WindowSizeMsg{Width: 80, Height: 24})
		}
	})
}
