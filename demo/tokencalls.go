package demo

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"warder/keys"
)

// auth is the part of an answer that hands out a token.
type auth struct {
	Token         string            `json:"client_token"`
	Accessor      string            `json:"accessor"`
	Policies      []string          `json:"policies"`
	TokenPolicies []string          `json:"token_policies"`
	Metadata      map[string]string `json:"metadata"`
	LeaseDuration int64             `json:"lease_duration"`
	Renewable     bool              `json:"renewable"`
	Entity        string            `json:"entity_id"`
	Type          string            `json:"token_type"`
	Orphan        bool              `json:"orphan"`
	MFA           any               `json:"mfa_requirement"`
	Uses          int               `json:"num_uses"`
}

// handOutToken answers with a token, to be read once.
func (q *request) handOutToken(t *token) answer {
	e := q.frame("token")
	policies := append([]string(nil), t.policies...)
	e.Auth = &auth{
		Token: text(t.id), Accessor: t.accessor, Policies: policies, TokenPolicies: policies, Metadata: t.meta,
		Renewable: t.renewable, Type: "service", Orphan: t.orphan, Uses: t.uses,
	}
	if !t.expires.IsZero() {
		e.Auth.LeaseDuration = wholeSeconds(t.expires.Sub(q.c.at))
	}
	return reply(e)
}

type tokenRequest struct {
	ID        string            `json:"id"`
	Policies  []string          `json:"policies"`
	Meta      map[string]string `json:"meta"`
	NoParent  bool              `json:"no_parent"`
	NoDefault bool              `json:"no_default_policy"`
	Renewable *bool             `json:"renewable"`
	TTL       seconds           `json:"ttl"`
	MaxTTL    seconds           `json:"explicit_max_ttl"`
	Period    seconds           `json:"period"`
	Display   string            `json:"display_name"`
	Uses      number            `json:"num_uses"`
	Type      string            `json:"type"`
}

const systemTTL = 768 * time.Hour

func createToken(q *request) answer {
	var in tokenRequest
	if err := q.parse(&in); err != nil && len(q.body) > 0 {
		return refuse(http.StatusBadRequest, err.Error())
	}
	t, err := q.newToken(in)
	if err != nil {
		return refuse(http.StatusBadRequest, err.Error())
	}
	if in.ID != "" {
		return q.handOutToken(q.c.file(t, keys.NewSecret([]byte(in.ID))))
	}
	q.c.log("debug", "token", "token created", "display_name", t.display)
	return q.handOutToken(q.c.issue(t))
}

// newToken is a token as its parent may make it: without policies of its own it has the parent's.
func (q *request) newToken(in tokenRequest) (token, error) {
	root := slices.Contains(q.token.policies, "root")
	switch {
	case in.Type == "batch" && root:
		return token{}, errors.New("batch tokens cannot be root tokens")
	case in.Type == "batch":
		return token{}, errors.New("the demo makes no batch tokens")
	case strings.Contains(in.ID, "."):
		return token{}, errors.New("custom token ID cannot have a '.' in the value")
	case in.ID != "" && !root:
		return token{}, errors.New("root or sudo privileges required to specify token id")
	case !root && slices.ContainsFunc(in.Policies, func(p string) bool { return !slices.Contains(q.token.policies, p) }):
		return token{}, errors.New("child policies must be subset of parent")
	}
	t := token{
		policies: append([]string(nil), in.Policies...), path: "auth/token/create", display: "token", meta: in.Meta,
		orphan: in.NoParent, parent: q.token, renewable: in.Renewable == nil || *in.Renewable,
		ttl: time.Duration(in.TTL), maxTTL: time.Duration(in.MaxTTL), period: time.Duration(in.Period), uses: int(in.Uses),
	}
	if in.Display != "" {
		t.display += "-" + in.Display
	}
	if in.NoParent {
		t.parent = nil
	}
	if len(t.policies) == 0 {
		t.policies = append(t.policies, q.token.policies...)
	}
	if !in.NoDefault && !slices.Contains(t.policies, "root") && !slices.Contains(t.policies, "default") {
		t.policies = append(t.policies, "default")
	}
	slices.Sort(t.policies)
	t.limit()
	return t, nil
}

// limit settles how long the token lives: a root token for ever unless asked, any other at most as the system allows.
func (t *token) limit() {
	switch {
	case t.period > 0:
		t.ttl = t.period
	case t.ttl == 0 && t.maxTTL > 0:
		t.ttl = t.maxTTL
	case t.ttl == 0 && !slices.Contains(t.policies, "root"):
		t.ttl = systemTTL
	}
	if t.maxTTL > 0 {
		t.ttl = min(t.ttl, t.maxTTL)
	}
	if t.ttl == 0 {
		t.renewable = false
	}
}

func renewSelf(q *request) answer {
	var in struct {
		Increment seconds `json:"increment"`
	}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	t := q.token
	switch {
	case t.path == "auth/token/root":
		return refuse(http.StatusBadRequest, "invalid lease ID")
	case t.expires.IsZero() || !t.renewable:
		return refuse(http.StatusBadRequest, "lease is not renewable")
	}
	by := time.Duration(in.Increment)
	if t.period > 0 || by <= 0 {
		by = t.ttl
	}
	now := q.c.at
	t.expires, t.renewed = now.Add(min(by, systemTTL)), now
	if limit := t.created.Add(t.maxTTL); t.maxTTL > 0 && t.expires.After(limit) {
		t.expires = limit
	}
	return q.handOutToken(t)
}

func revokeSelf(q *request) answer {
	q.c.revoke(q.token)
	return noContent()
}

// byAccessor finds a token by the accessor in the request.
func (q *request) byAccessor() (*token, *answer) {
	var in struct {
		Accessor string `json:"accessor"`
	}
	if bad := q.decode(&in); bad != nil {
		return nil, bad
	}
	if in.Accessor == "" {
		return nil, refused(refuseWrapped(http.StatusBadRequest, "missing accessor"))
	}
	for _, t := range q.c.tokens.byID {
		if t.accessor == in.Accessor && (t.expires.IsZero() || q.c.at.Before(t.expires)) {
			return t, nil
		}
	}
	return nil, nil
}

func lookupAccessor(q *request) answer {
	t, no := q.byAccessor()
	switch {
	case no != nil:
		return *no
	case t == nil:
		return refuseWrapped(http.StatusBadRequest, "invalid accessor")
	}
	return q.dataOf("token", t.info(q.c.at, false))
}

func revokeAccessor(q *request) answer {
	t, no := q.byAccessor()
	switch {
	case no != nil:
		return *no
	case t == nil:
		e := q.frame("token")
		e.Warnings = []string{"No token found with this accessor"}
		return reply(e)
	}
	q.c.revoke(t)
	return noContent()
}

func listAccessors(q *request) answer {
	accessors := []string{}
	for _, t := range q.c.tokens.byID {
		accessors = append(accessors, t.accessor)
	}
	slices.Sort(accessors)
	return q.dataOf("token", map[string]any{"keys": accessors})
}
