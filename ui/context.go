package ui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
	"warder/vault/timeline"
)

// change is a change of context that is under way. What comes of one that was given up is closed unseen.
type change struct {
	seq    int
	stop   context.CancelFunc
	dialog *views.Contexts // nil when none is open
}

// openedMsg is the session of a context, or why there is none.
type openedMsg struct {
	seq     int
	key     string
	session Session
	err     error
}

// openContexts lists the contexts, or says why none can be opened now.
func (a *App) openContexts() {
	switch why := a.bound(); {
	case len(a.opts.Contexts) == 0 || a.opts.Open == nil:
		a.refuse("No contexts are configured: they stand in config.toml.")
	case why != "":
		a.refuse(why)
	default:
		var choices []views.Choice
		for _, c := range a.opts.Contexts {
			choices = append(choices, c.shown())
		}
		a.change.dialog = views.NewContexts(choices, a.opts.Context, a.changeCmd, a.giveUpChange)
		a.overlay.Open(a.change.dialog, a.opts.Now(), false)
	}
}

// bound says why the context cannot be changed now, or "". What a ceremony is still to hear belongs to its own cluster.
func (a *App) bound() string {
	switch {
	case a.wizard != nil:
		return "A ceremony is open: the context stays until it is left."
	case a.awaited > 0:
		return "A ceremony that was left still awaits an answer: the context stays until it came."
	}
	return ""
}

// changeCmd opens a context, which may take a while: a program may be asked for the token.
func (a *App) changeCmd(key string) tea.Cmd {
	a.giveUpChange()
	ctx, stop := context.WithCancel(a.ctx)
	a.change.stop = stop
	seq, open := a.change.seq, a.opts.Open
	return func() tea.Msg {
		s, err := open(ctx, key)
		return openedMsg{seq, key, s, err}
	}
}

func (a *App) giveUpChange() {
	a.change.seq++
	if a.change.stop != nil {
		a.change.stop()
		a.change.stop = nil
	}
}

// onOpened takes the session that was opened. The old one stays where there is none, and wherever it is bound by now.
func (a *App) onOpened(m openedMsg) tea.Cmd {
	a.stale = true
	if m.seq != a.change.seq || a.change.dialog == nil || !a.overlay.Holds(a.change.dialog) {
		return closeCmd(m.session)
	}
	why := a.bound()
	if m.err != nil {
		why = vault.Clean(m.err.Error())
	}
	if why != "" {
		a.change.dialog.Failed(m.key, why)
		if m.err != nil {
			return nil
		}
		return closeCmd(m.session)
	}
	return a.adopt(m.session)
}

func closeCmd(s Session) tea.Cmd {
	return func() tea.Msg {
		s.close()
		return nil
	}
}

// adopt puts a session in the place of the one before, of which nothing is kept but its reminders: the generation of the polls
// ends, so that no answer of the old cluster is taken for one of the new.
func (a *App) adopt(s Session) tea.Cmd {
	old, now := a.opts.Session, a.opts.Now()
	a.giveUpChange()
	a.stopPolls()
	for i := range a.reminders {
		if r := &a.reminders[i]; r.context == old.called() && r.unknown.IsZero() {
			r.unknown = now // nobody looks while another cluster is open
		}
	}
	a.opts.Session = s
	a.begin()
	a.overlay.Clear()
	a.change.dialog = nil
	a.filter = filter{}
	a.panes = newPanes(a.keys)
	a.toast = components.Toast{}
	a.warn()
	a.repicture()
	return tea.Batch(closeCmd(old), a.dispatch(false), a.tickCmd())
}

// begin starts anew with the session: nothing is known yet.
func (a *App) begin() {
	a.poll = poll{gen: a.poll.gen + 1}
	a.snap = vault.NewSnapshot(a.opts.Given...).Recalled(a.opts.Recalled)
	a.past = rules.Past{History: &timeline.History{}}
	a.remembered, a.paused = nil, false
	a.polls, a.stopPolls = context.WithCancel(a.ctx)
	a.overlay.Mark = a.opts.where().Mark()
	a.awaitStores()
}

// warn says what is to be said of a session once.
func (a *App) warn() {
	a.unsaid = a.opts.Warnings
	a.sayNext()
}

// sayNext says the next of several warnings when the line at the foot is free: each has its time.
func (a *App) sayNext() {
	now := a.opts.Now()
	if len(a.unsaid) == 0 || !a.toast.Over(now) {
		return
	}
	text := a.unsaid[0]
	a.unsaid = a.unsaid[1:]
	if more := len(a.unsaid); more > 0 {
		text += fmt.Sprintf(" (%d more)", more)
	}
	a.toast.Show(now, theme.Warn, text, warningLife)
	a.stale = true
}

// letGo closes the session, by whatever road the program ends.
func (a *App) letGo() {
	a.giveUpChange()
	a.opts.close()
}
