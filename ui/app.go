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
	"warder/vault/ceremony"
	"warder/vault/keystore"
	"warder/vault/rules"
	"warder/vault/timeline"
)

// Cluster is what the console asks of the outside.
type Cluster interface {
	Fetch(ctx context.Context, a vault.Ask) *vault.Node
	Client(address string, learnt bool) *vault.Client
	ReadOnly() bool
}

// Options are the console's dependencies.
type Options struct {
	Cluster  Cluster
	Given    []string // addresses
	Recalled []vault.Known
	// Remember writes learnt addresses down for the next run; nil does not.
	Remember func(clusterID string, known []vault.Known) error
	Name     string // of the context; "" shows the cluster's own
	Mode     theme.Mode
	ASCII    bool
	Now      func() time.Time
	Warnings []string // shown once, at the start

	// Ceremonies does the effects of ceremonies; SkipVerify says that TLS is not verified, which they have to ask about.
	Ceremonies func(ctx context.Context, e ceremony.Effect) ceremony.Event
	SkipVerify bool
	// Release gives back what a ceremony that was closed left in memory; it may take a moment. Nil does nothing.
	Release func()
	Idle    time.Duration // without a key for so long the screen of a ceremony goes blank; 0: never
	// LookupAccessor asks whether a token with the accessor is still there.
	LookupAccessor func(ctx context.Context, address string, learnt bool, accessor string) (there bool, err error)
	// Cautions are what a ceremony should warn of before anything: that the terminal is recorded, that memory is not locked.
	Cautions func() []string

	// Stores are the storage systems whose keys the cluster guards.
	Stores []keystore.Store
}

// App is the root model.
type App struct {
	opts Options
	ctx  context.Context
	stop context.CancelFunc

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

	born       birth // of the ceremony that is open
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
	keys := newKeyMap()
	a := &App{
		opts: o, snap: vault.NewSnapshot(o.Given...).Recalled(o.Recalled), keys: keys, mode: o.Mode, isDark: true, stale: true,
		panes: []views.Pane{
			views.NewHealth(), views.NewRaft(), views.NewSeal(), views.NewRewrap(keys.Rewrap), views.NewFindings(),
		},
	}
	a.past.History = &timeline.History{}
	a.awaitStores()
	a.ctx, a.stop = context.WithCancel(ctx)
	a.theme = theme.New(a.mode, a.isDark, o.ASCII)
	a.repicture()
	return a
}

// Init asks for the background's colour, which need not be answered, and begins to poll.
func (a *App) Init() tea.Cmd {
	for _, w := range a.opts.Warnings {
		a.toast.Show(a.opts.Now(), theme.Warn, w, warningLife)
	}
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
	for _, p := range a.panes {
		p.SetPicture(a.pic)
	}
	a.relayout()
}
