package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault/sys"
)

// openInventory opens what the cluster is made of, as the active node tells it.
func (a *App) openInventory() tea.Cmd {
	s, ok := a.askedForStock()
	if !ok {
		a.refuse("There is not one active node to ask, and none that serves is selected.")
		return nil
	}
	s.ctx = a.polls // what is asked ends with the session
	k := stock{s}
	name := a.opts.Name
	if name == "" {
		name = a.snap.Name()
	}
	shelves := []views.Shelf{
		k.mounts(), k.authMethods(), k.auditDevices(), k.policies(), k.quotas(), k.namespaces(), k.leases(), k.plugins(), k.versions(),
	}
	dialog, cmd := views.NewInventory(name, s.name, a.opts.Now, shelves, a.exportShelf)
	a.overlay.Open(dialog, a.opts.Now(), false)
	return cmd
}

// askedForStock is whom an inventory asks: the active node, or without one the selected one, since OpenBao's standbys answer reads.
func (a *App) askedForStock() (stage, bool) {
	s, why := a.staged()
	if why == "" {
		return s, true
	}
	m, ok := a.chosen()
	if !ok || m.Node == nil || !m.Node.State().Serving() {
		return stage{}, false
	}
	return stage{ctx: a.ctx, cluster: a.opts.Cluster, node: m.Node, name: m.Name, others: a.snap.Nodes}, true
}

// stock asks for what an inventory shows.
type stock struct{ stage }

func (k stock) sys() sys.Client { return sys.Client{Client: k.client()} }

// exportShelf writes a shelf as a table in Markdown. What it holds, the servers' names and settings, is no secret.
func (a *App) exportShelf(shelf, about string, rows [][]string) tea.Cmd {
	at := a.opts.Now()
	return func() tea.Msg {
		var b strings.Builder
		b.WriteString("# " + shelf + "\n\n" + about + "\n\n")
		for i, row := range rows {
			for _, c := range row {
				b.WriteString("| " + escapeCell.Replace(c) + " ")
			}
			b.WriteString("|\n")
			if i == 0 {
				b.WriteString(strings.Repeat("|---", len(row)) + "|\n")
			}
		}
		return exported([]byte(b.String()), at, "md")
	}
}

var escapeCell = strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;", "[", `\[`, "`", "\\`")

func text(s string) components.Cell  { return components.Cell{Text: s} }
func muted(s string) components.Cell { return components.Cell{Text: s, Tone: theme.Muted} }

// yes is a word where something is so, and nothing where it is not.
func yes(is bool, word string) components.Cell {
	if is {
		return text(word)
	}
	return text("")
}

// lessZeros takes the parts off that say nothing: 24h0m0s is 24h.
var lessZeros = strings.NewReplacer("h0m0s.", "h", "m0s.", "m", ".", "")

// ttl is a time to live; without one the server's own holds.
func ttl(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return lessZeros.Replace(d.String() + ".")
}
