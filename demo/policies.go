package demo

import (
	"fmt"
	"net/http"
)

// policyText is an ACL policy as its author wrote it, and what it grants.
type policyText struct {
	Text   string
	Grants map[string]grant
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
func getPolicy(field string) handler {
	return func(q *request) answer {
		p := q.holds().Policies[q.name]
		if p == nil {
			return nothingListed(q)
		}
		out := map[string]any{"name": q.name, field: p.Text}
		if field == "rules" {
			return q.dataOnTop(out)
		}
		return q.data(out)
	}
}

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
	switch {
	case in.Policy == "":
		return refuse(http.StatusBadRequest, "'policy' parameter not supplied or empty")
	case q.name == "root":
		return refuse(http.StatusBadRequest, "cannot update \"root\" policy")
	}
	granted, err := parsePolicy(in.Policy)
	if err != nil {
		return refuse(http.StatusBadRequest, "failed to parse policy: "+err.Error())
	}
	q.holds().Policies[q.name] = &policyText{in.Policy, granted}
	return noContent()
}

func deletePolicy(q *request) answer {
	switch q.name {
	case "default":
		return refuse(http.StatusBadRequest, "cannot delete default policy")
	case "root":
		return refuse(http.StatusBadRequest, fmt.Sprintf("cannot delete %q policy", q.name))
	}
	delete(q.holds().Policies, q.name)
	return noContent()
}

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
path "cubbyhole/*" {
  capabilities = ["create", "read", "update", "delete", "list"]
}
`
