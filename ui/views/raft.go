package views

import (
	"fmt"
	"time"

	"charm.land/bubbles/v2/key"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
)

// Raft is the pane of the peers: the configuration and autopilot in one table.
type Raft struct {
	grid
	section vault.Section[[]vault.RaftServer]
	auto    vault.Section[vault.Autopilot]
}

const raftCadence = 10 * time.Second

// NewRaft makes the pane.
func NewRaft() *Raft {
	return &Raft{grid: newGrid(
		components.Column{Title: "PEER", Min: 6},
		components.Column{Title: "ROLE"},
		components.Column{Title: "HEALTH", Grow: true},
		components.Column{Title: "CONTACT", Right: true, Priority: 2},
		components.Column{Title: "LAG", Right: true, Priority: 1},
		components.Column{Title: "STABLE", Right: true, Priority: 4},
		components.Column{Title: "VERSION", Priority: 5, Max: 14},
		components.Column{Title: "INDEX", Right: true, Priority: 6},
	)}
}

// Title names the pane.
func (r *Raft) Title() string { return "Raft peers" }

// SetPicture takes what is to be drawn.
func (r *Raft) SetPicture(p *Picture) {
	r.p = p
	r.section, _ = p.Raft()
	r.auto, _ = p.Autopilot()
	judge, _ := p.AutopilotConfig()
	leader := r.leaderIndex()
	var rows []components.Row
	for _, m := range p.Members {
		if m.Raft != nil {
			rows = append(rows, peerRow(p, m, judge.Value, leader))
		}
	}
	r.setRows(rows)
}

func (r *Raft) leaderIndex() uint64 {
	for _, s := range r.auto.Value.Servers {
		if s.ID == r.auto.Value.Leader {
			return s.LastIndex
		}
	}
	return 0
}

// Note says how many voters may still be lost.
func (r *Raft) Note() components.Cell {
	if c, old := note(r.p, r.section, raftCadence); old {
		return c
	}
	a := r.auto
	switch {
	case !r.section.Known():
		return components.Cell{}
	case a.Err != nil:
		return cell("autopilot: "+vault.Reason(a.Err), theme.Warn)
	case !a.Known():
		return components.Cell{}
	}
	text := fmt.Sprintf("can lose %d of %d", a.Value.Tolerance, len(a.Value.Voters))
	if a.Value.Tolerance == 0 {
		return cell(text, theme.Bad)
	}
	return cell(text, theme.OK)
}

// Line folds the pane.
func (r *Raft) Line() string {
	if lines, ok := r.trouble(); !ok {
		return lines[0]
	}
	voters, bad := 0, 0
	for _, m := range r.p.Members {
		if m.Raft != nil && m.Raft.Voter {
			voters++
		}
		if m.Raft != nil && m.Autopilot != nil && !m.Autopilot.Healthy {
			bad++
		}
	}
	line := plural(voters, "voter", "voters")
	if bad > 0 {
		line += fmt.Sprintf(", %d unhealthy", bad)
	}
	if n := r.Note(); n.Text != "" {
		line += ", " + n.Text
	}
	return line
}

func (r *Raft) trouble() ([]string, bool) {
	return trouble(r.p, r.section, "sys/storage/raft/configuration")
}

// Need counts the sentences when there is no table.
func (r *Raft) Need() int {
	if lines, ok := r.trouble(); !ok {
		return len(r.wrapped(lines))
	}
	return r.grid.Need()
}

// View draws the table, or says why there is none.
func (r *Raft) View(focused bool) string {
	if lines, ok := r.trouble(); !ok {
		return r.message(lines)
	}
	return r.grid.View(focused)
}

// Detail tells all of the selected peer.
func (r *Raft) Detail() (Detail, bool) {
	m, ok := r.Member()
	if !ok {
		return Detail{}, false
	}
	return peerDetail(r.p, m), true
}

// Member is the selected peer.
func (r *Raft) Member() (vault.Member, bool) {
	id, ok := r.table.Selected()
	if !ok {
		return vault.Member{}, false
	}
	for _, m := range r.p.Members {
		if m.Raft != nil && m.Raft.ID == id {
			return m, true
		}
	}
	return vault.Member{}, false
}

// Bindings has none of its own.
func (r *Raft) Bindings() []key.Binding { return nil }
