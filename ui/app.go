// Package ui is the console: the one Bubble Tea model, which owns the state and decides what goes where.
//
// Its rules: Update does no I/O and never sleeps; a command closes over copies of values, never over the model; every answer
// carries the generation of its question and is dropped when that is over; keys go to what has the focus, results to whom
// they belong; drawing is pure, and what did not change is not drawn again.
package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
)

// Options are the console's dependencies.
type Options struct {
	Session
	// Contexts are the clusters that can be opened, and Open opens one by its name; it may take a while.
	Contexts []Choice
	Open     func(ctx context.Context, key string) (Session, error)

	Mode  theme.Mode
	ASCII bool
	Keys  Keys
	Now   func() time.Time
	// Cautions are what a ceremony should warn of before anything: that the terminal is recorded, that memory is not locked.
	Cautions func() []string
	Keeping  Keeping
}

// App is the root model.
type App struct {
	opts Options
	ctx  context.Context
	stop context.CancelFunc
	// polls is the context of what is asked of the open cluster, and ends with the session; acts go on to their own end.
	polls     context.Context
	stopPolls context.CancelFunc
	change    change

	snap   vault.Snapshot
	past   rules.Past
	poll   poll
	pic    *views.Picture
	theme  theme.Theme
	mode   theme.Mode
	isDark bool
	paused bool

	w, h    int
	panes   []views.Pane
	focus   int
	zoom    bool
	filter  filter
	keys    keyMap
	overlay components.Overlay
	wizard  *views.Wizard // the ceremony that is open
	// interrupted says that ctrl+c was pressed once while a ceremony was open.
	interrupted bool
	toast       components.Toast
	unsaid      []string // warnings that wait for the line at the foot

	born       birth // of the ceremony that is open
	awaited    int   // effects of ceremonies, open or left, that are not answered
	reminders  []reminder
	remembered []vault.Known // what was last written down

	storesAsked []bool // of each key store: it owes an answer

	frame string // the last drawing, good until something changes
	stale bool
}

// New makes the console. Requests end when ctx does, by whatever road the program ends.
func New(ctx context.Context, o Options) *App {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Cautions == nil {
		o.Cautions = func() []string { return nil }
	}
	keys := o.Keys.orDefaults()
	a := &App{opts: o, keys: keys, mode: o.Mode, isDark: true, stale: true, panes: newPanes(keys)}
	a.ctx, a.stop = context.WithCancel(ctx)
	a.begin()
	a.theme = theme.New(a.mode, a.isDark, o.ASCII)
	a.repicture()
	return a
}

func newPanes(keys keyMap) []views.Pane {
	return []views.Pane{views.NewHealth(), views.NewRaft(), views.NewSeal(), views.NewRewrap(keys.Rewrap), views.NewFindings()}
}

// Init asks for the background's colour, which need not be answered, and begins to poll.
func (a *App) Init() tea.Cmd {
	a.warn()
	return tea.Batch(tea.RequestBackgroundColor, a.dispatch(false), a.tickCmd())
}

// How long a line at the foot stays.
const (
	noticeLife  = 5 * time.Second
	warningLife = 12 * time.Second
)

// repicture concludes anew from the snapshot and hands the picture to the panes.
func (a *App) repicture() {
	now := a.opts.Now()
	a.pic = views.NewPicture(rules.NewScene(a.snap, now, a.past), a.theme, a.reminded(now)...)
	a.pic.Where, a.pic.Keys = a.opts.where(), a.remedies()
	for _, p := range a.panes {
		p.SetPicture(a.pic)
	}
	a.relayout()
}
