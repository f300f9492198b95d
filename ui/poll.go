package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/vault"
)

// round is how often is looked whether something is due. Each endpoint has its own cadence on top.
const round = 2 * time.Second

// foldEvery bounds how often readings are folded into the picture: a thousand nodes must not mean a thousand drawings.
const foldEvery = 50 * time.Millisecond

// poll is what is under way. A generation ends when the cluster to be asked changes; answers of an older one are dropped.
type poll struct {
	gen     int
	pending map[lane]bool
	inbox   []*vault.Node
	folding bool // a foldMsg is on its way
	folded  time.Time
}

type lane struct {
	address string
	lane    vault.Lane
}

type (
	tickMsg    struct{ gen int }
	foldMsg    struct{ gen int }
	readingMsg struct {
		gen  int
		ask  vault.Ask
		node *vault.Node
	}
)

func (p *poll) busy(address string, l vault.Lane) bool { return p.pending[lane{address, l}] }

// dispatch asks for what is due, or for everything. A node that still owes an answer is not asked again, so polls of one
// node never overlap.
func (a *App) dispatch(all bool) tea.Cmd {
	asks := a.snap.Due(a.opts.Now(), all, a.poll.busy)
	cmds := make([]tea.Cmd, len(asks))
	for i, ask := range asks {
		if a.poll.pending == nil {
			a.poll.pending = map[lane]bool{}
		}
		a.poll.pending[lane{ask.Address, ask.Lane}] = true
		cmds[i] = a.fetchCmd(ask)
	}
	return tea.Batch(append(cmds, a.askStores(all)...)...)
}

func (a *App) fetchCmd(ask vault.Ask) tea.Cmd {
	ctx, gen, cluster := a.polls, a.poll.gen, a.opts.Cluster
	return func() tea.Msg { return readingMsg{gen, ask, cluster.Fetch(ctx, ask)} }
}

func (a *App) tickCmd() tea.Cmd {
	gen := a.poll.gen
	return tea.Tick(round, func(time.Time) tea.Msg { return tickMsg{gen} })
}

// onTick asks for what is due and arms the next tick. The picture is drawn again even without an answer, since ages grow.
func (a *App) onTick(m tickMsg) tea.Cmd {
	if m.gen != a.poll.gen {
		return nil
	}
	var asked tea.Cmd
	if !a.paused {
		asked = tea.Batch(a.dispatch(false), a.remindCmds())
	}
	a.sayNext()
	a.repicture()
	if a.wizard != nil {
		a.wizard.Tick()
	}
	return tea.Batch(asked, a.tickCmd())
}

// onReading notes an answer. The first of a burst is folded in at once, the rest together.
func (a *App) onReading(m readingMsg) tea.Cmd {
	if m.gen != a.poll.gen {
		return nil
	}
	delete(a.poll.pending, lane{m.ask.Address, m.ask.Lane})
	a.poll.inbox = append(a.poll.inbox, m.node)
	switch now := a.opts.Now(); {
	case a.poll.folding:
		return nil
	case now.Sub(a.poll.folded) >= foldEvery:
		return a.fold()
	}
	a.poll.folding = true
	gen := a.poll.gen
	return tea.Tick(foldEvery, func(time.Time) tea.Msg { return foldMsg{gen} })
}

func (a *App) onFold(m foldMsg) tea.Cmd {
	if m.gen != a.poll.gen {
		return nil
	}
	return a.fold()
}

// fold merges what came in. Addresses that it taught, and details of nodes that now serve, are asked for without waiting.
func (a *App) fold() tea.Cmd {
	was, now := a.snap, a.opts.Now()
	a.snap = was.Merge(a.poll.inbox...)
	a.past.History.Observe(was, a.snap, now)
	a.poll.inbox, a.poll.folding, a.poll.folded = nil, false, now
	a.repicture()
	if a.paused {
		return tea.Batch(a.observe(), a.rememberCmd())
	}
	return tea.Batch(a.observe(), a.dispatch(false), a.rememberCmd())
}

// refresh asks for everything now.
func (a *App) refresh() tea.Cmd { return a.dispatch(true) }
