package conformance

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// rootTogether joins at two consoles what a hand began: all three give a share, and what the last one is answered is carried to
// who holds the password.
func rootTogether(t *testing.T, c *cluster) {
	by := c.rootHand(t)
	nonce := by.begins(t)
	one, other := c.rooting(t), c.rooting(t)
	one.picks("join")
	other.picks("join")
	one.gives(c.shares[0])
	by.gives(t, c.shares[1], nonce)
	other.learns("It is at 2 of 3: somebody else gives shares too")
	other.accounts("An attempt is under way with 2 of 3 shares; nonce " + nonce)
	other.gives(c.shares[2])
	c.rules(t, by.decodes(t, text(prompt[ceremony.Reveal](other).Secret)))
	other.does(ceremony.Shown{})
	other.endsWell()
	one.learns("completed or cancelled, the server does not say which")
	prompt[ceremony.End](one)
}

// rootDisturbed has a hand cancel what a console began, and begin another.
func rootDisturbed(t *testing.T, c *cluster) {
	by := c.rootHand(t)
	p := c.rooting(t)
	p.picks("otp")
	p.gives(c.shares[0])
	by.cancels(t, c.rootAttempt(t).Nonce)
	p.gives(c.shares[1])
	p.alarmed("completed or cancelled, the server does not say which")
	p.picks("nothing")
	p.accounts("the one-time password is wiped")

	p = c.rooting(t)
	p.picks("otp")
	p.gives(c.shares[0])
	by.cancels(t, c.rootAttempt(t).Nonce)
	nonce := by.begins(t)
	p.learns("began another: its nonce is now " + nonce)
	p.alarmed("The one-time password held here belonged to the attempt before")
	p.accounts("with 0 of 3 shares; nonce " + nonce)
	p.picks("end")
	p.endsWell()
	if a := c.rootAttempt(t); a.Started {
		t.Errorf("it goes on after its cancel: nonce %s", a.Nonce)
	}
}

// rootAttempt is the server's word on how far generate-root is.
func (c *cluster) rootAttempt(t *testing.T) vault.RootAttempt {
	t.Helper()
	a, err := c.lead(t).RootAttempt(t.Context(), c.doors())
	works(t, "state of generate-root", err)
	return a
}

// rootToOwner has the token encrypted, and its owner use and revoke it.
func rootToOwner(t *testing.T, c *cluster) {
	o, file := newOwner(t), filepath.Join(t.TempDir(), "token")
	p := c.rooting(t)
	p.picks("pgp")
	p.fills(map[string]string{"key": o.ServerForm()})
	p.through()
	if a := c.rootAttempt(t); !a.Started || a.PGPFingerprint != o.Fingerprint {
		t.Errorf("begun %t for %s, want %s", a.Started, a.PGPFingerprint, o.Fingerprint)
	}
	p.gives(c.shares[:c.threshold]...)
	p.fills(map[string]string{"path": file})
	prompt[ceremony.Reveal](p)
	written, err := os.ReadFile(file)
	works(t, "ciphertext", err)
	p.does(ceremony.Shown{})
	p.endsWell()
	c.rules(t, o.decryptText(t, keys.NewSecret([]byte(strings.TrimSpace(string(written))))))
}

// rootWrapped hands the token on to somebody, who gets it once.
func rootWrapped(t *testing.T, c *cluster) {
	p := c.rooting(t)
	p.picks("otp")
	p.gives(c.shares[:c.threshold]...)
	p.picks("wrap")
	p.fills(map[string]string{"life": "5m"})
	wrapping := keys.NewSecret([]byte(text(prompt[ceremony.Reveal](p).Secret)))
	active := c.active(t)
	data := c.does(t, active, "sys/wrapping/unwrap", wrapping, map[string]any{})["data"].(map[string]any)
	node := c.isRoot(t, keys.NewSecret([]byte(data["token"].(string))))
	if status, _ := c.write(t, active, "sys/wrapping/unwrap", wrapping, map[string]any{}); status != http.StatusBadRequest {
		t.Errorf("unwrapped twice: %d", status)
	}
	p.does(ceremony.Shown{})
	p.picks("revoke")
	p.endsWell()
	_, err := node.LookupSelf(t.Context())
	ends(t, "lookup of a revoked token", err, denied)
}
