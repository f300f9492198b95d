package ui_test

import (
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
)

func TestLeasesBelowAPrefixAreCountedAndRevoked(t *testing.T) {
	for _, p := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		t.Run(p.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: "healthy", Product: p}, 80, 24)
				c.wait(12 * time.Second)
				c.onCluster()
				c.press("down", "down", "down", "enter")
				c.see("The prefix")
				c.press("database", "enter")
				c.see("a mount and something below it")
				c.press("/creds/app/", "enter")
				c.wait(2 * time.Second)
				c.see("database/creds/app", "2 leases", "lease revoke -prefix")
				c.miss("our token")
				c.fits(80, 24)
				c.press("revoke leases", "enter")
				c.wait(5 * time.Second)
				c.see("Done, and read back.", "none")
			})
		})
	}
}

func TestWhoRevokesHisOwnTokenWithOthersIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "many-names"}, 80, 24)
		c.wait(12 * time.Second)
		c.onCluster()
		c.press("down", "down", "down", "enter", "auth/token", "enter")
		c.wait(2 * time.Second)
		c.see("There is no lease below it", "It may be among them")
		c.press("enter")
		c.onCluster()
		c.press("down", "down", "down", "enter", "database/creds", "enter")
		c.wait(2 * time.Second)
		c.see("more than 10")
		c.press("esc", "esc")
	})
}

func TestWhoMayNotRevokeIsToldOnceThePrefixIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cluster, err := demo.New(demo.Options{Scenario: "healthy"})
		if err != nil {
			t.Fatal(err)
		}
		cluster.ListenPipe()
		c := openWith(t, cluster, settingsOf(t, cluster, limitedToken(t, cluster)), 80, 24)
		c.wait(12 * time.Second)
		c.onCluster()
		c.press("down", "down", "down", "enter", "database/creds/app", "enter")
		c.wait(2 * time.Second)
		c.see("do not give update and sudo on", "database/creds/app", "Nothing was changed")
	})
}
