package vault

import (
	"context"
	"encoding/json"
	"net/http"
)

// Seal sends PUT sys/seal, once: the node that is asked throws its key away and serves nobody until it is unsealed. It needs a
// token with update and sudo on the path. Vault seals its active node only and answers a standby's 500; OpenBao seals any node.
func (c *Client) Seal(ctx context.Context) error {
	return c.write(ctx, http.MethodPut, "sys/seal", nil)
}

// RemovePeer sends POST sys/storage/raft/remove-peer, once: the server is taken out of the Raft configuration for good. It needs
// a token with update on the path. An unknown id is no error to the servers, so that the result has to be read back.
func (c *Client) RemovePeer(ctx context.Context, id string) error {
	return c.peer(ctx, "remove-peer", id)
}

// PromotePeer sends POST sys/storage/raft/promote, once: a non-voter gets a vote. OpenBao alone has it; it needs update.
func (c *Client) PromotePeer(ctx context.Context, id string) error {
	return c.peer(ctx, "promote", id)
}

// DemotePeer sends POST sys/storage/raft/demote, once: a voter loses its vote. OpenBao alone has it; it needs update.
func (c *Client) DemotePeer(ctx context.Context, id string) error {
	return c.peer(ctx, "demote", id)
}

func (c *Client) peer(ctx context.Context, what, id string) error {
	body, err := json.Marshal(struct {
		ID string `json:"server_id"`
	}{id})
	if err != nil {
		return err
	}
	return c.write(ctx, http.MethodPost, "sys/storage/raft/"+what, body)
}
