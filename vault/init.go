package vault

import (
	"context"
	"encoding/json"
	"net/http"

	"warder/keys"
)

// InitConfig is what a cluster is initialised with: the shares of the barrier's key, or, where the seal is automatic, those
// of the recovery key.
type InitConfig struct {
	Shares            int      `json:"secret_shares,omitempty"`
	Threshold         int      `json:"secret_threshold,omitempty"`
	PGPKeys           []string `json:"pgp_keys,omitempty"`
	RecoveryShares    int      `json:"recovery_shares,omitempty"`
	RecoveryThreshold int      `json:"recovery_threshold,omitempty"`
	RecoveryPGPKeys   []string `json:"recovery_pgp_keys,omitempty"`
	RootTokenPGPKey   string   `json:"root_token_pgp_key,omitempty"`
}

// InitResult is the one answer that holds the shares and the root token. When it is lost they are lost, and the storage has
// to be wiped.
type InitResult struct {
	Shares         []keys.Secret // bytes; OpenPGP messages where PGP keys were given
	RecoveryShares []keys.Secret
	RootToken      keys.Secret // text; an OpenPGP message in base64 where a PGP key was given
}

type wireInit struct {
	Keys     []wireBase64 `json:"keys_base64"`
	Recovery []wireBase64 `json:"recovery_keys_base64"`
	Root     wireSecret   `json:"root_token"`
}

// Init sends PUT sys/init, once. It needs no token, and works once in the life of a cluster.
func (c *Client) Init(ctx context.Context, cfg InitConfig) (InitResult, error) {
	body, err := json.Marshal(cfg)
	if err != nil {
		return InitResult{}, err
	}
	w, err := ceremony[wireInit](ctx, c, DoorsOpen, http.MethodPut, "sys/init", body)
	return InitResult{secrets(w.Keys), secrets(w.Recovery), w.Root.Secret}, err
}
