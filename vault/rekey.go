package vault

import (
	"context"
	"encoding/json"
	"net/http"

	"warder/keys"
)

// RekeyConfig is what a rekey is begun with.
type RekeyConfig struct {
	Shares       int
	Threshold    int
	PGPKeys      []string // each in base64, one for each share, or none
	Backup       bool     // the server keeps the encrypted shares; with PGP keys only
	Verification bool     // the old shares stay in force until the new ones were given back
}

// Rekey is the state of a rekey. T and N are those of the new shares; Required is how many of the old ones it takes.
type Rekey struct {
	Started              bool
	Nonce                string
	Threshold            int
	Shares               int
	Progress             int
	Required             int
	PGPFingerprints      []string
	Backup               bool
	VerificationRequired bool
	VerificationNonce    string // there once enough old shares came; what is awaited then are the new ones
}

// RekeyUpdate is the answer to one share, or to the start. The one that completes the set of old shares is the only one that
// ever holds the new ones: the answer to the start, where it takes no old share.
type RekeyUpdate struct {
	Rekey
	Complete  bool
	NewShares []keys.Secret // bytes; OpenPGP messages where PGP keys were given
}

// RekeyVerify is the state of the verification. A failed one gets another nonce and begins anew.
type RekeyVerify struct {
	Started   bool
	Complete  bool
	Nonce     string
	Threshold int
	Shares    int
	Progress  int
}

type wireRekey struct {
	Started      bool         `json:"started"`
	Complete     bool         `json:"complete"`
	Nonce        string       `json:"nonce"`
	T            int          `json:"t"`
	N            int          `json:"n"`
	Progress     int          `json:"progress"`
	Required     int          `json:"required"`
	Fingerprints []string     `json:"pgp_fingerprints"`
	Backup       bool         `json:"backup"`
	Verification bool         `json:"verification_required"`
	VerifyNonce  string       `json:"verification_nonce"`
	Keys         []wireBase64 `json:"keys_base64"`
}

func (w wireRekey) rekey() Rekey {
	k := Rekey{
		Started: w.Started, Nonce: clean(w.Nonce), Threshold: w.T, Shares: w.N, Progress: w.Progress, Required: w.Required,
		Backup: w.Backup, VerificationRequired: w.Verification, VerificationNonce: clean(w.VerifyNonce),
	}
	for _, f := range w.Fingerprints {
		k.PGPFingerprints = append(k.PGPFingerprints, clean(f))
	}
	return k
}

func (w wireRekey) verify() RekeyVerify {
	return RekeyVerify{w.Started, w.Complete, clean(w.Nonce), w.T, w.N, w.Progress}
}

// Rekey asks GET …/init: whether one is under way, and how far.
func (c *Client) Rekey(ctx context.Context, d Doors, kind KeyKind) (Rekey, error) {
	w, err := ceremony[wireRekey](ctx, c, d, http.MethodGet, d.rekeyPath(kind, "init"), nil)
	return w.rekey(), err
}

// StartRekey sends PUT …/init, once. Where there are no recovery shares that could be asked for, OpenBao's answer holds the new
// ones, which it says in no other; as a rule it holds none.
func (c *Client) StartRekey(ctx context.Context, d Doors, kind KeyKind, cfg RekeyConfig) (RekeyUpdate, error) {
	body, err := json.Marshal(struct {
		Shares       int      `json:"secret_shares"`
		Threshold    int      `json:"secret_threshold"`
		PGPKeys      []string `json:"pgp_keys,omitempty"`
		Backup       bool     `json:"backup,omitempty"`
		Verification bool     `json:"require_verification,omitempty"`
	}(cfg))
	if err != nil {
		return RekeyUpdate{}, err
	}
	w, err := ceremony[wireRekey](ctx, c, d, http.MethodPut, d.rekeyPath(kind, "init"), body)
	return RekeyUpdate{w.rekey(), w.Complete, secrets(w.Keys)}, err
}

// CancelRekey sends DELETE …/init with the nonce, once. The old shares stay in force.
func (c *Client) CancelRekey(ctx context.Context, d Doors, kind KeyKind, nonce string) error {
	_, err := ceremony[struct{}](ctx, c, d, http.MethodDelete, d.rekeyPath(kind, "init"), nonceBody(nonce))
	return err
}

// GiveRekeyShare sends one of the old shares with PUT …/update, once.
func (c *Client) GiveRekeyShare(ctx context.Context, d Doors, kind KeyKind, share keys.Secret, nonce string) (RekeyUpdate, error) {
	w, err := ceremony[wireRekey](ctx, c, d, http.MethodPut, d.rekeyPath(kind, "update"), shareBody(share, nonce, ""))
	return RekeyUpdate{w.rekey(), w.Complete, secrets(w.Keys)}, err
}

// RekeyVerification asks GET …/verify. Where no rekey was ever begun that is an error of the kind Refused.
func (c *Client) RekeyVerification(ctx context.Context, d Doors, kind KeyKind) (RekeyVerify, error) {
	w, err := ceremony[wireRekey](ctx, c, d, http.MethodGet, d.rekeyPath(kind, "verify"), nil)
	return w.verify(), err
}

// GiveVerificationShare sends one of the new shares with PUT …/verify, once. The nonce is the verification's.
func (c *Client) GiveVerificationShare(ctx context.Context, d Doors, kind KeyKind, share keys.Secret, nonce string) (RekeyVerify, error) {
	w, err := ceremony[wireRekey](ctx, c, d, http.MethodPut, d.rekeyPath(kind, "verify"), shareBody(share, nonce, ""))
	return w.verify(), err
}

// RestartVerification sends DELETE …/verify, once: the new shares given so far are dropped, and the nonce is another.
func (c *Client) RestartVerification(ctx context.Context, d Doors, kind KeyKind, nonce string) (RekeyVerify, error) {
	w, err := ceremony[wireRekey](ctx, c, d, http.MethodDelete, d.rekeyPath(kind, "verify"), nonceBody(nonce))
	return w.verify(), err
}
