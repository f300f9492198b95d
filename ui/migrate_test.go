package ui_test

import (
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
)

// nodeOpens gives three shares to the node that waits.
func (c *console) nodeOpens(name string) {
	c.t.Helper()
	c.see("Next: shares for " + name)
	c.fits(80, 24)
	c.press("enter")
	c.wait(time.Second)
	c.press("yes", "enter")
	c.wait(time.Second)
	c.see("Give a share")
	for i := range 3 {
		c.give(c.share(i, base))
	}
}

func TestSealMigrationIsLedFromNodeToNode(t *testing.T) {
	for _, x := range []struct {
		scenario, way, wants string
		product              demo.Product
	}{
		{"migrate-to-auto", "Shamir → awskms", "unseal shares in force", demo.Vault},
		{"migrate-to-shamir", "awskms → Shamir", "recovery shares in force", demo.OpenBao},
	} {
		t.Run(x.scenario, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: x.scenario, Product: x.product, TLS: true}, 80, 24)
				c.wait(3 * time.Second)
				nodes := c.cluster.Nodes()
				c.press("M")
				c.see("Seal migration: "+x.way, x.wants)
				c.fits(80, 24)
				c.press("enter")
				c.nodeOpens(nodes[0])
				c.wait(14 * time.Second)
				c.nodeOpens(nodes[2])
				c.wait(4 * time.Second)
				c.see("Next: " + nodes[1] + " steps down")
				c.press("enter")
				c.see("Have the leader step down", "From there on there is no way")
				c.fits(80, 24)
				c.press("step down", "enter")
				c.wait(15 * time.Second)
				if x.scenario == "migrate-to-shamir" {
					c.nodeOpens(nodes[1])
				}
				c.wait(6 * time.Second)
				c.see("Migrated: "+x.way, nodes[1]+" runs with the new seal")
				c.fits(80, 24)
			})
		})
	}
}

func TestNoMigrationIsOpenedWhereThereIsNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.wait(3 * time.Second)
		c.press("M")
		c.see("No node says that its seal is being changed.")
	})
}
