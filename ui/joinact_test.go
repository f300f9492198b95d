package ui_test

import (
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
	"warder/keys"
	"warder/vault"
)

// founded is a cluster behind an automatic seal of which the first node alone was initialised, and the token that it gave.
func founded(t *testing.T, p demo.Product) (*demo.Cluster, vault.Settings) {
	t.Helper()
	cluster, err := demo.New(demo.Options{Scenario: "uninitialised-auto", Product: p})
	if err != nil {
		t.Fatal(err)
	}
	cluster.ListenPipe()
	clients := vault.NewClients(settingsOf(t, cluster, keys.Secret{}))
	defer clients.Close()
	first := clients.Client(cluster.Addresses()[0], false)
	made, err := first.Init(t.Context(), vault.InitConfig{RecoveryShares: 1, RecoveryThreshold: 1})
	if err != nil {
		t.Fatal(err)
	}
	return cluster, settingsOf(t, cluster, made.RootToken)
}

func TestANodeJoinsTheClusterByItself(t *testing.T) {
	for _, p := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		t.Run(p.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cluster, settings := founded(t, p)
				c := openWith(t, cluster, settings, 80, 24)
				c.wait(12 * time.Second)
				c.actOn(1)
				c.see("Join the cluster")
				c.press("down", "enter")
				c.see("Address of a member")
				c.press("enter", "nowhere.pem", "enter")
				c.see("there is no such file")
				for range len("nowhere.pem") {
					c.press("backspace")
				}
				c.press("enter")
				c.see("operator raft join", "plain HTTP", "has to be unsealed")
				c.fits(80, 24)
				c.press("y")
				c.wait(5 * time.Second)
				c.see("Done, and read back.", "initialised")
				c.wait(20 * time.Second)
				c.press("enter")
				c.see("2 nodes of 3 serving")
			})
		})
	}
}
