package ui

import (
	"fmt"
	"strings"

	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/sys"
)

// policyKinds are the kinds of policy by what people call them. The last two are Vault Enterprise's.
var policyKinds = []struct {
	name string
	kind sys.PolicyKind
}{{"acl", sys.ACL}, {"rgp", sys.RGP}, {"egp", sys.EGP}}

func (k stock) policies() views.Shelf {
	return views.Shelf{
		Name: "Policies", Needs: "list on sys/policies/acl", None: "There is no policy.",
		Columns: []components.Column{{Title: "NAME", Min: 20, Grow: true}, {Title: "KIND", Priority: 1}},
		Ask:     k.policyStock,
		Look: func(id string) (views.Leaf, error) {
			kind, name, _ := strings.Cut(id, " ")
			for _, p := range policyKinds {
				if p.name == kind {
					return k.policy(p.kind, name)
				}
			}
			return views.Leaf{}, fmt.Errorf("%q is no kind of policy", kind)
		},
	}
}

// policyStock lists the ACL policies, page by page, and beside the first page those kinds that only Vault Enterprise has.
func (k stock) policyStock(q views.Query) (views.Stock, error) {
	page, err := k.sys().ListPage(k.ctx, string(sys.ACL), true, q.Want)
	out := views.Stock{Page: &page}
	for _, name := range page.Names {
		out.Rows = append(out.Rows, policyRow("acl", name))
	}
	if err != nil || q.Want != (vault.Want{}) {
		return out, err
	}
	for _, p := range policyKinds[1:] {
		names, err := k.sys().Policies(k.ctx, p.kind)
		if err != nil && !vault.Is(err, vault.Unsupported) {
			out.Notes = append(out.Notes, strings.ToUpper(p.name)+" policies could not be listed: "+vault.Reason(err)+".")
		}
		for _, name := range names {
			out.Rows = append(out.Rows, policyRow(p.name, name))
		}
	}
	return out, nil
}

func policyRow(kind, name string) components.Row {
	return components.Row{ID: kind + " " + name, Cells: []components.Cell{text(name), muted(kind)}}
}

func (k stock) policy(kind sys.PolicyKind, name string) (views.Leaf, error) {
	p, err := k.sys().Policy(k.ctx, kind, name)
	out := views.Leaf{Title: "Policy " + name, Lines: views.Prose(p.Text)}
	switch {
	case name == "root" && p.Text == "":
		out.Facts = factsOf("", "It has no text: it permits everything.")
	case p.Text == "":
		out.Facts = factsOf("", "It has no text, and permits nothing.")
	}
	out.Facts = append(out.Facts, factsOf("enforcement", p.Enforcement, "paths", strings.Join(p.Paths, ", "))...)
	return out, err
}
