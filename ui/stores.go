package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/vault/keystore"
)

// storeMsg is what a key store answered, or why it did not.
type storeMsg struct {
	gen    int
	store  int
	status keystore.Status
	err    error
	at     time.Time
}

// awaitStores forgets what other stores said, and begins with those of the options: before they answer they are named.
func (a *App) awaitStores() {
	a.past.Stores, a.storesAsked = nil, make([]bool, len(a.opts.Stores))
	for _, s := range a.opts.Stores {
		a.past.Stores = append(a.past.Stores, keystore.NewReading(s))
	}
}

// askStores asks those that are due, or all. A store that still owes an answer is not asked again.
func (a *App) askStores(all bool) []tea.Cmd {
	var cmds []tea.Cmd
	now := a.opts.Now()
	for i, r := range a.past.Stores {
		if a.storesAsked[i] || !all && !r.Due(now) {
			continue
		}
		a.storesAsked[i] = true
		cmds = append(cmds, a.storeCmd(i))
	}
	return cmds
}

func (a *App) storeCmd(i int) tea.Cmd {
	ctx, gen, store, now := a.polls, a.poll.gen, a.opts.Stores[i], a.opts.Now
	return func() tea.Msg {
		status, err := store.Status(ctx)
		return storeMsg{gen, i, status, err, now()}
	}
}

// onStore notes an answer. The readings are copied, since pictures that were drawn share them.
func (a *App) onStore(m storeMsg) {
	if m.gen != a.poll.gen {
		return
	}
	a.storesAsked[m.store] = false
	a.past.Stores = slices.Clone(a.past.Stores)
	a.past.Stores[m.store] = a.past.Stores[m.store].With(m.status, m.err, m.at)
	a.repicture()
}
