package vault

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"
)

// TokenInfo is what the server says of our own token. The token itself, which the answer repeats, is not read.
type TokenInfo struct {
	DisplayName string
	Policies    []string
	TTL         time.Duration // 0 with Expires false: it does not expire
	Expires     bool
	Renewable   bool
	Accessor    string
}

// Root says that it is a root token.
func (t TokenInfo) Root() bool { return slices.Contains(t.Policies, "root") }

type wireToken struct {
	DisplayName string   `json:"display_name"`
	Policies    []string `json:"policies"`
	Identity    []string `json:"identity_policies"`
	TTL         int64    `json:"ttl"`
	ExpireTime  *string  `json:"expire_time"`
	Renewable   bool     `json:"renewable"`
	Accessor    string   `json:"accessor"`
}

// LookupSelf asks GET auth/token/lookup-self, in the token's namespace. Every token may.
func (c *Client) LookupSelf(ctx context.Context) (TokenInfo, error) {
	return ask(ctx, c, call{path: "auth/token/lookup-self", token: true, inNS: true}, decodeToken)
}

func decodeToken(body []byte) (TokenInfo, error) {
	w, err := decodeData[wireToken](body)
	if err != nil {
		return TokenInfo{}, err
	}
	t := TokenInfo{
		DisplayName: clean(w.DisplayName), TTL: time.Duration(w.TTL) * time.Second,
		Expires: w.ExpireTime != nil || w.TTL > 0, Renewable: w.Renewable, Accessor: clean(w.Accessor),
	}
	for _, p := range append(w.Policies, w.Identity...) {
		t.Policies = append(t.Policies, clean(p))
	}
	return t, nil
}

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
	r, err := c.do(ctx, call{method: http.MethodPost, path: op, body: body, reads: true, token: true, inNS: true})
	switch {
	case err != nil:
		return nil, err
	case r.status != http.StatusOK:
		return nil, refusal(op, c.address, r)
	}
	p, err := decodeCapabilities(r.body, paths)
	if err != nil {
		return nil, &Error{Op: op, Address: c.address, Kind: Malformed, Status: r.status, Cause: err}
	}
	return p, nil
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
