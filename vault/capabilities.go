package vault

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"warder/keys"
)

// Capabilities are what our token may do, by path.
type Capabilities map[string][]string

// May says whether the token has one of the capabilities on the path.
func (p Capabilities) May(path string, any ...string) bool {
	for _, c := range p[path] {
		if c == "root" || slices.Contains(any, c) {
			return true
		}
	}
	return false
}

// CapabilitiesSelf asks POST sys/capabilities-self, which reads although it is a POST, in the token's namespace.
func (c *Client) CapabilitiesSelf(ctx context.Context, paths ...string) (Capabilities, error) {
	const op = "sys/capabilities-self"
	body, err := json.Marshal(map[string][]string{"paths": paths})
	if err != nil {
		return nil, err
	}
	r, err := c.sealed(ctx, call{method: http.MethodPost, path: op, body: body, reads: true, token: true, inNS: true})
	return taken(c, op, r, err, capabilitiesOn(paths))
}

// Capabilities asks POST sys/capabilities, which reads although it is a POST: what the token given may do, told to ours. It needs
// a token with update on the path.
func (c *Client) Capabilities(ctx context.Context, token keys.Secret, paths ...string) (Capabilities, error) {
	const op = "sys/capabilities"
	list, err := json.Marshal(paths)
	if err != nil {
		return nil, err
	}
	// Room enough, so that growing leaves no copy of the token behind.
	inner := tokenBody(token)
	body := make([]byte, 0, len(inner)+len(list)+len(`,"paths":}`))
	body = append(body, inner[:len(inner)-1]...)
	clear(inner)
	body = append(append(append(body, `,"paths":`...), list...), '}')
	r, err := c.sealed(ctx, call{method: http.MethodPost, path: op, body: body, reads: true, token: true, inNS: true, secret: true})
	return taken(c, op, r, err, capabilitiesOn(paths))
}

// CapabilitiesOfAccessor asks POST sys/capabilities-accessor, likewise, for a token that is known by its accessor.
func (c *Client) CapabilitiesOfAccessor(ctx context.Context, accessor string, paths ...string) (Capabilities, error) {
	const op = "sys/capabilities-accessor"
	body, err := json.Marshal(map[string]any{"accessor": accessor, "paths": paths})
	if err != nil {
		return nil, err
	}
	r, err := c.sealed(ctx, call{method: http.MethodPost, path: op, body: body, reads: true, token: true, inNS: true})
	return taken(c, op, r, err, capabilitiesOn(paths))
}

func capabilitiesOn(paths []string) func([]byte) (Capabilities, error) {
	return func(body []byte) (Capabilities, error) { return decodeCapabilities(body, paths) }
}

func decodeCapabilities(body []byte, paths []string) (Capabilities, error) {
	w, err := decodeData[map[string]json.RawMessage](body)
	if err != nil {
		return nil, err
	}
	out := Capabilities{}
	for _, path := range paths {
		var list []string
		if json.Unmarshal(w[path], &list) != nil {
			return nil, errors.New("the capabilities of " + path + " are missing")
		}
		for _, c := range list {
			out[path] = append(out[path], clean(c))
		}
	}
	return out, nil
}
