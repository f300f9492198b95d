package ui

import (
	"maps"
	"slices"
	"strings"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault/sys"
)

var mountColumns = []components.Column{
	{Title: "PATH", Min: 12},
	{Title: "TYPE"},
	{Title: "VERSION", Priority: 3},
	{Title: "DEFAULT TTL", Priority: 4},
	{Title: "MAX TTL", Priority: 4},
	{Title: "OPTIONS", Priority: 5, Max: 24},
	{Title: "", Priority: 2},
	{Title: "DESCRIPTION", Priority: 1, Min: 28, Grow: true},
}

func (k stock) mounts() views.Shelf {
	return views.Shelf{
		Name: "Mounts", Needs: "read on sys/mounts", None: "No secrets engine is mounted.", Columns: mountColumns,
		Ask: func(views.Query) (views.Stock, error) {
			all, err := k.sys().Mounts(k.ctx)
			return mountStock(all), err
		},
	}
}

func (k stock) authMethods() views.Shelf {
	return views.Shelf{
		Name: "Auth methods", Needs: "read on sys/auth", None: "No auth method is enabled.", Columns: mountColumns,
		Ask: func(views.Query) (views.Stock, error) {
			all, err := k.sys().AuthMethods(k.ctx)
			return mountStock(all), err
		},
	}
}

func mountStock(all []sys.Mount) views.Stock {
	out := views.Stock{Facts: map[string][]views.Fact{}}
	for _, m := range all {
		marks := strings.Join(slices.DeleteFunc([]string{yes(m.Local, "local").Text, yes(m.SealWrap, "seal-wrapped").Text}, func(s string) bool { return s == "" }), ", ")
		out.Rows = append(out.Rows, components.Row{ID: m.Path, Cells: []components.Cell{
			text(m.Path), text(m.Type), muted(m.RunningVersion), text(ttl(m.DefaultTTL)), text(ttl(m.MaxTTL)), text(options(m.Options)), muted(marks), muted(m.Description),
		}})
		out.Facts[m.Path] = factsOf(
			"path", m.Path, "type", m.Type, "description", m.Description, "accessor", m.Accessor, "version", m.RunningVersion,
			"default TTL", orSystem(ttl(m.DefaultTTL)), "maximum TTL", orSystem(ttl(m.MaxTTL)), "options", options(m.Options), "", marks,
		)
	}
	return out
}

func orSystem(s string) string {
	if s == "" {
		return "the system's"
	}
	return s
}

// options are names and values in order.
func options(m map[string]string) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(m)) {
		out = append(out, name+"="+m[name])
	}
	return strings.Join(out, " ")
}

// factsOf are facts of labels and texts in turn; what has no text is left out.
func factsOf(pairs ...string) []views.Fact {
	var out []views.Fact
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, views.Say(pairs[i], pairs[i+1], theme.Plain))
		}
	}
	return out
}

func (k stock) auditDevices() views.Shelf {
	return views.Shelf{
		Name: "Audit devices", Needs: "read and sudo on sys/audit",
		None: "No audit device is enabled: nothing of what is asked of this cluster is recorded.",
		Columns: []components.Column{
			{Title: "PATH", Min: 10},
			{Title: "TYPE"},
			{Title: "OPTIONS", Min: 20, Grow: true},
			{Title: "", Priority: 2},
			{Title: "DESCRIPTION", Priority: 1, Min: 12},
		},
		Ask: func(views.Query) (views.Stock, error) {
			all, err := k.sys().AuditDevices(k.ctx)
			out := views.Stock{Facts: map[string][]views.Fact{}}
			for _, d := range all {
				out.Rows = append(out.Rows, components.Row{ID: d.Path, Cells: []components.Cell{
					text(d.Path), text(d.Type), text(options(d.Options)), muted(yes(d.Local, "local").Text), muted(d.Description),
				}})
				out.Facts[d.Path] = factsOf("path", d.Path, "type", d.Type, "description", d.Description, "options", options(d.Options), "", yes(d.Local, "local").Text)
			}
			if len(all) == 1 {
				out.Notes = []string{"The only one: while it cannot be written to, the cluster answers nobody."}
			}
			return out, err
		},
	}
}
