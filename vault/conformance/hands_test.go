package conformance

import (
	"encoding/base64"
	"testing"

	"warder/keys"
	"warder/vault"
)

// hand is somebody who takes part in a ceremony without warder's machines.
type hand interface {
	begins(t *testing.T) (nonce string)
	gives(t *testing.T, share keys.Secret, nonce string)
	cancels(t *testing.T, nonce string)
}

// rekeyHand is the product's command line, or the client where there is none.
func (c *cluster) rekeyHand(t *testing.T) interface {
	hand
	proves(t *testing.T, share keys.Secret, nonce string)
} {
	t.Helper()
	if c.bin == "" {
		return rekeying{c, c.lead(t), vault.BarrierKey}
	}
	word := "rekey"
	if c.doors() == vault.DoorsClosed {
		word = "rotate-keys"
	}
	return cliRekey{c.commandLine(t), word}
}

// rootHand is the same for generate-root.
func (c *cluster) rootHand(t *testing.T) interface {
	hand
	decodes(t *testing.T, encoded string) keys.Secret
} {
	t.Helper()
	if c.bin == "" {
		return &rootHand{c: c, node: c.lead(t)}
	}
	return &cliRoot{cli: c.commandLine(t)}
}

func (r rekeying) begins(t *testing.T) string {
	t.Helper()
	begun, err := r.start(t, vault.RekeyConfig{Shares: 4, Threshold: 2, Verification: true})
	works(t, "rekey", err)
	return begun.Nonce
}

func (r rekeying) gives(t *testing.T, share keys.Secret, nonce string) {
	t.Helper()
	_, err := r.give(t, share, nonce)
	works(t, "a share for the rekey", err)
}

func (r rekeying) proves(t *testing.T, share keys.Secret, nonce string) {
	t.Helper()
	_, err := r.verify(t, share, nonce)
	works(t, "verification", err)
}

func (r rekeying) cancels(t *testing.T, nonce string) {
	t.Helper()
	works(t, "cancel", r.cancel(t, nonce))
}

// rootHand keeps the one-time password.
type rootHand struct {
	c    *cluster
	node *vault.Client
	otp  keys.Secret
}

func (h *rootHand) begins(t *testing.T) string {
	t.Helper()
	begun, err := h.node.StartRootAttempt(t.Context(), h.c.doors(), "")
	works(t, "generate-root", err)
	h.otp = begun.OTP
	return begun.Nonce
}

func (h *rootHand) gives(t *testing.T, share keys.Secret, nonce string) {
	t.Helper()
	_, err := h.node.GiveRootShare(t.Context(), h.c.doors(), share, nonce)
	works(t, "a share for generate-root", err)
}

func (h *rootHand) cancels(t *testing.T, nonce string) {
	t.Helper()
	works(t, "cancel", h.node.CancelRootAttempt(t.Context(), h.c.doors(), nonce))
}

func (h *rootHand) decodes(t *testing.T, encoded string) keys.Secret {
	t.Helper()
	token, err := keys.DecodeToken(encoded, h.otp)
	works(t, "decode", err)
	return token
}

// cliRekey is a rekey by a command line, in its own word for it.
type cliRekey struct {
	cli
	word string
}

func (c cliRekey) call(t *testing.T, input string, args ...string) map[string]any {
	t.Helper()
	return c.json(t, 0, input, append([]string{"operator", c.word}, args...)...)
}

func (c cliRekey) begins(t *testing.T) string {
	t.Helper()
	return c.call(t, "", "-init", "-key-shares=4", "-key-threshold=2", "-verify")["nonce"].(string)
}

func (c cliRekey) gives(t *testing.T, share keys.Secret, nonce string) {
	t.Helper()
	c.call(t, typed(share), "-nonce="+nonce, "-")
}

func (c cliRekey) proves(t *testing.T, share keys.Secret, nonce string) {
	t.Helper()
	c.call(t, typed(share), "-verify", "-nonce="+nonce, "-")
}

func (c cliRekey) cancels(t *testing.T, _ string) {
	t.Helper()
	c.call(t, "", "-cancel")
}

// cliRoot is generate-root by a command line.
type cliRoot struct {
	cli
	otp string
}

func (c *cliRoot) begins(t *testing.T) string {
	t.Helper()
	begun := c.does(t, "operator", "generate-root", "-init")
	c.otp = begun["otp"].(string)
	return begun["nonce"].(string)
}

func (c *cliRoot) gives(t *testing.T, share keys.Secret, nonce string) {
	t.Helper()
	c.json(t, 0, typed(share), "operator", "generate-root", "-nonce="+nonce, "-")
}

func (c *cliRoot) cancels(t *testing.T, _ string) {
	t.Helper()
	c.does(t, "operator", "generate-root", "-cancel")
}

func (c *cliRoot) decodes(t *testing.T, encoded string) keys.Secret {
	t.Helper()
	out := c.does(t, "operator", "generate-root", "-decode="+encoded, "-otp="+c.otp)
	return keys.NewSecret([]byte(out["token"].(string)))
}

// typed is a share as a person types it.
func typed(share keys.Secret) string { return base64.StdEncoding.EncodeToString([]byte(text(share))) }
