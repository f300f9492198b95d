package vault

import (
	"context"
	"encoding/json"
	"net/http"

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

// RootAttempt asks GET …/attempt: whether one is under way, and how far.
func (c *Client) RootAttempt(ctx context.Context, d Doors) (RootAttempt, error) {
	w, err := ceremony[wireAttempt](ctx, c, d, http.MethodGet, d.rootPath("attempt"), nil)
	return w.attempt(), err
}

// StartRootAttempt sends PUT …/attempt, once. Without a PGP key, in base64, the server makes an OTP.
func (c *Client) StartRootAttempt(ctx context.Context, d Doors, pgpKey string) (RootAttempt, error) {
	body, err := json.Marshal(struct {
		PGPKey string `json:"pgp_key,omitempty"`
	}{pgpKey})
	if err != nil {
		return RootAttempt{}, err
	}
	w, err := ceremony[wireAttempt](ctx, c, d, http.MethodPut, d.rootPath("attempt"), body)
	return w.attempt(), err
}

// CancelRootAttempt sends DELETE …/attempt, once. It is no error when none is under way.
func (c *Client) CancelRootAttempt(ctx context.Context, d Doors, nonce string) error {
	_, err := ceremony[struct{}](ctx, c, d, http.MethodDelete, d.rootPath("attempt"), nonceBody(nonce))
	return err
}

// GiveRootShare sends one share with PUT …/update, once.
func (c *Client) GiveRootShare(ctx context.Context, d Doors, share keys.Secret, nonce string) (RootAttempt, error) {
	w, err := ceremony[wireAttempt](ctx, c, d, http.MethodPut, d.rootPath("update"), shareBody(share, nonce, ""))
	return w.attempt(), err
}
