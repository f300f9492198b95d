package vault

import (
	"context"
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
	Path        string // of the login or creation, below which its lease is
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
	Path        string   `json:"path"`
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
		Expires: w.ExpireTime != nil || w.TTL > 0, Renewable: w.Renewable, Accessor: clean(w.Accessor), Path: clean(w.Path),
	}
	for _, p := range append(w.Policies, w.Identity...) {
		t.Policies = append(t.Policies, clean(p))
	}
	return t, nil
}
