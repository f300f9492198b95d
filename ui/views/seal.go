package views

import (
	"fmt"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
)

// Seal is the pane of the seal backends. Every node tests its own, so a row gathers what the nodes say of one backend. Below
// them stand the key stores, where there are any.
type Seal struct {
	grid
	backends []backend
	stores   stores
	below    bool // the selection is among the stores
}

const sealCadence = 30 * time.Second

// backend is one seal backend as the nodes see it.
type backend struct {
	name      string
	well, ill []string // nodes
	since     time.Time
	sinceText string
	disabled  int
	oldest    time.Time // of the readings
	stale     int       // nodes whose last reading failed
}

// NewSeal makes the pane.
func NewSeal() *Seal {
	return &Seal{stores: newStores(), grid: newGrid(
		components.Column{Title: "BACKEND", Min: 6},
		components.Column{Title: "STATE"},
		components.Column{Title: "NODES"},
		components.Column{Title: "SINCE", Priority: 1, Grow: true},
		components.Column{Title: "READ", Priority: 2, Right: true},
	)}
}

// Title names the pane.
func (s *Seal) Title() string { return "Seal backends" }

// SetPicture takes what is to be drawn.
func (s *Seal) SetPicture(p *Picture) {
	s.p = p
	s.backends = gather(p)
	rows := make([]components.Row, len(s.backends))
	for i, b := range s.backends {
		rows[i] = backendRow(p, b)
	}
	s.setRows(rows)
	s.stores.set(p)
}

// gather collects the backends over the nodes, in the order in which they are first named.
func gather(p *Picture) []backend {
	index := map[string]int{}
	var out []backend
	for _, m := range p.Members {
		if m.Node == nil || !m.Node.Backends.Known() {
			continue
		}
		section := m.Node.Backends
		for _, b := range section.Value.Backends {
			i, ok := index[b.Name]
			if !ok {
				i = len(out)
				index[b.Name] = i
				out = append(out, backend{name: b.Name, oldest: section.At})
			}
			out[i].add(m.Name, b, section.At, section.Err != nil)
		}
	}
	return out
}

func (b *backend) add(node string, s vault.SealBackend, at time.Time, failed bool) {
	if s.Healthy {
		b.well = append(b.well, node)
	} else {
		b.ill = append(b.ill, node)
		if b.since.IsZero() || !s.UnhealthySince.IsZero() && s.UnhealthySince.Before(b.since) {
			b.since, b.sinceText = s.UnhealthySince, s.SinceText
		}
	}
	if s.Disabled != nil && *s.Disabled {
		b.disabled++
	}
	if at.Before(b.oldest) {
		b.oldest = at
	}
	if failed {
		b.stale++
	}
}

func backendRow(p *Picture, b backend) components.Row {
	row := components.Row{ID: b.name, Cells: []components.Cell{cell(b.name, theme.Plain), b.state(), cell(b.where(), theme.Plain)}}
	since := cell("", theme.Plain)
	switch {
	case !b.since.IsZero():
		since = cell(clock(b.since, p.Now)+" ("+age(p.Now.Sub(b.since))+")", theme.Warn)
	case b.sinceText != "":
		since = cell(b.sinceText, theme.Warn)
	}
	read := cell("now", theme.Muted)
	if old := aged(b.oldest, p.Now, sealCadence+staleAfter); old != "" {
		read = cell(old, theme.Warn)
	}
	row.Cells = append(row.Cells, since, read)
	return row
}

// state is the worst that a node says; Vault disables a backend during a migration.
func (b *backend) state() components.Cell {
	switch {
	case b.disabled > 0 && b.disabled == len(b.well)+len(b.ill):
		return cell("disabled", theme.Muted)
	case len(b.ill) > 0:
		return cell("unhealthy", theme.Bad)
	}
	return cell("healthy", theme.OK)
}

// where is on how many of the nodes that have the backend its state holds.
func (b *backend) where() string {
	n := len(b.well)
	if len(b.ill) > 0 {
		n = len(b.ill)
	}
	return fmt.Sprintf("%d of %d", n, len(b.well)+len(b.ill))
}

// Note tells the kind of the seal.
func (s *Seal) Note() components.Cell { return cell(sealKind(s.p), theme.Muted) }

// sealKind is the seal's type and its shares, as the first node tells it that is initialised.
func sealKind(p *Picture) string {
	for _, n := range p.Nodes {
		v := n.Seal.Value
		if !n.Seal.Known() || !v.Initialised {
			continue
		}
		kind := fmt.Sprintf("%s, %d of %d", shamirName(v.Type), v.Threshold, v.Shares)
		if v.RecoverySeal {
			kind = fmt.Sprintf("auto-unseal %s, recovery %d of %d", v.Type, v.Threshold, v.Shares)
		}
		if v.Migration {
			kind += ", migrating"
		}
		return kind
	}
	return ""
}

func shamirName(kind string) string {
	if kind == "shamir" {
		return "Shamir"
	}
	return kind
}

// Line folds the pane. What is not well comes first.
func (s *Seal) Line() string {
	line, ill := s.stores.line()
	own, ownIll := s.backendLine()
	switch {
	case line == "":
		return own
	case ill && !ownIll:
		return line + "; " + own
	case ill:
		return own + "; " + line
	}
	return own + ", " + line
}

func (s *Seal) backendLine() (text string, ill bool) {
	if lines, ok := s.trouble(); !ok {
		return lines[0], false
	}
	var bad []string
	for _, b := range s.backends {
		if len(b.ill) > 0 {
			bad = append(bad, b.name+" unhealthy on "+b.where()+" nodes")
		}
	}
	if len(bad) > 0 {
		return strings.Join(bad, "; "), true
	}
	line := plural(len(s.backends), "backend", "backends") + " healthy"
	if kind := sealKind(s.p); kind != "" {
		line += ", " + kind
	}
	return line, false
}

// trouble is told by the node that says most; a backend shown is none.
func (s *Seal) trouble() ([]string, bool) {
	if len(s.backends) > 0 {
		return nil, true
	}
	var best vault.Section[vault.SealBackendStatus]
	for _, n := range s.p.Nodes {
		if n.Backends.Tried.After(best.Tried) {
			best = n.Backends
		}
		if n.Product() == vault.OpenBao {
			lines := []string{"OpenBao does not tell."}
			if k := sealKind(s.p); k != "" {
				lines = append(lines, "Seal: "+k+".")
			}
			return lines, false
		}
	}
	return trouble(s.p, best, "sys/seal-backend-status")
}

// foot says what a reader has to know of these states.
func (s *Seal) foot() []string {
	var out []string
	for _, n := range s.p.Nodes {
		if n.Backends.Known() && n.Health.Value.Enterprise && rewrapExists(s.p) {
			word := "not fully wrapped by the current seal yet"
			if n.Backends.Value.FullyWrapped {
				word = "fully wrapped by the current seal"
			}
			out = append(out, "Entries are "+word+".")
			break
		}
	}
	if len(s.backends) > 0 && s.backends[0].name != "shamir" {
		out = append(out, "A server tests a healthy seal only every 10 min.")
	}
	return out
}

func rewrapExists(p *Picture) bool {
	r, _ := p.Rewrap()
	return r.Known()
}

// Bindings has none of its own.
func (s *Seal) Bindings() []key.Binding { return nil }
