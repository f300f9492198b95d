package demo

import (
	"net/http"
	"slices"
	"strings"
)

// grant is a set of capabilities.
type grant []string

const sudo = "sudo"

// needs is the capability that a method asks for.
var needs = map[string]string{
	http.MethodGet: "read", http.MethodPut: "update", http.MethodPost: "update",
	http.MethodPatch: "patch", http.MethodDelete: "delete", "LIST": "list", sudo: sudo,
}

func (g grant) allow(method string) bool {
	return slices.Contains(g, "root") || slices.Contains(g, needs[method])
}

// capabilities is what the token's policies grant on a path, in order: what they say of the one pattern that fits best. It is "deny" if
// they say nothing of it, or one of them denies.
//
// After the source of OpenBao: that the best pattern alone counts, and which it is.
func (c *Cluster) capabilities(t *token, path string) grant {
	if slices.Contains(t.policies, "root") {
		return grant{"root"}
	}
	best, found := "", false
	held := c.policiesOf(t)
	for _, p := range held {
		for pattern := range p.Grants {
			if fits(pattern, path) && (!found || finer(pattern, best)) {
				best, found = pattern, true
			}
		}
	}
	var all grant
	for _, p := range held {
		all = append(all, p.Grants[best]...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) == 0 || slices.Contains(all, "deny") {
		return grant{"deny"}
	}
	return all
}

func (c *Cluster) policiesOf(t *token) []*policyText {
	var out []*policyText
	for _, name := range t.policies {
		if p := c.policy(c.holdings, name); p != nil {
			out = append(out, p)
		}
	}
	return out
}

// finer says that of two patterns that fit a path the first says more of it: its first wildcard stands later, it does not end in one,
// it has fewer parts that are, or it is longer.
func finer(a, b string) bool {
	order := func(p string) []int {
		wild := strings.IndexAny(p, "+*")
		if wild < 0 {
			wild = len(p) + 1<<16
		}
		open := 0
		if strings.HasSuffix(p, "*") {
			open = -1
		}
		return []int{wild, open, -strings.Count(p, "+"), len(p)}
	}
	if c := slices.Compare(order(a), order(b)); c != 0 {
		return c > 0
	}
	return a > b
}

// fits says whether a path is a pattern's: a + is any one part, and a * at the end is all that follows.
func fits(pattern, path string) bool {
	prefix, open := strings.CutSuffix(pattern, "*")
	parts, given := strings.Split(prefix, "/"), strings.Split(path, "/")
	if len(given) < len(parts) || !open && len(given) != len(parts) {
		return false
	}
	for i, part := range parts {
		last := open && i == len(parts)-1
		if part != "+" && part != given[i] && !(last && strings.HasPrefix(strings.Join(given[i:], "/"), part)) {
			return false
		}
	}
	return true
}

func putCapabilitiesSelf(q *request) answer { return q.capabilitiesOf(q.token) }

func putCapabilitiesOfToken(q *request) answer {
	var in struct {
		Token string `json:"token"`
	}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	if in.Token == "" {
		return refuseWrapped(http.StatusInternalServerError, "no token found")
	}
	t := q.c.find([]byte(in.Token))
	if t == nil {
		return refuseWrapped(http.StatusBadRequest, "invalid token")
	}
	return q.capabilitiesOf(t)
}

func putCapabilitiesOfAccessor(q *request) answer {
	t, no := q.byAccessor()
	switch {
	case no != nil:
		return *no
	case t == nil:
		return refuseWrapped(http.StatusBadRequest, "invalid accessor")
	}
	return q.capabilitiesOf(t)
}

func (q *request) capabilitiesOf(t *token) answer {
	in := struct {
		Path  any `json:"path"`
		Paths any `json:"paths"`
	}{}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	paths := append(texts(in.Paths), texts(in.Path)...)
	if len(paths) == 0 {
		return refuse(http.StatusBadRequest, "paths must be supplied")
	}
	granted := map[string]any{}
	for _, path := range paths {
		granted[path] = q.c.capabilities(t, q.within(path))
	}
	if len(paths) == 1 {
		granted["capabilities"] = granted[paths[0]]
	}
	return q.dataOnTop(granted)
}

// texts reads a list of strings, or one string with commas.
func texts(value any) []string {
	switch v := value.(type) {
	case string:
		return strings.Split(v, ",")
	case []any:
		var out []string
		for _, item := range v {
			if s, ok := item.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}
