package ui

import (
	"warder/keys"
	"warder/vault/ceremony"
	"warder/vault/record"
)

// Keeping says how ceremonies are written down. The zero Keeping keeps no record.
type Keeping struct {
	Archive *ceremony.Archive
	Marks   []string // stand on every screen of a ceremony: that it is a rehearsal, that no record is kept
}

// kept has a ceremony written down, where that is wanted.
func (a *App) kept(name string, m ceremony.Machine, prints *keys.Fingerprinter) ceremony.Machine {
	if a.opts.Keeping.Archive == nil {
		return m
	}
	facts := []record.Fact{{Name: "context", Value: orNone(a.opts.called(), "none")}}
	for _, c := range a.opts.Cautions() {
		facts = append(facts, record.Fact{Name: "caution", Value: c})
	}
	if a.opts.SkipVerify {
		facts = append(facts, record.Fact{Name: "caution", Value: "TLS is not verified (skip-verify)"})
	}
	return ceremony.Record(m, a.opts.Keeping.Archive.Recorder(name, a.snap, prints, facts...))
}

func orNone(s, none string) string {
	if s == "" {
		return none
	}
	return s
}

// breakOff ends the record of a ceremony that is open when the program ends. It writes, and so is not for Update.
func (a *App) breakOff() error {
	if a.wizard == nil {
		return nil
	}
	r, ok := a.wizard.Machine().(ceremony.Recorded)
	if !ok {
		return nil
	}
	return r.Recorder().BreakOff("warder was ended")
}
