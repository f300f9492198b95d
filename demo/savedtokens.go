package demo

import (
	"crypto/sha256"
	"slices"
	"time"

	"warder/keys"
)

// savedToken is a token in a snapshot, which is encrypted.
type savedToken struct {
	ID                        []byte
	Accessor, Path, Display   string
	Policies                  []string
	Meta                      map[string]string
	Created, Expires, Renewed time.Time
	TTL, MaxTTL, Period       time.Duration
	Renewable, Orphan, Root   bool
	Uses                      int
	Parent                    string // its accessor
}

// saveTokens are all tokens but those that hold an answer back, in the order of their accessors.
func (c *Cluster) saveTokens() []savedToken {
	var out []savedToken
	for _, t := range c.tokens.byID {
		if t.wraps != nil {
			continue
		}
		s := savedToken{
			Accessor: t.accessor, Path: t.path, Display: t.display, Policies: t.policies, Meta: t.meta, Created: t.created, Expires: t.expires,
			Renewed: t.renewed, TTL: t.ttl, MaxTTL: t.maxTTL, Period: t.period, Renewable: t.renewable, Orphan: t.orphan, Uses: t.uses,
			Root: t.id.Equal(c.tokens.root),
		}
		t.id.Use(func(b []byte) { s.ID = slices.Clone(b) })
		if t.parent != nil {
			s.Parent = t.parent.accessor
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b savedToken) int { return slices.Compare([]byte(a.Accessor), []byte(b.Accessor)) })
	return out
}

// bringTokens puts the tokens of a snapshot in the place of those that there are: what was made since is gone, and what was revoked
// since is back. Answers that were held back at the time are so still.
func (c *Cluster) bringTokens(saved []savedToken, taken time.Time) {
	byAccessor := map[string]*token{}
	next := tokens{byID: map[[sha256.Size]byte]*token{}}
	for id, t := range c.tokens.byID {
		if t.wraps != nil && !t.created.After(taken) {
			next.byID[id] = t
		}
	}
	for _, s := range saved {
		t := &token{
			id: keys.NewSecret(slices.Clone(s.ID)), accessor: s.Accessor, path: s.Path, display: s.Display, policies: s.Policies, meta: s.Meta,
			created: s.Created, expires: s.Expires, renewed: s.Renewed, ttl: s.TTL, maxTTL: s.MaxTTL, period: s.Period,
			renewable: s.Renewable, orphan: s.Orphan, uses: s.Uses,
		}
		byAccessor[s.Accessor], next.byID[sha256.Sum256(s.ID)] = t, t
		if s.Root {
			next.root = t.id
		}
	}
	for _, s := range saved {
		byAccessor[s.Accessor].parent = byAccessor[s.Parent]
		clear(s.ID)
	}
	c.tokens = next
}
