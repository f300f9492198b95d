package ui_test

import (
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
	"warder/ui"
	"warder/vault"
	"warder/vault/keystore"
)

// withStores opens a console that knows the key stores of its simulated cluster.
func withStores(t *testing.T, scenario string, w, h int) *console {
	t.Helper()
	cluster, err := demo.New(demo.Options{Scenario: scenario, TLS: true})
	if err != nil {
		t.Fatal(err)
	}
	cluster.ListenPipe()
	settings, err := vault.SimulatedSettings(cluster.Addresses(), cluster.Token(), cluster.CACert())
	if err != nil {
		t.Fatal(err)
	}
	settings.Dial = cluster.Dial
	k := cluster.Stores()[0]
	store, err := keystore.Open(k.Kind, keystore.Config{Name: k.Name, Address: k.Address, CAPEM: cluster.CACert(), Token: k.Token, Dial: cluster.Dial})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return openOptions(t, cluster, settings, w, h, func(o *ui.Options) { o.Stores = []keystore.Store{store} })
}

func TestAKeyStoreIsReadEachMinuteAndOnRequest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := withStores(t, "seal-ha", 120, 36)
		c.wait(3 * time.Second)
		c.see("KMS Available", "archive-1", "209 days", "83 days ago")
		c.happen(demo.StoreStatus{Status: "KMS Key Inactive"})
		c.wait(30 * time.Second)
		c.see("KMS Available")
		c.wait(32 * time.Second)
		c.see("KMS Key Inactive", "DEGRADED")
		c.happen(demo.StoreRefuse{Status: 503})
		c.press("r")
		c.wait(time.Second)
		c.see("answered 503")
		c.press("tab", "tab", "down", "down", "down", "enter")
		c.see("last answer", "what follows is of then", "Qumulo at https://archive-1.demo:8000", "KMS Key Inactive")
		c.press("esc")
		c.fits(120, 36)
	})
}

func (c *console) happen(f demo.Fault) {
	c.t.Helper()
	if err := c.cluster.Apply(f); err != nil {
		c.t.Fatal(err)
	}
}
