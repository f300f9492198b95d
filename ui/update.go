package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
)

// Update is the routing table: sizes, answers, then keys, which go to the dialog on top if there is one, then to the filter
// being typed, then to the console, then to the pane in focus.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = m.Width, m.Height
		a.relayout()
		return a, nil
	case tea.BackgroundColorMsg:
		a.isDark = m.IsDark()
		a.retheme(a.mode)
		return a, a.toDialog(m)
	case tickMsg:
		return a, a.onTick(m)
	case readingMsg:
		return a, a.onReading(m)
	case foldMsg:
		return a, a.onFold(m)
	case storeMsg:
		a.onStore(m)
		return a, nil
	case exportedMsg:
		a.onExported(m)
		return a, nil
	case views.InventoryMsg:
		return a, a.toOwner(m.Inventory, m)
	case views.LogsMsg:
		return a, a.toOwner(m.Logs, m)
	case views.LogsExportedMsg:
		return a, a.onLogExported(m)
	case views.ActMsg:
		return a, a.onAct(m)
	case openedMsg:
		return a, a.onOpened(m)
	case rememberedMsg:
		a.onRemembered(m)
		return a, nil
	case remindedMsg:
		a.onReminded(m)
		return a, nil
	case views.CeremonyMsg:
		return a, a.toCeremony(m)
	case tea.KeyPressMsg:
		a.stale = true
		cmd := a.onKey(m)
		return a, tea.Batch(cmd, a.settle())
	}
	return a, a.toDialog(msg)
}

// toOwner gives an answer to the dialog that asked for it; nobody waits for it where that was closed.
func (a *App) toOwner(d components.Dialog, m tea.Msg) tea.Cmd {
	if !a.overlay.Holds(d) {
		return nil
	}
	return a.toDialog(m)
}

// toDialog hands on what the root has no use for, such as a form's own messages.
func (a *App) toDialog(msg tea.Msg) tea.Cmd {
	if a.overlay.Empty() {
		return nil
	}
	a.stale = true
	return a.overlay.Update(msg, a.opts.Now())
}

func (a *App) onKey(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case k.String() == "ctrl+c":
		return a.interrupt()
	case key.Matches(k, a.keys.Repaint):
		return tea.ClearScreen
	case !a.overlay.Empty():
		a.interrupted = false
		return a.toDialog(k)
	case a.filter.open:
		a.filter.key(k, a.panes[a.focus])
		a.relayout()
		return nil
	}
	return a.onCommand(k)
}

// onCommand is the console's own keys, then the pane's.
func (a *App) onCommand(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(k, a.keys.Quit):
		return a.quit()
	case key.Matches(k, a.keys.Help):
		a.overlay.Open(views.NewHelp(a.keys.groups()), a.opts.Now(), false)
	case key.Matches(k, a.keys.Next):
		a.focusOn(a.focus + 1)
	case key.Matches(k, a.keys.Prev):
		a.focusOn(a.focus - 1)
	case key.Matches(k, a.keys.Detail):
		if _, ok := a.panes[a.focus].Detail(); ok {
			a.overlay.Open(views.NewDetail(a.panes[a.focus]), a.opts.Now(), false)
		}
	case key.Matches(k, a.keys.Zoom):
		a.zoom = !a.zoom
		a.relayout()
	case key.Matches(k, a.keys.Filter):
		a.filter.open = true
	case key.Matches(k, a.keys.Refresh):
		a.toast.Show(a.opts.Now(), theme.Muted, "Asking everything anew.", noticeLife)
		return a.refresh()
	case key.Matches(k, a.keys.Pause):
		return a.pause()
	case key.Matches(k, a.keys.Theme):
		a.cycleTheme()
	case key.Matches(k, a.keys.Rewrap):
		return a.askRewrap()
	case key.Matches(k, a.keys.Rotate):
		return a.askRotation()
	case key.Matches(k, a.keys.Snapshot):
		return a.askSnapshot()
	case key.Matches(k, a.keys.Inventory):
		return a.openInventory()
	case key.Matches(k, a.keys.Logs):
		return a.openLogs()
	case key.Matches(k, a.keys.Whole):
		return a.askCluster()
	case key.Matches(k, a.keys.Node):
		return a.askNode()
	case key.Matches(k, a.keys.Migrate):
		a.openMigrate()
	case key.Matches(k, a.keys.Backup):
		return a.askBackup()
	case key.Matches(k, a.keys.Contexts):
		a.openContexts()
	case key.Matches(k, a.keys.Unseal):
		a.openUnseal()
	case key.Matches(k, a.keys.Init):
		a.openInitialise()
	case key.Matches(k, a.keys.Rekey):
		a.openRekey()
	case key.Matches(k, a.keys.Root):
		a.openGenerateRoot()
	case key.Matches(k, a.keys.Export):
		a.askExport()
	case key.Matches(k, a.keys.Copy):
		return a.copySelected()
	case key.Matches(k, a.keys.Acknowledge):
		a.askAcknowledge()
	case k.String() == "esc":
		a.escape()
	default:
		a.panes[a.focus].Key(k)
	}
	return nil
}

// interrupt quits, but asks first while a ceremony is open: what it started goes on on the server.
func (a *App) interrupt() tea.Cmd {
	if a.wizard == nil || !a.overlay.Holds(a.wizard) || a.interrupted {
		return a.quit()
	}
	a.interrupted = true
	a.refuse("A ceremony is open: what it began goes on on the server. ctrl+c again quits.")
	return a.toDialog(tea.KeyPressMsg{Code: tea.KeyEscape})
}

func (a *App) quit() tea.Cmd {
	a.wipe()
	a.stop()
	return tea.Quit
}

// escape undoes the last narrowing: the filter, then the zoom.
func (a *App) escape() {
	switch {
	case a.filter.text != "":
		a.filter.clear(a.panes[a.focus])
	case a.zoom:
		a.zoom = false
	}
	a.relayout()
}

// focusOn moves the focus, and the layout with it. A filter belongs to the pane in which it was typed.
func (a *App) focusOn(i int) {
	a.filter.clear(a.panes[a.focus])
	a.focus = (i + len(a.panes)) % len(a.panes)
	a.relayout()
}

// pause holds the polls back; what is on the screen stays and grows old before one's eyes.
func (a *App) pause() tea.Cmd {
	a.paused = !a.paused
	if a.paused {
		return nil
	}
	return a.dispatch(false)
}

func (a *App) cycleTheme() {
	next := map[theme.Mode]theme.Mode{theme.Auto: theme.Light, theme.Dark: theme.Light, theme.Light: theme.Mono, theme.Mono: theme.Dark}
	if a.mode == theme.Auto && !a.isDark {
		next[theme.Auto] = theme.Mono
	}
	a.retheme(next[a.mode])
}

func (a *App) retheme(mode theme.Mode) {
	a.mode = mode
	a.theme = theme.New(mode, a.isDark, a.opts.ASCII)
	a.repicture()
}
