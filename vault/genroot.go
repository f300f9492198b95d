package vault

import (
	"context"

	"warder/keys"
)

// RootAttempt is the state of generate-root.
type RootAttempt struct {
	Started        bool
	Complete       bool
	Nonce          string
	Progress       int
	Required       int
	PGPFingerprint string
	OTPLength      int
	OTP            keys.Secret // in the answer that starts the attempt, and in no other
	EncodedToken   keys.Secret // in the answer to the last share, and in no other; of use with the OTP or the PGP key only
}

type wireAttempt struct {
	Started     bool       `json:"started"`
	Complete    bool       `json:"complete"`
	Nonce       string     `json:"nonce"`
	Progress    int        `json:"progress"`
	Required    int        `json:"required"`
	Fingerprint string     `json:"pgp_fingerprint"`
	OTPLength   int        `json:"otp_length"`
	OTP         wireSecret `json:"otp"`
	Encoded     wireSecret `json:"encoded_token"`
	EncodedOld  wireSecret `json:"encoded_root_token"`
}

func (w wireAttempt) attempt() RootAttempt {
	a := RootAttempt{
		w.Started, w.Complete, clean(w.Nonce), w.Progress, w.Required, clean(w.Fingerprint), w.OTPLength, w.OTP.Secret, w.Encoded.Secret,
	}
	if a.EncodedToken.Empty() {
		a.EncodedToken = w.EncodedOld.Secret
	}
	return a
}

// RootAttempt asks how far the making of a root token is.
func (c *Client) RootAttempt(ctx context.Context, d Doors) (RootAttempt, error) {
	return c.VariantAttempt(ctx, RootToken, d)
}

// StartRootAttempt begins the making of a root token.
func (c *Client) StartRootAttempt(ctx context.Context, d Doors, pgpKey string) (RootAttempt, error) {
	return c.StartVariant(ctx, RootToken, d, pgpKey)
}

// CancelRootAttempt ends the making of a root token.
func (c *Client) CancelRootAttempt(ctx context.Context, d Doors, nonce string) error {
	return c.CancelVariant(ctx, RootToken, d, nonce)
}

// GiveRootShare gives one share to the making of a root token.
func (c *Client) GiveRootShare(ctx context.Context, d Doors, share keys.Secret, nonce string) (RootAttempt, error) {
	return c.GiveVariantShare(ctx, RootToken, d, share, nonce)
}
