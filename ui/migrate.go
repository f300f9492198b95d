package ui

import (
	"warder/keys"
	"warder/vault/ceremony"
)

// openMigrate opens the guide through a change of the seal, where the nodes tell of one.
func (a *App) openMigrate() {
	if !ceremony.Migrating(a.snap) {
		a.refuse("No node says that its seal is being changed. A migration begins with a node restarted with another seal stanza.")
		return
	}
	skip := a.opts.SkipVerify
	a.openWizard("Seal migration", func(prints *keys.Fingerprinter) ceremony.Machine {
		return ceremony.NewMigrate(a.snap, skip, prints)
	})
}
