package vault

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
)

// JoinConfig is how an uninitialised node finds the cluster that it is to join.
type JoinConfig struct {
	Leader     string // the API address of a member, as the joining node reaches it
	CACert     string // PEM, of the CA that proves the member; "" where it is known to the joining node
	ClientCert string // PEM, where members ask for one
	ClientKey  string // PEM; it travels to the joining node
	Retry      bool   // the node goes on trying
	NonVoter   bool   // Enterprise
}

// Join sends POST sys/storage/raft/join to the joining node, once. It needs no token. With a Shamir seal the node still has to
// be unsealed with the cluster's shares before it takes part.
func (c *Client) Join(ctx context.Context, cfg JoinConfig) error {
	const op = "sys/storage/raft/join"
	body, err := json.Marshal(struct {
		Leader     string `json:"leader_api_addr"`
		CACert     string `json:"leader_ca_cert,omitempty"`
		ClientCert string `json:"leader_client_cert,omitempty"`
		ClientKey  string `json:"leader_client_key,omitempty"`
		Retry      bool   `json:"retry,omitempty"`
		NonVoter   bool   `json:"non_voter,omitempty"`
	}(cfg))
	if err != nil {
		return err
	}
	r, err := c.do(ctx, call{method: http.MethodPost, path: op, body: body})
	switch {
	case err != nil:
		return err
	case r.status != http.StatusOK:
		return refusal(op, c.address, r)
	}
	var w struct {
		Joined *bool `json:"joined"`
	}
	if err := decode(r.body, &w); err != nil || w.Joined == nil {
		return &Error{Op: op, Address: c.address, Kind: Malformed, Status: r.status, Cause: errors.Join(err, errors.New("joined is missing"))}
	}
	if !*w.Joined {
		return &Error{Op: op, Address: c.address, Kind: Refused, Status: r.status, Cause: errors.New("the node says that it did not join")}
	}
	return nil
}
