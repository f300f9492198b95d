package sys

import (
	"context"
	"net/http"

	"warder/vault"
)

// PolicyKind is which policies are meant.
type PolicyKind string

// The kinds of policy.
const (
	ACL PolicyKind = "sys/policies/acl"
	RGP PolicyKind = "sys/policies/rgp" // Vault Enterprise: on identities
	EGP PolicyKind = "sys/policies/egp" // Vault Enterprise: on paths
	Old PolicyKind = "sys/policy"       // the endpoint before kinds; ACL policies
)

// Policy is one policy. Its text is as the server gave it: it may have tabs and line ends, and has to be cleaned line by line
// before it is shown.
type Policy struct {
	Name, Text  string
	Enforcement string   // of RGP and EGP: advisory, soft-mandatory or hard-mandatory
	Paths       []string // of EGP
}

// Policies asks LIST {kind}; the old endpoint answers GET. It needs list, and there read. Where a product has no such kind it is
// an error of the kind Unsupported.
func (c Client) Policies(ctx context.Context, kind PolicyKind) ([]string, error) {
	if kind != Old {
		return c.List(ctx, string(kind), true)
	}
	var w struct {
		Names []string `json:"policies"`
	}
	err := c.get(ctx, string(kind), &w)
	out := make([]string, 0, len(w.Names))
	for _, n := range w.Names {
		out = append(out, vault.Clean(n))
	}
	return out, err
}

// Policy asks GET {kind}/{name}. It needs read. One that is not there is an error of the kind Unsupported, for the servers answer
// 404.
func (c Client) Policy(ctx context.Context, kind PolicyKind, name string) (Policy, error) {
	var w struct {
		Name        string   `json:"name"`
		Text        string   `json:"policy"`
		Rules       string   `json:"rules"` // what the old endpoint calls it
		Enforcement string   `json:"enforcement_level"`
		Paths       []string `json:"paths"`
	}
	if err := c.read(ctx, string(kind), name, "", &w); err != nil {
		return Policy{}, err
	}
	p := Policy{Name: vault.Clean(w.Name), Text: w.Text, Enforcement: vault.Clean(w.Enforcement)}
	if p.Text == "" {
		p.Text = w.Rules
	}
	for _, path := range w.Paths {
		p.Paths = append(p.Paths, vault.Clean(path))
	}
	return p, nil
}

// SetPolicy sends PUT {kind}/{name}, once: it makes the policy, or replaces it whole. It needs create or update; RGP and EGP sudo,
// too.
func (c Client) SetPolicy(ctx context.Context, kind PolicyKind, p Policy) error {
	return c.send(ctx, http.MethodPut, string(kind), p.Name, struct {
		Text        string   `json:"policy"`
		Enforcement string   `json:"enforcement_level,omitempty"`
		Paths       []string `json:"paths,omitempty"`
	}{p.Text, p.Enforcement, p.Paths})
}

// DeletePolicy sends DELETE {kind}/{name}, once. It needs delete. One that is not there is no error.
func (c Client) DeletePolicy(ctx context.Context, kind PolicyKind, name string) error {
	return c.delete(ctx, string(kind), name)
}
