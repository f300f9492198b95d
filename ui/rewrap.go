package ui

import (
	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
)

type rewrapMsg struct {
	started bool
	err     error
}

// askRewrap asks before a rewrap is started, or says why none can be.
func (a *App) askRewrap() {
	section, _ := a.snap.Rewrap()
	active := a.snap.Active()
	refuse := ""
	switch {
	case section.Fresh() && section.Value.Running:
		refuse = "A rewrap is running already."
	case vault.Is(section.Err, vault.Unsupported):
		refuse = "Seal rewrap is not supported here."
	case !section.Known():
		refuse = "Seal rewrap cannot be seen here, so it is not started: " + reason(section.Err) + "."
	case len(active) != 1:
		refuse = "There is not one active node to start it on."
	}
	if refuse != "" {
		a.toast.Show(a.opts.Now(), theme.Warn, refuse, noticeLife)
		return
	}
	node := active[0]
	text := "Every seal-wrapped entry is encrypted anew with the current seals. It loads the active node and its seals' key " +
		"services for as long as it runs, and it cannot be stopped."
	dialog := components.NewConfirm("Start a rewrap on "+a.nameOf(node.Address)+"?", text, "Start rewrap", "No",
		func() tea.Cmd { return a.rewrapCmd(node.Address, node.Learnt) })
	a.overlay.Open(dialog, a.opts.Now(), false)
}

func reason(err error) string {
	if err == nil {
		return "no answer yet"
	}
	return vault.Reason(err)
}

func (a *App) rewrapCmd(address string, learnt bool) tea.Cmd {
	ctx, cluster := a.ctx, a.opts.Cluster
	return func() tea.Msg {
		started, err := cluster.StartRewrap(ctx, address, learnt)
		return rewrapMsg{started, err}
	}
}

// onRewrap tells the outcome and reads the state back. An answer that was lost is said to be lost, and not asked for again.
func (a *App) onRewrap(m rewrapMsg) tea.Cmd {
	tone, text := theme.OK, "Rewrap started."
	switch {
	case vault.Is(m.err, vault.Unreachable):
		tone, text = theme.Bad, "The answer to the start of the rewrap was lost ("+vault.Reason(m.err)+"): the pane tells whether it runs."
	case m.err != nil:
		tone, text = theme.Bad, "Rewrap not started: "+vault.Reason(m.err)
	case !m.started:
		tone, text = theme.Warn, "A rewrap was running already."
	}
	a.toast.Show(a.opts.Now(), tone, text, warningLife)
	a.stale = true
	return a.refresh()
}

// nameOf is how the member at an address is called.
func (a *App) nameOf(address string) string {
	for _, m := range a.pic.Members {
		if m.Node != nil && m.Node.Address == address {
			return m.Name
		}
	}
	return address
}
