package ui_test

import (
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
)

func (c *console) onCluster() {
	c.t.Helper()
	c.press("X")
	c.wait(2 * time.Second)
	c.see("Act on the cluster")
}

func TestAutopilotIsSetAndReadBack(t *testing.T) {
	for _, p := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		t.Run(p.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: "healthy", Product: p}, 80, 24)
				c.wait(12 * time.Second)
				c.onCluster()
				c.press("down", "enter")
				c.see("Unhealthy without contact for")
				for range 3 {
					c.press("backspace")
				}
				c.press("20s", "enter", "enter", "enter", "enter", "enter", "enter")
				c.see("20s, before it was 10s", "autopilot set-config")
				c.fits(80, 24)
				c.press("y")
				c.wait(5 * time.Second)
				c.see("Done, and read back.", "20s, before it was 10s")
			})
		})
	}
}

func TestAutopilotIsNotToldWhatTheServersWouldRefuse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.wait(12 * time.Second)
		c.onCluster()
		c.press("down", "enter", "enter", "enter", "enter", "down", "enter", "enter", "enter")
		c.see("at least 3 have to be", "nothing would be sent")
		c.press("y")
		c.wait(5 * time.Second)
		c.see("Nothing was changed.")
	})
}

func TestOurTokenIsRevokedAfterItWasTypedAndTheConsoleGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.wait(12 * time.Second)
		c.onCluster()
		c.see("Renew our token: not here and now. It does not expire")
		c.press("down", "down", "enter")
		c.see("It is void at once", "token revoke -self")
		c.press("revoke our token", "enter")
		c.wait(5 * time.Second)
		c.see("Done, and read back.", "does not know it any more")
		c.press("enter")
		c.wait(70 * time.Second)
		c.see("3 nodes of 3 serving")
	})
}

func TestOurTokenIsRenewedAndItsTimeToLiveIsReadBack(t *testing.T) {
	for _, p := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		t.Run(p.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cluster, err := demo.New(demo.Options{Scenario: "healthy", Product: p})
				if err != nil {
					t.Fatal(err)
				}
				cluster.ListenPipe()
				c := openWith(t, cluster, settingsOf(t, cluster, limitedToken(t, cluster)), 80, 24)
				c.wait(12 * time.Second)
				c.onCluster()
				c.see("Set autopilot: not here and now")
				c.press("down", "enter")
				c.see("767h59m", "token renew")
				c.press("y")
				c.wait(5 * time.Second)
				c.see("Done, and read back.", "before", "768h0m0s")
			})
		})
	}
}
