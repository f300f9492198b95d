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
	http.MethodDelete: "delete", "LIST": "list", sudo: sudo,
}

func (g grant) allow(method string) bool {
	return slices.Contains(g, "root") || slices.Contains(g, needs[method])
}

// policies is what the demo's policies grant, by path; a trailing * matches the rest. Besides root and default there
// is monitor, which reads all that a console shows and can change nothing.
//
// After the documentation: monitor is the demo's own, and default has what concerns the demo's endpoints.
var policies = map[string]map[string]grant{
	"root": {"*": {"root"}},
	"default": {
		"auth/token/lookup-self": {"read"},
		"auth/token/renew-self":  {"update"},
		"auth/token/revoke-self": {"update"},
		"sys/capabilities-self":  {"update"},
		"sys/wrapping/lookup":    {"update"},
		"sys/wrapping/unwrap":    {"update"},
		"sys/wrapping/wrap":      {"update"},
		"cubbyhole/*":            {"create", "delete", "list", "read", "update"},
	},
	"monitor":           {"sys/*": {"read", "list"}},
	"response-wrapping": {"sys/wrapping/unwrap": {"update"}},
}

// capabilities is what the token's policies grant on a path, in order; "deny" if nothing.
func (c *Cluster) capabilities(t *token, path string) grant {
	var all grant
	for _, name := range t.policies {
		grants := policies[name]
		if written := c.holdings.Policies[name]; written != nil && written.Grants != nil {
			grants = written.Grants
		}
		for pattern, granted := range grants {
			prefix, wild := strings.CutSuffix(pattern, "*")
			if path == pattern || wild && strings.HasPrefix(path, prefix) {
				all = append(all, granted...)
			}
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) == 0 {
		return grant{"deny"}
	}
	return all
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
		granted[path] = q.c.capabilities(t, path)
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
