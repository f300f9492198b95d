package ui

import (
	"crypto/rand"

	tea "charm.land/bubbletea/v2"

	"warder/keys"
	"warder/theme"
	"warder/ui/views"
	"warder/vault/ceremony"
)

// openUnseal opens the ceremony for every node that is sealed now, or says why there is none.
func (a *App) openUnseal() {
	sealed := ceremony.Sealed(a.snap, a.opts.SkipVerify)
	if len(sealed) == 0 && a.opts.forbids() == "" {
		a.refuse("No node that was heard is sealed.")
		return
	}
	a.openWizard("Unseal", func(prints *keys.Fingerprinter) ceremony.Machine {
		return ceremony.NewUnseal(sealed, a.snap, prints)
	})
}

// openGenerateRoot opens the ceremony on the active node, which it looks for itself.
func (a *App) openGenerateRoot() {
	a.openWizard("Generate root", func(prints *keys.Fingerprinter) ceremony.Machine {
		return ceremony.NewGenerateRoot(a.snap, a.opts.SkipVerify, prints)
	})
}

// openRekey opens the ceremony on the active node, which it looks for itself.
func (a *App) openRekey() {
	a.openWizard("Rekey", func(prints *keys.Fingerprinter) ceremony.Machine {
		return ceremony.NewRekey(a.snap, a.opts.SkipVerify, prints, rand.Reader)
	})
}

// openInitialise opens the ceremony where the nodes that answer have no keys, or says why it is none here.
func (a *App) openInitialise() {
	if !ceremony.Uninitialised(a.snap) && a.opts.forbids() == "" {
		a.refuse("Nothing to initialise: a node that answers has keys, or none answers.")
		return
	}
	a.openWizard("Initialise", func(prints *keys.Fingerprinter) ceremony.Machine {
		return ceremony.NewInitialise(a.snap, a.opts.SkipVerify, prints, rand.Reader)
	})
}

func (a *App) refuse(why string) { a.toast.Show(a.opts.Now(), theme.Warn, why, noticeLife) }

// openWizard lays a ceremony over the console. One at a time: two would share the screen and the custodians' attention. It
// ends a pause, since it follows the active node by what the polls see, and the key that would end it is the ceremony's now.
func (a *App) openWizard(name string, begin func(*keys.Fingerprinter) ceremony.Machine) {
	if why := a.opts.forbids(); why != "" {
		a.refuse(why)
		return
	}
	if a.opts.Ceremonies == nil {
		a.refuse("Ceremonies are not available here.")
		return
	}
	prints, err := keys.NewFingerprinter(rand.Reader)
	if err != nil {
		a.refuse("No ceremony without randomness: " + err.Error())
		return
	}
	setting := views.Setting{Cautions: a.cautions(name), Marks: a.opts.Keeping.Marks, Idle: a.opts.Idle, Now: a.opts.Now}
	a.wizard = views.NewWizard(name, a.kept(name, begin(&prints), &prints), setting, a.effectCmd)
	a.paused = false
	a.overlay.Open(a.wizard, a.opts.Now(), false)
}

// effectCmd does one effect, once, and tells the wizard what came of it.
func (a *App) effectCmd(z *views.Wizard, e ceremony.Effect) tea.Cmd {
	ctx, do := a.ctx, a.opts.Ceremonies
	if r, ok := z.Machine().(ceremony.Recorded); ok {
		do = r.Around(do)
	}
	a.born = a.born.asks(e, a.opts.Now())
	a.awaited++
	return func() tea.Msg { return views.CeremonyMsg{Wizard: z, Event: do(ctx, e)} }
}

// toCeremony gives an answer to the ceremony that asked, and to no other that was opened since. One that was left wipes the
// secrets of what comes too late.
func (a *App) toCeremony(m views.CeremonyMsg) tea.Cmd {
	a.awaited--
	if !a.overlay.Holds(m.Wizard) {
		a.tooLate(m.Event)
		m.Wizard.Update(m)
		return a.releaseCmd()
	}
	a.born = a.born.hears(m.Event, a.opts.Now())
	return a.toDialog(m)
}

// observe lets an open ceremony see what the polls saw. Of one that was closed, what it leaves alive is noted.
func (a *App) observe() tea.Cmd {
	if release := a.settle(); a.wizard == nil {
		return release
	}
	return a.toDialog(views.CeremonyMsg{Wizard: a.wizard, Event: ceremony.Observed{Snapshot: a.snap}})
}

// settle forgets a ceremony that was closed, and has the memory of it given back.
func (a *App) settle() tea.Cmd {
	if a.wizard == nil || a.overlay.Holds(a.wizard) {
		return nil
	}
	a.remind(a.wizard)
	a.wizard, a.interrupted = nil, false
	a.repicture()
	return a.releaseCmd()
}

func (a *App) releaseCmd() tea.Cmd {
	release := a.opts.Release
	if release == nil {
		return nil
	}
	return func() tea.Msg {
		release()
		return nil
	}
}

// wipe zeroes what a ceremony still holds, by whatever road the program ends.
func (a *App) wipe() {
	if a.wizard != nil {
		a.wizard.Wipe()
	}
}
