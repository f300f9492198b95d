package ui

import (
	"cmp"
	"slices"
	"strconv"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault/sys"
)

func (k stock) plugins() views.Shelf {
	return views.Shelf{
		Name: "Plugins", Needs: "read on sys/plugins/catalog", None: "The server lists no plugin with its version.",
		Columns: []components.Column{
			{Title: "NAME", Min: 14, Grow: true},
			{Title: "TYPE"},
			{Title: "VERSION", Min: 8},
			{Title: "FROM", Priority: 2},
			{Title: "STATUS", Priority: 1},
			{Title: "MOUNTS", Priority: 1, Right: true},
		},
		Ask: func(views.Query) (views.Stock, error) {
			all, err := k.sys().Plugins(k.ctx)
			if err != nil {
				return views.Stock{}, err
			}
			return pluginStock(all, k.used()), nil
		},
	}
}

// used counts the mounts of each plugin by its type and name; nil where they cannot be read, for then nothing is said of use.
func (k stock) used() map[string]int {
	engines, err := k.sys().Mounts(k.ctx)
	if err != nil {
		return nil
	}
	methods, err := k.sys().AuthMethods(k.ctx)
	if err != nil {
		return nil
	}
	out := map[string]int{}
	for _, m := range engines {
		out["secret "+m.Type]++
	}
	for _, m := range methods {
		out["auth "+m.Type]++
	}
	return out
}

// pluginStock puts first what somebody should look at: what came from elsewhere, what is deprecated, what is in use.
func pluginStock(all []sys.Plugin, used map[string]int) views.Stock {
	slices.SortStableFunc(all, func(a, b sys.Plugin) int {
		return cmp.Or(pluginRank(a, used)-pluginRank(b, used), cmp.Compare(a.Type, b.Type), cmp.Compare(a.Name, b.Name))
	})
	out := views.Stock{Facts: map[string][]views.Fact{}}
	for _, p := range all {
		id := p.Type + " " + p.Name + " " + p.Version
		tone, from, mounts := theme.Muted, "the server", ""
		if aging(p) {
			tone = theme.Warn
		}
		if !p.Builtin {
			from = "elsewhere"
		}
		if n := used[p.Type+" "+p.Name]; n > 0 {
			mounts = strconv.Itoa(n)
		}
		out.Rows = append(out.Rows, components.Row{ID: id, Cells: []components.Cell{
			text(p.Name), muted(p.Type), text(p.Version), muted(from), {Text: p.Deprecation, Tone: tone}, text(mounts),
		}})
		out.Facts[id] = factsOf("name", p.Name, "type", p.Type, "version", p.Version, "from", from, "status", p.Deprecation, "SHA-256", p.SHA256, "mounts", mounts)
	}
	return out
}

// aging says that a plugin will be taken out.
func aging(p sys.Plugin) bool { return p.Deprecation != "" && p.Deprecation != "supported" }

func pluginRank(p sys.Plugin, used map[string]int) int {
	switch {
	case !p.Builtin:
		return 0
	case aging(p):
		return 1
	case used[p.Type+" "+p.Name] > 0:
		return 2
	}
	return 3
}

func (k stock) versions() views.Shelf {
	return views.Shelf{
		Name: "Versions", Needs: "list on sys/version-history", None: "The server tells no history of versions.",
		Columns: []components.Column{
			{Title: "VERSION"},
			{Title: "SINCE (UTC)"},
			{Title: "AFTER", Priority: 1},
			{Title: "BUILT", Priority: 2, Grow: true},
		},
		Ask: func(views.Query) (views.Stock, error) {
			all, err := k.sys().VersionHistory(k.ctx)
			out := views.Stock{Facts: map[string][]views.Fact{}}
			for _, v := range slices.Backward(all) {
				since := ""
				if !v.Since.IsZero() {
					since = v.Since.UTC().Format("2006-01-02 15:04")
				}
				out.Rows = append(out.Rows, components.Row{ID: v.Version, Cells: []components.Cell{text(v.Version), text(since), muted(v.Previous), muted(v.Built)}})
				out.Facts[v.Version] = factsOf("version", v.Version, "first run", since, "after", v.Previous, "built", v.Built)
			}
			return out, err
		},
	}
}
