package demo

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
)

// policyText is an ACL policy as its author wrote it, and what it grants.
type policyText struct {
	Text   string
	Grants map[string]grant
}

// builtinPolicies are those that no list shows and nobody changes. The monitor reads all that a console shows and can change nothing.
//
// After the documentation: monitor is the demo's own, and default has what concerns the demo's endpoints.
var builtinPolicies = map[string]*policyText{
	"response-wrapping": mustParse("path \"cubbyhole/response\" {\n  capabilities = [\"create\", \"read\"]\n}\n" +
		"path \"sys/wrapping/unwrap\" {\n  capabilities = [\"update\"]\n}\n"),
	"monitor": mustParse("path \"sys/*\" {\n  capabilities = [\"read\", \"list\"]\n}\n"),
}

// mustParse is a policy whose text is this program's own.
func mustParse(text string) *policyText {
	granted, err := parsePolicy(text)
	if err != nil {
		panic("a policy of the demo: " + err.Error())
	}
	return &policyText{text, granted}
}

// policy finds a policy by its name.
func (c *Cluster) policy(h *holdings, name string) *policyText {
	if p := h.Policies[name]; p != nil {
		return p
	}
	if h != c.holdings {
		return nil
	}
	return builtinPolicies[name]
}

// The words are a real OpenBao's; Vault's are taken to be the same.

func listPolicies(q *request) answer {
	return q.data(map[string]any{"keys": sortedNames(q.holds().Policies)})
}

// listOldPolicies is the endpoint of before there were kinds: it tells the names twice, and all of it twice.
func listOldPolicies(q *request) answer {
	names := sortedNames(q.holds().Policies)
	return q.dataOnTop(map[string]any{"keys": names, "policies": names})
}

// getPolicy gives the text under the name that the endpoint has for it.
//
// After the source of OpenBao: the fields that it adds.
func getPolicy(field string) handler {
	return func(q *request) answer {
		name := strings.ToLower(q.name)
		p := q.c.policy(q.holds(), name)
		if p == nil {
			return nothingListed(q)
		}
		out := map[string]any{"name": name, field: p.Text}
		if q.c.product.bao() {
			out["version"], out["cas_required"] = 0, false
			out["allow_wildcards_in_identity_templates"], out["allow_slashes_in_identity_templates"] = false, false
		}
		if field == "rules" {
			return q.dataOnTop(out)
		}
		return q.data(out)
	}
}

// putPolicy writes a policy under its name in small letters, of which the answer warns where it was not so.
func putPolicy(q *request) answer {
	var in struct {
		Policy string `json:"policy"`
		Rules  string `json:"rules"`
	}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	if in.Policy == "" {
		in.Policy = in.Rules
	}
	if in.Policy == "" {
		return refuse(http.StatusBadRequest, "'policy' parameter not supplied or empty")
	}
	if plain, err := base64.StdEncoding.DecodeString(in.Policy); err == nil {
		in.Policy = string(plain)
	}
	granted, err := parsePolicy(in.Policy)
	if err != nil {
		return refuse(http.StatusBadRequest, "failed to parse policy: "+err.Error())
	}
	name := strings.ToLower(q.name)
	if immutable(name) {
		return refuse(http.StatusBadRequest, fmt.Sprintf("cannot update %q policy", name))
	}
	q.holds().Policies[name] = &policyText{in.Policy, granted}
	if name != q.name {
		e := q.frame("system")
		e.Warnings = []string{"policy name was converted to " + name}
		return reply(e)
	}
	return noContent()
}

func immutable(name string) bool { return name == "root" || name == "response-wrapping" }

func deletePolicy(q *request) answer {
	name := strings.ToLower(q.name)
	switch {
	case name == "default":
		return refuse(http.StatusBadRequest, "cannot delete default policy")
	case immutable(name):
		return refuse(http.StatusBadRequest, fmt.Sprintf("cannot delete %q policy", name))
	}
	delete(q.holds().Policies, name)
	return noContent()
}

// everybody is the policy that each token has. No policy that was parsed is changed, so that it can be shared.
var everybody = mustParse(defaultPolicy)

// defaultPolicy is the text of what every token has, as far as the demo goes.
const defaultPolicy = `# what every token may do with itself
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "auth/token/revoke-self" {
  capabilities = ["update"]
}
path "sys/capabilities-self" {
  capabilities = ["update"]
}
path "sys/leases/lookup" {
  capabilities = ["update"]
}
path "sys/leases/renew" {
  capabilities = ["update"]
}
path "sys/wrapping/lookup" {
  capabilities = ["update"]
}
path "sys/wrapping/unwrap" {
  capabilities = ["update"]
}
path "sys/wrapping/wrap" {
  capabilities = ["update"]
}
path "cubbyhole/*" {
  capabilities = ["create", "read", "update", "delete", "list"]
}
`
