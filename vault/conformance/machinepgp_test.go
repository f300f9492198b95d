package conformance

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// rekeyToOwners goes to shares that only their owners can read, with verification and without: those in the file and those in
// the server's backup are the same, and open a node.
func rekeyToOwners(t *testing.T, c *cluster) {
	for _, verification := range []string{"verify", "trust"} {
		owners := []owner{newOwner(t), newOwner(t), newOwner(t)}
		file := filepath.Join(t.TempDir(), "shares")
		p := c.replacing(t)
		p.fills(map[string]string{"shares": "3", "threshold": "2"})
		p.through()
		p.picks("pgp")
		for i, name := range []string{"Anna", "Ben", "Cleo"} {
			p.fills(map[string]string{"name": name, "key": owners[i].ServerForm()})
		}
		p.through()
		p.decrypts(func(i int, message []byte) string { return string(owners[i].decrypt(t, message)) }, len(owners))
		p.picks("backup")
		p.picks(verification)
		p.fills(map[string]string{"path": file})
		p.through()
		p.gives(c.shares[:c.threshold]...)
		c.shares, c.threshold = p.collects(owners, file), 2
		if verification == "verify" {
			p.gives(c.shares[2], c.shares[0])
		}
		p.endsWell()
		p.accounts("The new shares (any 2 of 3) are in force")
		c.says(t, c.active(t), 2, 3)
		c.backedUp(t, owners)
	}
	node := c.standby(t)
	c.machine.kill(t, node)
	c.machine.start(t, node)
	c.becomes(t, node, vault.CodeSealed)
	c.says(t, node, 2, 3)
	p := c.unsealing(t)
	p.gives(c.shares[1:]...)
	p.endsWell()
	c.open(t)
}

// collects shows every ciphertext, and decrypts those that were written to the file before.
func (p *console) collects(owners []owner, file string) (out []keys.Secret) {
	t := p.t
	t.Helper()
	written, err := os.ReadFile(file)
	works(t, "ciphertexts", err)
	lines := withoutNotes(written)
	if len(lines) != len(owners) {
		t.Fatalf("%d lines for %d owners", len(lines), len(owners))
	}
	for i, o := range owners {
		shown := prompt[ceremony.Reveal](p).Secret
		if typed(shown) != lines[i] {
			t.Errorf("share %d is shown as another than it is written", i+1)
		}
		out = append(out, o.decryptShare(t, shown))
		p.does(ceremony.Shown{})
	}
	p.through()
	return out
}

// backedUp reads the server's backup, in which each owner finds the share that is in force, and deletes it.
func (c *cluster) backedUp(t *testing.T, owners []owner) {
	t.Helper()
	path := "sys/rekey/backup"
	if c.doors() == vault.DoorsClosed {
		path = "sys/rotate/root/backup"
	}
	active := c.active(t)
	status, answer := c.ask(t, http.MethodGet, active, path, c.token, nil)
	if status != http.StatusOK {
		t.Fatalf("backup: %d %v", status, answer)
	}
	kept := answer["data"].(map[string]any)
	for i, o := range owners {
		in64, inHex := texts(dig(kept, "keysbase64", o.Fingerprint)), texts(dig(kept, "keys", o.Fingerprint))
		if len(in64) != 1 || len(inHex) != 1 {
			t.Fatalf("the backup has for %s: %d in base64, %d in hex; it has %v", o.Fingerprint, len(in64), len(inHex), kept)
		}
		message, err := base64.StdEncoding.DecodeString(in64[0])
		works(t, "base64", err)
		if hex.EncodeToString(message) != inHex[0] {
			t.Errorf("the backup's share %d is another in hex than in base64", i+1)
		}
		if text(o.decryptShare(t, keys.NewSecret(message))) != text(c.shares[i]) {
			t.Errorf("the backup's share %d is another than the one in force", i+1)
		}
	}
	if status, answer := c.ask(t, http.MethodDelete, active, path, c.token, nil); status != http.StatusNoContent {
		t.Errorf("delete the backup: %d %v", status, answer)
	}
	if status, answer := c.ask(t, http.MethodGet, active, path, c.token, nil); status != http.StatusBadRequest {
		t.Errorf("the backup after its end: %d %v", status, answer)
	}
}
