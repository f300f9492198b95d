package vault

import (
	"context"
	"encoding/json"
	"net/http"

	"warder/keys"
)

// RootVariant is which token shares make by generate-root. All are asked for in the same way, each at a path of its own.
type RootVariant int

// The variants.
const (
	// RootToken may do everything: sys/generate-root, or sys/generate-root-token of OpenBao.
	RootToken RootVariant = iota
	// DRToken is a DR operation token, made at the active node of a disaster-recovery secondary of Vault Enterprise:
	// sys/replication/dr/secondary/generate-operation-token. After Vault's documentation of that endpoint and of the token.
	DRToken
	// RecoveryToken opens sys/raw at one node that was started with -recovery: sys/generate-recovery-token. After the sources
	// of OpenBao 2.6.2 (http/handler.go), where such a node has nothing besides, and Vault's documentation of that endpoint.
	RecoveryToken
)

// String names what is made.
func (v RootVariant) String() string {
	switch v {
	case DRToken:
		return "DR operation token"
	case RecoveryToken:
		return "recovery token"
	default:
		return "root token"
	}
}

// Base is where the endpoints of the attempt are behind these doors.
func (v RootVariant) Base(d Doors) string {
	switch {
	case v == DRToken:
		return "sys/replication/dr/secondary/generate-operation-token"
	case v == RecoveryToken:
		return "sys/generate-recovery-token"
	case d == DoorsClosed:
		return "sys/generate-root-token"
	}
	return "sys/generate-root"
}

// VariantDoors asks GET …/attempt without a token and judges by how it is answered. Only a root token has doors of OpenBao's own.
func (c *Client) VariantDoors(ctx context.Context, v RootVariant) (Doors, error) {
	if v == RootToken {
		return c.Doors(ctx)
	}
	_, err := ask(ctx, c, call{path: v.Base(DoorsOpen) + "/attempt"}, decodeAttempt)
	switch {
	case err == nil:
		return DoorsOpen, nil
	case Is(err, Denied) && v == DRToken:
		return DoorsToken, nil
	}
	return DoorsUnknown, err
}

// VariantAttempt asks GET …/attempt: whether one is under way, and how far.
func (c *Client) VariantAttempt(ctx context.Context, v RootVariant, d Doors) (RootAttempt, error) {
	return c.variant(ctx, d, http.MethodGet, v.Base(d)+"/attempt", nil)
}

// StartVariant sends PUT …/attempt, once. Without a PGP key, in base64, the server makes an OTP.
func (c *Client) StartVariant(ctx context.Context, v RootVariant, d Doors, pgpKey string) (RootAttempt, error) {
	body, err := json.Marshal(struct {
		PGPKey string `json:"pgp_key,omitempty"`
	}{pgpKey})
	if err != nil {
		return RootAttempt{}, err
	}
	return c.variant(ctx, d, http.MethodPut, v.Base(d)+"/attempt", body)
}

// CancelVariant sends DELETE …/attempt, once. It is no error when none is under way.
func (c *Client) CancelVariant(ctx context.Context, v RootVariant, d Doors, nonce string) error {
	_, err := c.variant(ctx, d, http.MethodDelete, v.Base(d)+"/attempt", nonceBody(nonce))
	return err
}

// GiveVariantShare sends one share with PUT …/update, once.
func (c *Client) GiveVariantShare(ctx context.Context, v RootVariant, d Doors, share keys.Secret, nonce string) (RootAttempt, error) {
	return c.variant(ctx, d, http.MethodPut, v.Base(d)+"/update", shareBody(share, nonce, ""))
}

func (c *Client) variant(ctx context.Context, d Doors, method, path string, body []byte) (RootAttempt, error) {
	w, err := ceremony[wireAttempt](ctx, c, d, method, path, body)
	return w.attempt(), err
}
