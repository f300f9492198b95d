package vault

import (
	"context"
	"errors"
	"net/http"
	"time"

	"warder/keys"
)

// Wrapping is what a server tells of a wrapped answer to whoever holds its token.
type Wrapping struct {
	Path    string // of the call whose answer was wrapped
	Created time.Time
	Life    time.Duration // from then on
}

const pathWrapping = "sys/wrapping/"

// Wrap sends POST sys/wrapping/wrap, once, with a JSON object: the answer is a token that gives the object to who unwraps it first,
// and to nobody once the life is over. It needs a token with update on the path, which the default policy gives.
func (c *Client) Wrap(ctx context.Context, object keys.Secret, life time.Duration) (keys.Secret, error) {
	const op = pathWrapping + "wrap"
	var body []byte
	object.Use(func(b []byte) { body = append(body, b...) })
	r, err := c.sealed(ctx, call{method: http.MethodPost, path: op, body: body, token: true, inNS: true, wrap: life, secret: true})
	return taken(c, op, r, err, decodeWrapping)
}

// Unwrap sends POST sys/wrapping/unwrap with the wrapping token in place of our own, once, and gives the data of the wrapped answer
// as JSON. The token is used up by it, whatever becomes of the answer.
func (c *Client) Unwrap(ctx context.Context, token keys.Secret) (keys.Secret, error) {
	const op = pathWrapping + "unwrap"
	r, err := c.sealed(ctx, call{method: http.MethodPost, path: op, body: []byte("{}"), token: true, bearer: &token, inNS: true, secret: true})
	return taken(c, op, r, err, decodeUnwrapped)
}

// LookupWrapping sends POST sys/wrapping/lookup, which changes nothing and needs no token but the one that is asked about. One
// that was used, or whose time is over, is an error of the kind Refused.
func (c *Client) LookupWrapping(ctx context.Context, token keys.Secret) (Wrapping, error) {
	const op = pathWrapping + "lookup"
	r, err := c.sealed(ctx, call{method: http.MethodPost, path: op, body: tokenBody(token), inNS: true, reads: true, secret: true})
	return taken(c, op, r, err, decodeLookedUp)
}

// RewrapToken sends POST sys/wrapping/rewrap, once: a new token wraps the same answer for as long as at first, and the old one is
// used up. It needs a token with update on the path.
func (c *Client) RewrapToken(ctx context.Context, token keys.Secret) (keys.Secret, error) {
	const op = pathWrapping + "rewrap"
	r, err := c.sealed(ctx, call{method: http.MethodPost, path: op, body: tokenBody(token), token: true, inNS: true, secret: true})
	return taken(c, op, r, err, decodeWrapping)
}

// sealed sends a call with a secret in its body and wipes that; taken wipes the answer.
func (c *Client) sealed(ctx context.Context, k call) (reply, error) {
	defer clear(k.body)
	r, err := c.do(ctx, k)
	if err == nil && r.status != http.StatusOK {
		err = refusal(k.path, c.address, r)
	}
	return r, err
}

// taken decodes an answer with a secret in it and wipes that.
func taken[T any](c *Client, op string, r reply, err error, decode func([]byte) (T, error)) (T, error) {
	defer clear(r.body)
	if err != nil {
		var zero T
		return zero, err
	}
	v, err := decode(r.body)
	if err != nil {
		return v, &Error{Op: op, Address: c.address, Kind: Malformed, Status: r.status, Cause: err}
	}
	return v, nil
}

// wireObject is a secret object, as it stands in the answer.
type wireObject struct{ keys.Secret }

// UnmarshalJSON keeps the bytes.
func (w *wireObject) UnmarshalJSON(raw []byte) error {
	switch {
	case string(raw) == "null":
		return nil
	case raw[0] != '{':
		return errNoObject
	}
	w.Secret = keys.NewSecret(append([]byte(nil), raw...))
	return nil
}

var errNoObject = errors.New("what was wrapped is no object")

// decodeUnwrapped reads the data of an answer that was wrapped. One that gave a token has it beside the data.
func decodeUnwrapped(body []byte) (keys.Secret, error) {
	var w struct {
		Data wireObject `json:"data"`
		Auth wireObject `json:"auth"`
	}
	if err := decode(body, &w); err != nil {
		return keys.Secret{}, err
	}
	if !w.Data.Empty() {
		return w.Data.Secret, nil
	}
	if !w.Auth.Empty() {
		return w.Auth.Secret, nil
	}
	return keys.Secret{}, errNoData
}

func decodeLookedUp(body []byte) (Wrapping, error) {
	w, err := decodeData[struct {
		Path    string  `json:"creation_path"`
		Created string  `json:"creation_time"`
		Life    float64 `json:"creation_ttl"`
	}](body)
	if err != nil {
		return Wrapping{}, err
	}
	at, err := parseTime(w.Created)
	if err != nil {
		return Wrapping{}, err
	}
	return Wrapping{clean(w.Path), at, time.Duration(w.Life * float64(time.Second))}, nil
}
