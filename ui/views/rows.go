package views

import (
	"fmt"
	"strings"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
	"warder/vault/rules"
)

// nodeRow is a member's row in the health pane.
func nodeRow(p *Picture, m vault.Member) components.Row {
	row := components.Row{ID: m.Name, Cells: []components.Cell{cell(m.Name, theme.Plain), state(p, m)}}
	if m.Node == nil {
		row.Cells = append(row.Cells, cell("", 0), cell("", 0), cell("", 0), cell("", 0), cell("not told", theme.Muted))
		return row
	}
	n := m.Node
	row.ID = n.Address
	if n.State() == vault.Active {
		row.Mark = p.Theme.Glyphs().Leader
	}
	row.Cells = append(row.Cells, cell(n.Version(), theme.Plain))
	if n.Health.Fresh() {
		row.Cells = append(row.Cells, latency(n.RTT), skew(n.Skew))
	} else {
		row.Cells = append(row.Cells, cell("", 0), cell("", 0))
	}
	row.Cells = append(row.Cells, certificate(p, n), cell(n.Address, theme.Muted))
	return row
}

func certificate(p *Picture, n *vault.Node) components.Cell {
	switch {
	case n.Certificate != nil:
		return expiry(n.Certificate, p.Now)
	case strings.HasPrefix(n.Address, "https:"):
		return cell("", theme.Muted)
	}
	return cell("no TLS", theme.Muted)
}

// state is a member's state in words. What is not of now says so.
func state(p *Picture, m vault.Member) components.Cell {
	n := m.Node
	if n == nil {
		return cell("address not known", theme.Muted)
	}
	c := stateNow(m)
	if n.Health.Err == nil && n.Health.Known() {
		if old := aged(n.Health.At, p.Now, staleAfter); old != "" {
			return cell(c.Text+", "+old, theme.Warn)
		}
	}
	return c
}

func stateNow(m vault.Member) components.Cell {
	n := m.Node
	switch n.State() {
	case vault.Unknown:
		return cell("asking …", theme.Muted)
	case vault.Active:
		return cell("active", theme.OK)
	case vault.Standby:
		return cell("standby", theme.Plain)
	case vault.PerfStandby:
		return cell("perf. standby", theme.Plain)
	case vault.DRSecondary:
		return cell("DR secondary", theme.Plain)
	case vault.CutOff:
		return cell("cut off", theme.Bad)
	case vault.SealedState:
		if s := n.Seal; s.Fresh() && s.Value.Threshold > 0 && !s.Value.RecoverySeal {
			return cell(fmt.Sprintf("sealed %d/%d", s.Value.Progress, s.Value.Threshold), theme.Bad)
		}
		return cell("sealed", theme.Bad)
	case vault.Uninitialised:
		return cell("not initialised", theme.Bad)
	case vault.RemovedState:
		return cell("removed", theme.Bad)
	case vault.Recovering:
		return cell("recovery mode", theme.Warn)
	case vault.Broken:
		if vault.BetweenSeals(n.Seal.Err) {
			return cell("between two seals", theme.Warn)
		}
		return cell("not a Vault answer", theme.Bad)
	}
	if n.Learnt && m.Autopilot != nil && m.Autopilot.Healthy {
		return cell("out of reach", theme.Warn)
	}
	return cell(vault.Reason(n.Health.Err), theme.Bad)
}

// peerRow is a member's row in the Raft pane.
func peerRow(p *Picture, m vault.Member, judge vault.AutopilotConfig, leaderIndex uint64) components.Row {
	row := components.Row{ID: m.Raft.ID, Cells: []components.Cell{cell(m.Raft.ID, theme.Plain), role(m)}}
	if m.Raft.Leader {
		row.Mark = p.Theme.Glyphs().Leader
	}
	a := m.Autopilot
	if a == nil {
		row.Cells = append(row.Cells, cell("not told", theme.Muted), cell("", 0), cell("", 0), cell("", 0), cell("", 0), cell("", 0))
		return row
	}
	dash := cell(p.Theme.Glyphs().Dash, theme.Muted)
	seen, behind, stable := dash, dash, dash
	if !m.Raft.Leader {
		seen = contact(a.LastContact, judge.ContactThreshold)
		behind = lag(leaderIndex-min(leaderIndex, a.LastIndex), judge.MaxTrailing)
	}
	if a.Healthy && !a.StableSince.IsZero() {
		stable = cell(rules.Span(p.Now.Sub(a.StableSince)), theme.Plain)
	}
	row.Cells = append(row.Cells, peerHealth(a), seen, behind, stable,
		cell(a.Version, theme.Plain), cell(grouped(a.LastIndex), theme.Muted))
	return row
}

func role(m vault.Member) components.Cell {
	switch {
	case m.Raft.Leader:
		return cell("leader", theme.OK)
	case m.Raft.Voter:
		return cell("voter", theme.Plain)
	}
	return cell("non-voter", theme.Muted)
}

// peerHealth is autopilot's word, and the status of the process where that says more.
func peerHealth(a *vault.AutopilotServer) components.Cell {
	switch {
	case a.Healthy:
		return cell("healthy", theme.OK)
	case a.NodeStatus != "" && a.NodeStatus != "alive":
		return cell("unhealthy, "+a.NodeStatus, theme.Bad)
	}
	return cell("unhealthy", theme.Bad)
}
