package views

import (
	"charm.land/bubbles/v2/key"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
)

// Health is the pane of all nodes, sealed and silent ones included.
type Health struct {
	grid
	members []vault.Member // those with a row
}

// NewHealth makes the pane.
func NewHealth() *Health {
	return &Health{grid: newGrid(
		components.Column{Title: "NODE", Min: 20},
		components.Column{Title: "STATE", Min: 18, Grow: true},
		components.Column{Title: "VERSION", Priority: 2, Max: 14},
		components.Column{Title: "LATENCY", Priority: 3, Right: true},
		components.Column{Title: "SKEW", Priority: 5, Right: true},
		components.Column{Title: "TLS", Priority: 4, Right: true},
		components.Column{Title: "ADDRESS", Priority: 6},
	)}
}

// Title names the pane.
func (h *Health) Title() string { return "Cluster health" }

// SetPicture takes what is to be drawn.
func (h *Health) SetPicture(p *Picture) {
	h.p = p
	h.members = nil
	var rows []components.Row
	for _, m := range p.Members {
		if !m.Asked {
			h.members = append(h.members, m)
			rows = append(rows, nodeRow(p, m))
		}
	}
	h.setRows(rows)
}

// Note counts the nodes that serve.
func (h *Health) Note() components.Cell {
	serving, tone := 0, theme.Muted
	for _, m := range h.members {
		if m.Node != nil && m.Node.State().Serving() {
			serving++
		}
	}
	if serving < len(h.members) {
		tone = theme.Warn
	}
	return cell(plural(serving, "node of", "nodes of")+" "+grouped(uint64(len(h.members)))+" serving", tone)
}

// Line folds the pane.
func (h *Health) Line() string {
	counts := map[string]int{}
	var order []string
	for _, m := range h.members {
		word := "unknown"
		if m.Node != nil {
			word = stateWord(m.Node.State())
		}
		if counts[word] == 0 {
			order = append(order, word)
		}
		counts[word]++
	}
	return counted(order, counts)
}

// Detail tells all of the selected node.
func (h *Health) Detail() (Detail, bool) {
	m, ok := h.Member()
	if !ok {
		return Detail{}, false
	}
	return nodeDetail(h.p, m), true
}

// Member is the selected node.
func (h *Health) Member() (vault.Member, bool) {
	id, ok := h.table.Selected()
	if !ok {
		return vault.Member{}, false
	}
	for _, m := range h.members {
		if m.Node == nil && m.Name == id || m.Node != nil && m.Node.Address == id {
			return m, true
		}
	}
	return vault.Member{}, false
}

// Bindings has none of its own.
func (h *Health) Bindings() []key.Binding { return nil }

// stateWord is a state without its particulars.
func stateWord(s vault.State) string {
	switch s {
	case vault.Unknown:
		return "asking"
	case vault.Active:
		return "active"
	case vault.Standby:
		return "standby"
	case vault.PerfStandby:
		return "performance standby"
	case vault.DRSecondary:
		return "DR secondary"
	case vault.CutOff:
		return "cut off"
	case vault.SealedState:
		return "sealed"
	case vault.Uninitialised:
		return "not initialised"
	case vault.RemovedState:
		return "removed"
	case vault.Recovering:
		return "recovery mode"
	case vault.Broken:
		return "no Vault answer"
	default:
		return "unreachable"
	}
}
