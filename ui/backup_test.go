package ui_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"warder/demo"
	"warder/keys"
	"warder/vault"
)

// rekeyed has the cluster rekeyed to two PGP keys, with a backup; it gives their fingerprints.
func rekeyed(t *testing.T, cluster *demo.Cluster, doors vault.Doors, kind vault.KeyKind) []string {
	t.Helper()
	clients := vault.NewClients(settingsOf(t, cluster, cluster.Token()))
	t.Cleanup(clients.Close)
	cfg := vault.RekeyConfig{Shares: 2, Threshold: 2, Backup: true}
	var prints []string
	for range 2 {
		pair, err := openpgp.NewEntity("custodian", "", "", &packet.Config{Algorithm: packet.PubKeyAlgoEdDSA})
		if err != nil {
			t.Fatal(err)
		}
		var public bytes.Buffer
		if err := pair.Serialize(&public); err != nil {
			t.Fatal(err)
		}
		key, err := keys.ParsePublicKey(public.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		cfg.PGPKeys, prints = append(cfg.PGPKeys, key.ServerForm()), append(prints, strings.ToUpper(key.Fingerprint))
	}
	lead := clients.Client(cluster.Addresses()[1], false)
	begun, err := lead.StartRekey(t.Context(), doors, kind, cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, share := range cluster.Shares()[:3] {
		if _, err := lead.GiveRekeyShare(t.Context(), doors, kind, share, begun.Nonce); err != nil {
			t.Fatal(err)
		}
	}
	return prints
}

func TestBackupOfARekeyIsShownWrittenAndDeleted(t *testing.T) {
	for name, x := range map[string]struct {
		product  demo.Product
		doors    vault.Doors
		scenario string
		kind     vault.KeyKind
		shares   string
	}{
		"Vault":             {demo.Vault, vault.DoorsOpen, "healthy", vault.BarrierKey, "unseal"},
		"Vault 2, recovery": {demo.Vault2, vault.DoorsToken, "auto-unseal", vault.RecoveryKey, "recovery"},
		"OpenBao":           {demo.OpenBao, vault.DoorsClosed, "healthy", vault.BarrierKey, "unseal"},
		"OpenBao, recovery": {demo.OpenBao, vault.DoorsClosed, "auto-unseal", vault.RecoveryKey, "recovery"},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "b")
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: x.scenario, Product: x.product}, 80, 24)
				c.wait(3 * time.Second)
				c.press("B")
				c.wait(time.Second)
				c.see("none are kept")
				c.miss("could not be looked up") // nothing was
				c.press("enter")
				prints := rekeyed(t, c.cluster, x.doors, x.kind)
				c.press("B")
				c.wait(time.Second)
				c.see("kept encrypted", prints[0], prints[1])
				c.fits(80, 24)
				c.press("down", "enter")
				c.send(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
				c.press(file, "enter")
				c.see("does not", "backup-retrieve")
				c.press("y")
				c.wait(time.Second)
				c.see("Done, and read back.", "mode 0600")
				c.press("enter", "B")
				c.wait(time.Second)
				c.press("down", "down", "enter")
				c.see("Delete the backup of the "+x.shares+" shares", "for good", "backup-delete")
				c.press("delete the backup", "enter")
				c.wait(time.Second)
				c.see("Done, and read back.", "none is kept any more")
				c.press("enter", "B")
				c.wait(time.Second)
				c.see("none are kept")
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				for _, print := range prints {
					if !regexp.MustCompile("# for the key " + print + "\n[A-Za-z0-9+/=]{100,}\n").Match(text) {
						t.Errorf("the file holds nothing for %s:\n%s", print, text)
					}
				}
			})
		})
	}
}

func TestDeletionOfABackupWhoseAnswerIsLostIsReadBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.wait(3 * time.Second)
		rekeyed(t, c.cluster, vault.DoorsOpen, vault.BarrierKey)
		leader := c.leader()
		c.press("B")
		c.wait(time.Second)
		c.press("down", "down", "enter")
		if err := c.cluster.Apply(demo.LoseReplies{Node: leader, Count: 1}); err != nil {
			t.Fatal(err)
		}
		c.press("delete the backup", "enter")
		c.wait(time.Second)
		c.see("The answer was lost", "Read back, it has been done.", "none is kept any more")
	})
}
