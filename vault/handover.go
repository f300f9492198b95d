package vault

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"warder/keys"
)

// The calls for a token that was just made. Each is sent with the token given, never with the client's own, and to the root
// namespace, where root tokens live.

// LookupToken asks GET auth/token/lookup-self for the token given. A token that is gone is an error of the kind Denied.
func (c *Client) LookupToken(ctx context.Context, token keys.Secret) (TokenInfo, error) {
	const op = "auth/token/lookup-self"
	r, err := c.get(ctx, call{path: op, token: true, bearer: &token, secret: true})
	defer clear(r.body) // which repeats the token
	if err != nil {
		return TokenInfo{}, err
	}
	info, err := decodeToken(r.body)
	if err != nil {
		return TokenInfo{}, &Error{Op: op, Address: c.address, Kind: Malformed, Status: r.status, Cause: err}
	}
	return info, nil
}

// RaftConfigurationFor asks GET sys/storage/raft/configuration with the token given.
func (c *Client) RaftConfigurationFor(ctx context.Context, token keys.Secret) ([]RaftServer, error) {
	const op = "sys/storage/raft/configuration"
	r, err := c.get(ctx, call{path: op, token: true, bearer: &token, limit: maxList})
	if err != nil {
		return nil, err
	}
	servers, err := decodeRaft(r.body)
	if err != nil {
		return nil, &Error{Op: op, Address: c.address, Kind: Malformed, Status: r.status, Cause: err}
	}
	return servers, nil
}

// RevokeToken sends POST auth/token/revoke-self for the token given, once.
func (c *Client) RevokeToken(ctx context.Context, token keys.Secret) error {
	const op = "auth/token/revoke-self"
	r, err := c.do(ctx, call{method: http.MethodPost, path: op, token: true, bearer: &token})
	if err == nil && r.status != http.StatusNoContent && r.status != http.StatusOK {
		err = refusal(op, c.address, r)
	}
	return err
}

// WrapToken sends POST sys/wrapping/wrap, once: the answer is a token that gives the one given to who unwraps it first, and
// to nobody once the life is over.
func (c *Client) WrapToken(ctx context.Context, token keys.Secret, life time.Duration) (keys.Secret, error) {
	const op = "sys/wrapping/wrap"
	body := tokenBody(token)
	r, err := c.do(ctx, call{method: http.MethodPost, path: op, body: body, token: true, bearer: &token, wrap: life, secret: true})
	clear(body)
	defer clear(r.body)
	switch {
	case err != nil:
		return keys.Secret{}, err
	case r.status != http.StatusOK:
		return keys.Secret{}, refusal(op, c.address, r)
	}
	wrapping, err := decodeWrapping(r.body)
	if err != nil {
		return keys.Secret{}, &Error{Op: op, Address: c.address, Kind: Malformed, Status: r.status, Cause: err}
	}
	return wrapping, nil
}

func decodeWrapping(body []byte) (keys.Secret, error) {
	var w struct {
		Info *struct {
			Token wireSecret `json:"token"`
		} `json:"wrap_info"`
	}
	if err := decode(body, &w); err != nil {
		return keys.Secret{}, err
	}
	if w.Info == nil || w.Info.Token.Empty() {
		return keys.Secret{}, errors.New("wrap_info holds no token")
	}
	return w.Info.Token.Secret, nil
}

// tokenBody holds a token, which has no character that JSON escapes; one that had would be left out.
func tokenBody(token keys.Secret) []byte {
	body := make([]byte, 0, 512)
	body = append(body, `{"token":"`...)
	token.Use(func(b []byte) {
		for _, c := range b {
			if c > ' ' && c <= '~' && c != '"' && c != '\\' {
				body = append(body, c)
			}
		}
	})
	return append(body, `"}`...)
}

// LookupAccessor asks POST auth/token/lookup-accessor, with our own token. There is false, without an error, when no token has the accessor any
// more; an error says only that it is not known.
func (c *Client) LookupAccessor(ctx context.Context, accessor string) (info TokenInfo, there bool, err error) {
	const op = "auth/token/lookup-accessor"
	body, err := json.Marshal(map[string]string{"accessor": accessor})
	if err != nil {
		return TokenInfo{}, false, err
	}
	r, err := c.do(ctx, call{method: http.MethodPost, path: op, body: body, reads: true, token: true})
	switch {
	case err != nil:
		return TokenInfo{}, false, err
	case r.status == http.StatusOK:
		info, err = decodeToken(r.body)
		if err != nil {
			err = &Error{Op: op, Address: c.address, Kind: Malformed, Status: r.status, Cause: err}
		}
		return info, err == nil, err
	}
	// The request is one that the server understands, so that a refusal of the request is one of the accessor.
	if _, spoken := messages(r.body); spoken && (r.status == http.StatusBadRequest || r.status == http.StatusNotFound) {
		return TokenInfo{}, false, nil
	}
	return TokenInfo{}, false, refusal(op, c.address, r)
}
