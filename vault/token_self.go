package vault

import (
	"context"
	"net/http"
)

// RenewSelf sends POST auth/token/renew-self, once: the client's own token lives on for its period or its first time to live, as
// far as its longest life allows. The default policy permits it.
func (c *Client) RenewSelf(ctx context.Context) error { return c.self(ctx, "renew-self") }

// RevokeSelf sends POST auth/token/revoke-self, once: the client's own token is void at once, and so is every token and lease that
// was made with it. The default policy permits it.
func (c *Client) RevokeSelf(ctx context.Context) error { return c.self(ctx, "revoke-self") }

func (c *Client) self(ctx context.Context, what string) error {
	path := "auth/token/" + what
	// The answer repeats the token.
	r, err := c.do(ctx, call{method: http.MethodPost, path: path, body: []byte("{}"), token: true, inNS: true, secret: true})
	defer clear(r.body)
	if err == nil && r.status != http.StatusNoContent && r.status != http.StatusOK {
		err = refusal(path, c.address, r)
	}
	return err
}
