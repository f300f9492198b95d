package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/vault"
)

type rememberedMsg struct {
	gen int
	err error
}

// rememberCmd has what the cluster told of its nodes written down, when that changed.
func (a *App) rememberCmd() tea.Cmd {
	known, id := a.snap.Known(), a.snap.ID()
	if a.opts.Remember == nil || id == "" || len(known) == 0 || slices.Equal(known, a.remembered) {
		return nil
	}
	a.remembered = known
	remember, gen := a.opts.Remember, a.poll.gen
	return func() tea.Msg { return rememberedMsg{gen, remember(id, known)} }
}

// onRemembered says a failure once; the console works without a memory.
func (a *App) onRemembered(m rememberedMsg) {
	if m.err != nil && m.gen == a.poll.gen {
		a.opts.Remember = nil
		a.toast.Show(a.opts.Now(), theme.Warn, "Learnt addresses cannot be remembered: "+vault.Reason(m.err), warningLife)
	}
}
