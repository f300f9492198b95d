package ui

import (
	"charm.land/bubbles/v2/key"

	"warder/ui/views"
	"warder/vault/rules"
)

// keyMap holds every binding of the console; help is made from it, so that it cannot promise another key.
type keyMap struct {
	Next, Prev, Detail, Zoom, Filter key.Binding
	Refresh, Pause, Repaint, Theme   key.Binding
	Unseal, Rekey, Root, Rewrap      key.Binding
	Rotate, Backup, Migrate          key.Binding
	Node, Whole, Snapshot            key.Binding
	Init                             key.Binding
	Acknowledge                      key.Binding
	Inventory, Logs                  key.Binding
	Export, Copy                     key.Binding
	Contexts                         key.Binding
	Help, Quit                       key.Binding
	Move                             key.Binding // only told: the panes move themselves
}

func newKeyMap() keyMap {
	bind := func(help, desc string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, desc))
	}
	return keyMap{
		Next:        bind("tab", "pane", "tab"),
		Prev:        bind("shift+tab", "pane before", "shift+tab"),
		Move:        bind("up, down", "select", "up", "down", "k", "j", "pgup", "pgdown", "home", "end"),
		Detail:      bind("enter", "detail", "enter"),
		Zoom:        bind("z", "zoom", "z"),
		Filter:      bind("/", "filter", "/"),
		Refresh:     bind("r", "refresh", "r"),
		Pause:       bind("p", "pause", "p"),
		Repaint:     bind("ctrl+l", "draw the screen anew", "ctrl+l"),
		Theme:       bind("t", "theme: dark, light, monochrome", "t"),
		Unseal:      bind("u", "unseal", "u"),
		Rekey:       bind("R", "rekey", "R"),
		Root:        bind("g", "generate root", "g"),
		Migrate:     bind("M", "seal migration", "M"),
		Init:        bind("I", "initialise", "I"),
		Rewrap:      bind("w", "start rewrap", "w"),
		Rotate:      bind("K", "barrier key: rotate", "K"),
		Backup:      bind("B", "backup of a rekey", "B"),
		Node:        bind("x", "act on the node", "x"),
		Whole:       bind("X", "act on the cluster, or our token", "X"),
		Snapshot:    bind("S", "snapshot: save, restore", "S"),
		Acknowledge: bind("a", "end a reminder of a root token", "a"),
		Inventory:   bind("i", "inventory: mounts, policies, leases …", "i"),
		Logs:        bind("L", "log of the node", "L"),
		Export:      bind("e", "export", "e"),
		Copy:        bind("y", "copy a finding's command line", "y"),
		Contexts:    bind("c", "context", "c"),
		Help:        bind("?", "help", "?"),
		Quit:        bind("q", "quit", "q", "ctrl+c"),
	}
}

// occasion is what decides which keys are of use just now.
type occasion struct {
	blank    bool // the cluster is not initialised
	sealed   bool // a node waits for shares
	contexts bool // there are others to open
}

// foot are the bindings of the last line, the most needed first. Quit has its place at the end, whatever gives way. What would
// only be refused now has no place there; the help has it all the same.
func (k keyMap) foot(pane []key.Binding, o occasion) []key.Binding {
	out := []key.Binding{k.Help, k.Next, k.Detail}
	if o.blank {
		out = append(out, k.Init)
	}
	if o.sealed {
		out = append(out, k.Unseal)
	}
	out = append(out, pane...)
	out = append(out, k.Rekey, k.Root, k.Zoom, k.Filter, k.Export, k.Refresh, k.Pause)
	if o.contexts {
		out = append(out, k.Contexts)
	}
	return out
}

// remedies are the keys of what findings name as a remedy; none where nothing may be changed.
func (a *App) remedies() map[string]string {
	if a.opts.Cluster.ReadOnly() {
		return nil
	}
	out, bindings := map[string]string{}, a.keys.byName()
	for _, name := range rules.Remedies {
		out[name] = bindings[name].Help().Key
	}
	return out
}

// writes says that a binding is for something that changes the cluster.
func (k keyMap) writes(b key.Binding) bool {
	for _, w := range []key.Binding{k.Unseal, k.Rekey, k.Root, k.Init, k.Rewrap, k.Rotate, k.Migrate, k.Node, k.Whole} {
		if w.Help() == b.Help() {
			return true
		}
	}
	return false
}

// groups are all bindings, for the help.
func (k keyMap) groups() []views.KeyGroup {
	return []views.KeyGroup{
		{Title: "Look", Keys: []key.Binding{k.Next, k.Prev, k.Move, k.Detail, k.Zoom, k.Filter, k.Inventory, k.Logs}},
		{Title: "Ceremonies", Keys: []key.Binding{k.Init, k.Unseal, k.Rekey, k.Root, k.Migrate}},
		{Title: "Act", Keys: []key.Binding{k.Node, k.Whole, k.Snapshot, k.Rotate, k.Backup, k.Rewrap, k.Acknowledge, k.Refresh, k.Pause, k.Contexts, k.Export, k.Copy}},
		{Title: "Screen", Keys: []key.Binding{k.Theme, k.Repaint, k.Help, k.Quit}},
	}
}
