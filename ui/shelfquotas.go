package ui

import (
	"fmt"
	"strconv"

	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/sys"
)

// mostQuotas bounds how many quotas are read one by one: each read stands in the audit log.
const mostQuotas = 100

func (k stock) quotas() views.Shelf {
	return views.Shelf{
		Name: "Quotas", Needs: "list and read on sys/quotas/rate-limit", None: "No quota is set.",
		Columns: []components.Column{
			{Title: "NAME", Min: 12},
			{Title: "KIND", Priority: 4},
			{Title: "PATH", Min: 12, Grow: true},
			{Title: "RATE", Right: true},
			{Title: "PER", Priority: 1},
			{Title: "BLOCKS FOR", Priority: 2},
			{Title: "ROLE", Priority: 3},
		},
		Ask: func(views.Query) (views.Stock, error) { return k.quotaStock() },
	}
}

func (k stock) quotaStock() (views.Stock, error) {
	out := views.Stock{Facts: map[string][]views.Fact{}}
	names, err := k.sys().RateLimits(k.ctx)
	if err != nil {
		return out, err
	}
	for i, name := range names {
		if i == mostQuotas {
			out.Notes = append(out.Notes, fmt.Sprintf("The first %d are read, of %d.", mostQuotas, len(names)))
			break
		}
		q, err := k.sys().RateLimit(k.ctx, name)
		if err != nil {
			out.Rows = append(out.Rows, components.Row{ID: name, Cells: []components.Cell{text(name), muted("rate"), muted("not read: " + vault.Reason(err))}})
			continue
		}
		out.Rows = append(out.Rows, quotaRow(name, q))
		out.Facts[name] = factsOf("name", name, "path", whole(q.Path), "rate", rate(q.Rate)+" requests", "per", q.Interval.String(),
			"blocks for", ttl(q.Block), "role", q.Role, "", yes(q.Inheritable, "also holds in namespaces below").Text)
	}
	counts, err := k.sys().LeaseCounts(k.ctx)
	if err != nil && !vault.Is(err, vault.Unsupported) {
		out.Notes = append(out.Notes, "Quotas of leases could not be listed: "+vault.Reason(err)+".")
	}
	for _, name := range counts {
		id := "lease-count " + name
		out.Rows = append(out.Rows, components.Row{ID: id, Cells: []components.Cell{text(name), muted("leases")}})
		out.Facts[id] = factsOf("name", name, "kind", "lease count")
	}
	return out, nil
}

func quotaRow(name string, q sys.RateLimit) components.Row {
	return components.Row{ID: name, Cells: []components.Cell{
		text(name), muted("rate"), text(whole(q.Path)), text(rate(q.Rate)), text(q.Interval.String()), text(ttl(q.Block)), text(q.Role),
	}}
}

// whole says of what a quota without a path is.
func whole(path string) string {
	if path == "" {
		return "everything"
	}
	return path
}

func rate(r float64) string { return strconv.FormatFloat(r, 'f', -1, 64) }
