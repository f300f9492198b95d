package vault

import (
	"context"
	"net/http"

	"warder/keys"
)

// Unseal gives one share to the node that is asked, with PUT sys/unseal, once. It needs no token. The same share twice counts
// once and is no error; a wrong one is noticed at the threshold only and wipes what others gave. A Raft node that is joining
// unseals some seconds after the last share, and says sealed with progress 0 until then. migrate has to be set with every
// share of a seal migration and with none other.
func (c *Client) Unseal(ctx context.Context, share keys.Secret, migrate bool) (SealStatus, error) {
	rest := ""
	if migrate {
		rest = `,"migrate":true`
	}
	return c.putUnseal(ctx, shareBody(share, "", rest))
}

// ResetUnseal drops the shares that the node was given so far.
func (c *Client) ResetUnseal(ctx context.Context) (SealStatus, error) {
	return c.putUnseal(ctx, []byte(`{"reset":true}`))
}

func (c *Client) putUnseal(ctx context.Context, body []byte) (SealStatus, error) {
	const op = "sys/unseal"
	r, err := c.do(ctx, call{method: http.MethodPut, path: op, body: body, secret: true})
	clear(body)
	switch {
	case err != nil:
		return SealStatus{}, err
	case r.status != http.StatusOK:
		return SealStatus{}, refusal(op, c.address, r)
	}
	s, err := decodeSealStatus(r.body)
	if err != nil {
		return SealStatus{}, &Error{Op: op, Address: c.address, Kind: Malformed, Status: r.status, Cause: err}
	}
	return s, nil
}
