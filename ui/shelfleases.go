package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"warder/ui/components"
	"warder/ui/views"
	"warder/vault/rules"
	"warder/vault/sys"
)

func (k stock) leases() views.Shelf {
	return views.Shelf{
		Name: "Leases", Folders: true, Needs: "list and sudo on sys/leases/lookup", None: "There is no lease.",
		Columns: []components.Column{{Title: "LEASE, OR FOLDER", Min: 20, Grow: true}},
		Ask:     k.leaseStock,
		Look:    k.lease,
		Count: func(id string) (views.Leaf, error) {
			n, err := reckon(k.stage, k.sys(), strings.Trim(id, "/"))
			return views.Leaf{Title: "Leases", Facts: factsOf("below", id, "there are", n.String())}, err
		},
	}
}

// leaseStock lists what is right below a folder. The IDs of rows are whole, so that they can be looked up and gone into.
func (k stock) leaseStock(q views.Query) (views.Stock, error) {
	page, err := k.sys().Leases(k.ctx, q.Below, q.Want)
	out := views.Stock{Page: &page}
	for _, name := range page.Names {
		out.Rows = append(out.Rows, components.Row{ID: q.Below + name, Cells: []components.Cell{text(name)}})
	}
	if err == nil && q == (views.Query{}) {
		out.Notes = k.irrevocable()
	}
	return out, err
}

// irrevocable says which leases the servers could not revoke. Where that is not told, nothing is said.
func (k stock) irrevocable() []string {
	n, err := k.sys().IrrevocableLeases(k.ctx)
	if err != nil || n.Total == 0 {
		return nil
	}
	paths := map[string]string{}
	if all, err := k.sys().Mounts(k.ctx); err == nil {
		for _, m := range all {
			paths[m.Accessor] = m.Path
		}
	}
	var where []string
	for _, accessor := range slices.Sorted(maps.Keys(n.ByMount)) {
		name := accessor
		if paths[accessor] != "" {
			name = paths[accessor]
		}
		where = append(where, fmt.Sprintf("%d of %s", n.ByMount[accessor], name))
	}
	return []string{count(n.Total, "lease", "leases") + " could not be revoked: " + strings.Join(where, ", ") + ". What they were for may live on."}
}

func (k stock) lease(id string) (views.Leaf, error) {
	l, err := k.sys().Lease(k.ctx, id)
	return views.Leaf{Title: "Lease", Facts: k.leaseFacts(l)}, err
}

func (k stock) leaseFacts(l sys.Lease) []views.Fact {
	life := "it does not expire"
	if l.Expires != "" {
		life = l.TTL.Round(time.Second).String() + " left, until " + l.Expires
	}
	return factsOf("id", l.ID, "life", life, "renewable", map[bool]string{true: "yes", false: "no"}[l.Renewable],
		"to revoke it", rules.Command(k.node, "lease revoke", l.ID))
}

func (k stock) namespaces() views.Shelf {
	return views.Shelf{
		Name: "Namespaces", Needs: "list on sys/namespaces", None: "There is no namespace below this one.",
		Columns: []components.Column{
			{Title: "PATH", Min: 16},
			{Title: "ID", Priority: 2},
			{Title: "STATE", Priority: 1},
			{Title: "METADATA", Priority: 3, Grow: true},
		},
		Ask: func(views.Query) (views.Stock, error) {
			all, err := k.sys().Namespaces(k.ctx)
			out := views.Stock{Facts: map[string][]views.Fact{}}
			for _, n := range all {
				state := strings.Join(slices.DeleteFunc([]string{yes(n.Locked, "API locked").Text, yes(n.Tainted, "being deleted").Text}, func(s string) bool { return s == "" }), ", ")
				out.Rows = append(out.Rows, components.Row{ID: n.Path, Cells: []components.Cell{text(n.Path), muted(n.ID), text(state), muted(options(n.Metadata))}})
				out.Facts[n.Path] = append(factsOf("path", n.Path, "id", n.ID, "state", state, "metadata", options(n.Metadata)),
					factsOf("to look into it", "warder --namespace "+strings.TrimSuffix(n.Path, "/"))...)
			}
			return out, err
		},
	}
}
