package ui

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
)

// act is one thing that is done to the cluster by one write. What follows is shown first, what the token may do is looked up
// beforehand, and what came of it is read back.
type act struct {
	name, hint string
	local      bool     // it changes nothing on a server
	refuse     string   // why it cannot be done as things are; "" when nothing known speaks against it
	path       string   // of the capability, as a policy writes it; "" for what needs no token
	needs      []string // what the token has to hold on it, all of them
	fields     []components.Field
	examine    func(values map[string]string) (found []views.Fact, refuse string) // a second look before the question; nil for none
	noted      func() []views.Fact                                                // what the second look found, for the record; nil for nothing
	follows    func(values map[string]string) []views.Fact
	line       func(values map[string]string) string // the vendor's command line that does the same
	word       string                                // to be typed out; "" asks for a yes
	progress   func() string                         // how far a long act is; nil for what takes a moment
	do         func(values map[string]string) error  // sends the write, once
	pending    string                                // told of what was accepted and does not show yet; "" for what is done at once
	prove      func(values map[string]string) (done bool, seen []views.Fact, err error)
}

// stage is what an act works with: the cluster as it was when the key was pressed, and a context that ends with the console.
type stage struct {
	ctx     context.Context
	cluster Cluster
	node    *vault.Node // the active one, or whom the act is about
	name    string
	others  []*vault.Node
	judge   *vault.Node // who is asked what the token may do; nil: the node itself, which may not be able to say
	begin   beginRecord // nil where no record is kept
}

func (s stage) client() *vault.Client { return s.cluster.Client(s.node.Address, s.node.Learnt) }

// staged is the stage of what only the one active node does; why says why there is none.
func (a *App) staged() (s stage, why string) {
	active := a.snap.Active()
	if len(active) != 1 {
		return stage{}, "There is not one active node to do it on."
	}
	return stage{ctx: a.ctx, cluster: a.opts.Cluster, node: active[0], name: a.nameOf(active[0].Address), others: a.snap.Nodes}, ""
}

// openAct opens the dialog of acts; look reads how things are and gives what can be done.
func (a *App) openAct(title string, s stage, look func() ([]views.Fact, []act)) tea.Cmd {
	s.begin = a.beginRecord()
	dialog, cmd := views.NewAct(title, func() views.Outlook {
		facts, acts := look()
		return s.outlook(facts, acts)
	})
	a.overlay.Open(dialog, a.opts.Now(), false)
	return cmd
}

// outlook looks up what the token may do, and refuses beforehand what the server would refuse.
func (s stage) outlook(facts []views.Fact, acts []act) views.Outlook {
	caps, err := s.capabilities(acts)
	out := views.Outlook{Facts: facts}
	if err != nil && !vault.Is(err, vault.NoToken) { // which each act says itself
		out.Facts = append(out.Facts, views.Say("token", "what it may do could not be looked up ("+vault.Reason(err)+"): the server decides", theme.Warn))
	}
	for _, x := range acts {
		deed := views.Deed{Name: x.name, Hint: x.hint, Refuse: x.refuse, Fields: x.fields, Word: x.word, Examine: x.examine, Follows: x.shown, Do: s.recorded(x), Progress: x.progress}
		switch {
		case s.cluster.ReadOnly() && !x.local:
			deed.Refuse = "warder was told to read only"
		case x.path == "":
		case vault.Is(err, vault.NoToken):
			deed.Refuse = vault.Reason(err)
		case err == nil && deed.Refuse == "":
			deed.Refuse = x.lacks(caps)
		}
		out.Deeds = append(out.Deeds, deed)
	}
	return out
}

// capabilities looks up what the acts need; nothing is asked where nothing is needed.
func (s stage) capabilities(acts []act) (vault.Capabilities, error) {
	var paths []string
	for _, x := range acts {
		if x.path != "" {
			paths = append(paths, x.path)
		}
	}
	if len(paths) == 0 {
		return vault.Capabilities{}, nil
	}
	judge := s.judge
	if judge == nil {
		judge = s.node
	}
	return s.cluster.Client(judge.Address, judge.Learnt).CapabilitiesSelf(s.ctx, paths...)
}

// lacks says which capability the token would need, or "".
func (x act) lacks(caps vault.Capabilities) string {
	missing := slices.DeleteFunc(slices.Clone(x.needs), func(n string) bool { return caps.May(x.path, n) })
	if len(missing) == 0 {
		return ""
	}
	return "the token's policies do not give " + strings.Join(missing, " and ") + " on " + x.path
}

func (x act) shown(values map[string]string) []views.Fact {
	return append(x.follows(values), views.Say("the same as", x.line(values), theme.Muted))
}

// done does it once and reads back what is true then. Nothing is ever sent again.
func (x act) done(values map[string]string) views.Result {
	err := x.do(values)
	var doubt string
	switch {
	case err == nil:
	case vault.Unsent(err):
		return views.Result{Tone: theme.Bad, Title: "Not sent: " + vault.Reason(err) + ". Nothing was changed."}
	case vault.Lost(err):
		doubt = "The answer was lost (" + vault.Reason(err) + "). "
	case vault.Is(err, vault.Failed):
		doubt = "The server " + vault.Reason(err) + ". "
	default:
		return views.Result{Tone: theme.Bad, Title: "Refused: " + vault.Reason(err) + ". Nothing was changed."}
	}
	done, seen, unread := x.prove(values)
	if doubt == "" && !done && unread == nil && x.pending != "" {
		return views.Result{Tone: theme.Warn, Title: x.pending, Facts: seen}
	}
	tone, title := verdict(doubt, done, unread)
	return views.Result{Tone: tone, Title: title, Facts: seen}
}

// verdict puts what was answered and what was read back together.
func verdict(doubt string, done bool, unread error) (theme.Tone, string) {
	switch {
	case doubt != "" && unread != nil:
		return theme.Bad, doubt + "It could not be read back either (" + vault.Reason(unread) + "): whether it was done is not known. It is not sent again."
	case doubt != "" && !done:
		return theme.Bad, doubt + "Read back, it has not been done. It is not sent again by itself."
	case doubt != "":
		return theme.Warn, doubt + "Read back, it has been done."
	case unread != nil:
		return theme.Warn, "The server says that it did it. It could not be read back: " + vault.Reason(unread) + "."
	case !done:
		return theme.Warn, "The server says that it did it, but what it tells now does not show that."
	}
	return theme.OK, "Done, and read back."
}

// onAct gives an answer to the dialog that asked. What comes of a write is told even when its dialog was closed.
func (a *App) onAct(m views.ActMsg) tea.Cmd {
	if !a.overlay.Holds(m.Act) {
		if m.Result != nil {
			a.toast.Show(a.opts.Now(), m.Result.Tone, m.Result.Title, warningLife)
			a.stale = true
		}
	} else {
		a.overlay.Update(m, a.opts.Now())
		a.overlay.Changed(m.Act, a.opts.Now())
		a.stale = true
	}
	if m.Result == nil {
		return nil
	}
	return a.refresh()
}

var errNoLeader = errors.New("no node says that it is the active one")

// leader asks the nodes, the one first that was acted on, for who is active now, so that what is read back is not a
// standby's older view.
func (s stage) leader() (*vault.Client, error) {
	var last error
	for _, n := range append([]*vault.Node{s.node}, s.others...) {
		c := s.cluster.Client(n.Address, n.Learnt)
		l, err := c.Leader(s.ctx)
		if err == nil && (l.IsSelf || !l.HAEnabled) {
			return c, nil
		}
		if err != nil && last == nil {
			last = err
		}
	}
	if last == nil {
		last = errNoLeader
	}
	return nil, last
}
