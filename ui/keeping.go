package ui

import (
	"strings"

	"warder/keys"
	"warder/vault/ceremony"
	script "warder/vault/plan"
	"warder/vault/record"
)

// Keeping says how ceremonies are written down, and by which plan they go. The zero Keeping keeps no record and has no plan.
type Keeping struct {
	Archive *ceremony.Archive
	Marks   []string // stand on every screen of a ceremony: that it is a rehearsal, that no record is kept

	Plan     *script.Plan
	PlanHash string // SHA-256 of its file
	Guide    ceremony.Guide
}

// kept has a ceremony go by the plan and be written down, where that is wanted.
func (a *App) kept(name string, m ceremony.Machine, prints *keys.Fingerprinter) ceremony.Machine {
	k := a.opts.Keeping
	if k.follows(name) {
		m = ceremony.Follow(m, *k.Plan, a.snap, k.Guide)
	}
	if k.Archive == nil {
		return m
	}
	return ceremony.Record(m, k.Archive.Recorder(name, a.snap, prints, a.beginning(name)...))
}

// follows says that the plan is of this ceremony.
func (k Keeping) follows(name string) bool { return k.Plan != nil && k.Plan.Kind.Words() == name }

// cautions are what is said before a ceremony begins.
func (a *App) cautions(name string) []string {
	out := a.opts.Cautions()
	if k := a.opts.Keeping; k.Plan != nil && !k.follows(name) {
		out = append(out, "The plan is of another ceremony ("+strings.ToLower(k.Plan.Kind.Words())+"): this one goes by no plan.")
	}
	return out
}

// beginning is what the first line of a record tells beside the cluster.
func (a *App) beginning(name string) []record.Fact {
	facts := []record.Fact{{Name: "context", Value: a.opts.called()}}
	for _, c := range a.cautions(name) {
		facts = append(facts, record.Fact{Name: "caution", Value: c})
	}
	if a.opts.SkipVerify {
		facts = append(facts, record.Fact{Name: "caution", Value: "TLS is not verified (skip-verify)"})
	}
	k := a.opts.Keeping
	if !k.follows(name) {
		return facts
	}
	facts = append(facts, record.Fact{Name: "plan", Value: k.Plan.Name()}, record.Fact{Name: "plan's SHA-256", Value: k.PlanHash})
	for _, f := range k.Plan.Facts() {
		facts = append(facts, record.Fact{Name: "planned: " + strings.ToLower(f.Name), Value: f.Value})
	}
	for _, r := range k.Plan.People() {
		facts = append(facts, record.Fact{Name: r.Role, Value: r.Name})
	}
	return facts
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
