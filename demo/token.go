package demo

import (
	"crypto/sha256"
	"net/http"
	"strings"
	"time"

	"warder/keys"
)

// token is one service token.
type token struct {
	id        keys.Secret
	accessor  string
	policies  []string
	path      string
	display   string
	meta      map[string]string
	created   time.Time
	ttl       time.Duration // at creation; 0: it does not expire
	maxTTL    time.Duration
	expires   time.Time
	period    time.Duration
	renewable bool
	renewed   time.Time
	orphan    bool
	uses      int // left; 0: any number
	parent    *token
	wraps     *wrapped // what a wrapping token holds
}

// tokens is the token store. It is looked up by the digest, so that no map has a token for a key.
type tokens struct {
	root keys.Secret
	byID map[[sha256.Size]byte]*token
}

const accessorLength = 24

// issue makes a token that is like the given one, with an id and an accessor of its own.
func (c *Cluster) issue(t token) *token {
	id := append([]byte(c.product.era().tokenPrefix), c.dice.base62(24)...)
	return c.file(t, keys.NewSecret(id))
}

// file puts a token with a known id into the store.
func (c *Cluster) file(t token, id keys.Secret) *token {
	t.id = id
	t.accessor = string(c.dice.base62(accessorLength))
	t.created = c.at
	if t.ttl > 0 {
		t.expires = c.at.Add(t.ttl)
	}
	if c.tokens.byID == nil {
		c.tokens.byID = map[[sha256.Size]byte]*token{}
	}
	id.Use(func(b []byte) { c.tokens.byID[sha256.Sum256(b)] = &t })
	return &t
}

func (c *Cluster) issueRoot() *token {
	return c.issue(token{policies: []string{"root"}, path: "auth/token/root", display: "root", orphan: true})
}

// find is the token with this id, if it has not expired.
func (c *Cluster) find(id []byte) *token {
	t := c.tokens.byID[sha256.Sum256(id)]
	if t == nil || !t.expires.IsZero() && !c.at.Before(t.expires) {
		return nil
	}
	return t
}

// presented is the token that a request carries, in either of the headers.
func (q *request) presented() string {
	if id := q.header.Get("X-Vault-Token"); id != "" {
		return id
	}
	id, _ := strings.CutPrefix(q.header.Get("Authorization"), "Bearer ")
	return id
}

func (q *request) identify() {
	if id := q.presented(); id != "" {
		q.token = q.c.find([]byte(id))
	}
}

// authorise wants a token with the capability that the method needs.
func (q *request) authorise(e *endpoint) *answer {
	if q.token == nil {
		return refused(q.denied())
	}
	granted := q.c.capabilities(q.token, q.within(q.path))
	if !granted.allow(q.method) || e != nil && e.sudo && !granted.allow(sudo) {
		return refused(refuseWrapped(http.StatusForbidden, "permission denied"))
	}
	if q.token.uses > 0 {
		if q.token.uses--; q.token.uses == 0 {
			q.c.revoke(q.token)
		}
	}
	return nil
}

// denied refuses; Vault tells a token that is unknown from a missing one.
//
// After the documentation: no recording shows Vault refusing an unknown token.
func (q *request) denied() answer {
	if q.presented() == "" || q.c.product.bao() {
		return refuse(http.StatusForbidden, "permission denied")
	}
	return refuse(http.StatusForbidden, "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n")
}

// revoke takes a token out of the store, and its children with it.
func (c *Cluster) revoke(t *token) {
	t.id.Use(func(b []byte) { delete(c.tokens.byID, sha256.Sum256(b)) })
	for _, child := range c.tokens.byID {
		if child.parent == t {
			c.revoke(child)
		}
	}
}

// tokenInfo is a token as lookups show it.
type tokenInfo struct {
	Accessor    string            `json:"accessor"`
	Created     int64             `json:"creation_time"`
	CreatedTTL  int64             `json:"creation_ttl"`
	Display     string            `json:"display_name"`
	Entity      string            `json:"entity_id"`
	Expires     *time.Time        `json:"expire_time"`
	MaxTTL      int64             `json:"explicit_max_ttl"`
	ID          string            `json:"id"`
	Issued      *time.Time        `json:"issue_time,omitempty"`
	LastRenewal *time.Time        `json:"last_renewal,omitempty"`
	RenewalTime int64             `json:"last_renewal_time,omitempty"`
	Meta        map[string]string `json:"meta"`
	Uses        int               `json:"num_uses"`
	Orphan      bool              `json:"orphan"`
	Path        string            `json:"path"`
	Period      int64             `json:"period,omitempty"`
	Policies    []string          `json:"policies"`
	Renewable   *bool             `json:"renewable,omitempty"`
	TTL         int64             `json:"ttl"`
	Type        string            `json:"type"`
}

// info describes a token; its id only to who already has it.
func (t *token) info(at time.Time, showID bool) tokenInfo {
	i := tokenInfo{
		Accessor: t.accessor, Created: t.created.Unix(), CreatedTTL: wholeSeconds(t.ttl), Display: t.display,
		MaxTTL: wholeSeconds(t.maxTTL), Meta: t.meta, Uses: t.uses, Orphan: t.orphan, Path: t.path,
		Policies: append([]string(nil), t.policies...), Period: wholeSeconds(t.period), Type: "service",
	}
	if showID {
		t.id.Use(func(b []byte) { i.ID = string(b) })
	}
	if t.path != "auth/token/root" {
		issued, renewable := t.created.UTC(), t.renewable
		i.Issued, i.Renewable = &issued, &renewable
	}
	if !t.expires.IsZero() {
		expires := t.expires.UTC()
		i.Expires, i.TTL = &expires, wholeSeconds(t.expires.Sub(at))
	}
	if !t.renewed.IsZero() {
		renewed := t.renewed.UTC()
		i.LastRenewal, i.RenewalTime = &renewed, renewed.Unix()
	}
	return i
}

func wholeSeconds(d time.Duration) int64 { return int64(d / time.Second) }

func getLookupSelf(q *request) answer {
	return q.dataOf("token", q.token.info(q.c.at, true))
}
