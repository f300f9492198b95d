package ui

import (
	"bytes"
	"encoding/json"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/ui/views"
	"warder/vault"
)

// openLogs opens the log of the node that is selected, or else of the active one. Another node's is never opened in its place.
func (a *App) openLogs() tea.Cmd {
	on := ""
	if m, ok := a.chosen(); ok {
		if m.Node == nil {
			a.refuse("Nobody told the API address of " + m.Name + ": its log cannot be asked for.")
			return nil
		}
		on = m.Node.Address
	} else if active := a.snap.Active(); len(active) == 1 {
		on = active[0].Address
	}
	nodes, clients, at := a.loggers(on)
	if at < 0 {
		a.refuse("No node is selected whose address is known.")
		return nil
	}
	ctx, now := a.polls, a.opts.Now
	dialog, cmd := views.NewLogs(nodes, at, now, func(l *views.Logs) views.Feeds {
		t := &tap{ctx: ctx, clients: clients, to: l}
		return views.Feeds{Open: t.open, More: t.more, Close: t.close, Export: func(x views.LogExport) tea.Cmd {
			return exportLog(l, x, now())
		}}
	})
	a.overlay.Open(dialog, now(), false)
	return cmd
}

// loggers are the nodes that can be asked, and which of them has the address; -1 for none.
func (a *App) loggers(address string) (nodes []views.LogNode, clients []*vault.Client, at int) {
	at = -1
	for _, m := range a.pic.Members {
		n := m.Node
		if n == nil {
			continue
		}
		if n.Address == address {
			at = len(nodes)
		}
		state := n.State()
		nodes = append(nodes, views.LogNode{
			Name: m.Name, Address: n.Address, Balanced: n.Balanced(), Standby: state == vault.Standby || state == vault.PerfStandby,
		})
		clients = append(clients, a.opts.Cluster.Client(n.Address, n.Learnt))
	}
	return nodes, clients, at
}

// exportLog writes what is kept as JSON, a line each. What warder said between lines stays between them, so that a gap is one
// in the file as well.
func exportLog(l *views.Logs, x views.LogExport, at time.Time) tea.Cmd {
	return func() tea.Msg {
		var out bytes.Buffer
		e := json.NewEncoder(&out)
		e.SetEscapeHTML(false)
		for _, line := range x.Lines {
			err := e.Encode(struct {
				Node    string   `json:"node"`
				Time    string   `json:"time,omitempty"`
				Level   string   `json:"level,omitempty"`
				Module  string   `json:"module,omitempty"`
				Message string   `json:"message,omitempty"`
				Fields  []string `json:"fields,omitempty"`
				Warder  string   `json:"warder,omitempty"`
			}{x.Node, stamp(line.Time), line.Level, line.Module, line.Message, line.Fields, line.Warder})
			if err != nil {
				return views.LogsExportedMsg{Logs: l, Err: err}
			}
		}
		done, _ := exported(out.Bytes(), at, "jsonl").(exportedMsg)
		return views.LogsExportedMsg{Logs: l, Path: done.path, Err: done.err}
	}
}

// onLogExported says it in the log, or at the foot where that was closed meanwhile.
func (a *App) onLogExported(m views.LogsExportedMsg) tea.Cmd {
	if a.overlay.Holds(m.Logs) {
		return a.toDialog(m)
	}
	a.onExported(exportedMsg{path: m.Path, err: m.Err})
	return nil
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
