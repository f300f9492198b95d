package ceremony

import (
	"fmt"
	"slices"
	"strings"

	"warder/vault"
	"warder/vault/plan"
)

// Planned is a ceremony that goes by a plan. What the plan says is offered, and what departs from it does not reach the
// machine unless an exception was noted just before: an exception lets one thing pass.
type Planned struct {
	Machine
	plan     plan.Plan
	guide    Guide
	stage    planStage
	check    int // of the site checks, which one is asked for
	cluster  plan.Cluster
	excepted bool
	notices  remarks
}

// Guide is what a plan is followed with.
type Guide struct {
	Rehearsal bool     // the cluster is a simulated one, which need not be that of the plan
	Said      []string // told on the first page
}

type planStage int

const (
	planTold planStage = iota
	planChecking
	planFollowed
)

// Follow has a ceremony go by a plan.
func Follow(m Machine, p plan.Plan, s vault.Snapshot, g Guide) Planned {
	return Planned{Machine: m, plan: p, guide: g, cluster: plan.Cluster{Name: s.Name(), ID: s.ID()}}
}

// Unwrap is the ceremony itself.
func (p Planned) Unwrap() Machine { return p.Machine }

// Apply implements Machine.
func (p Planned) Apply(e Event) (Machine, []Effect) {
	out := p.apply(e)
	return p, out
}

func (p *Planned) apply(e Event) []Effect {
	if o, ok := e.(Observed); ok {
		p.cluster = plan.Cluster{Name: o.Snapshot.Name(), ID: o.Snapshot.ID()}
	}
	if !personal(e) {
		return p.hand(e)
	}
	p.notices = nil
	if _, ok := e.(Noted); ok {
		p.excepted = true
		return nil
	}
	if why := p.departs(e); why != "" && !p.excepted {
		discard(e)
		p.notices.alarm("%s Note an exception first (ctrl+n), if it is meant.", why)
		return nil
	} else if why != "" {
		p.excepted = false
		p.notices.say("Departed from the plan, as noted. %s", why)
	}
	switch p.stage {
	case planTold:
		return p.begin(e)
	case planChecking:
		p.tick(e)
		return nil
	}
	return p.hand(e)
}

func (p *Planned) hand(e Event) []Effect {
	var out []Effect
	p.Machine, out = p.Machine.Apply(e)
	return out
}

func (p *Planned) begin(e Event) []Effect {
	if _, ok := e.(Continue); !ok {
		discard(e)
		return nil
	}
	p.stage = planFollowed
	if len(p.plan.Checks) > 0 {
		p.stage = planChecking
	}
	return nil
}

// tick takes the word on one site check.
func (p *Planned) tick(e Event) {
	switch e := e.(type) {
	case Picked:
		text := p.plan.Checks[p.check]
		if e.Key == "no" {
			p.notices.alarm("Not so: %s", text)
		} else {
			p.notices.say("Checked: %s", text)
		}
		if p.check++; p.check >= len(p.plan.Checks) {
			p.stage = planFollowed
		}
	case Back:
		if p.check--; p.check < 0 {
			p.check, p.stage = 0, planTold
		}
	default:
		discard(e)
	}
}

// departs says in what an event departs from the plan.
func (p Planned) departs(e Event) string {
	at := p.Machine.Prompt()
	switch e := e.(type) {
	case Continue:
		if p.stage == planTold {
			return p.otherCluster()
		}
	case Picked:
		switch {
		case p.stage == planChecking && e.Key == "no":
			return "The plan wants this to be so before anything is done."
		case p.stage == planFollowed:
			return p.otherChoice(at, e.Key)
		}
	case Filled:
		if fill, ok := at.(Fill); ok && p.stage == planFollowed {
			return p.otherValues(fill, e.Values)
		}
	}
	return ""
}

// otherCluster compares what the cluster calls itself with the plan, where both are known.
func (p Planned) otherCluster() string {
	c := p.plan.Cluster
	switch {
	case p.guide.Rehearsal:
		return ""
	case c.ID != "" && p.cluster.ID != "" && c.ID != p.cluster.ID:
		return fmt.Sprintf("The plan is of the cluster with the id %s, and this one has %s.", c.ID, p.cluster.ID)
	case c.Name != "" && p.cluster.Name != "" && c.Name != p.cluster.Name:
		return fmt.Sprintf("The plan is of the cluster %s, and this one is %s.", c.Name, p.cluster.Name)
	}
	return ""
}

func (p Planned) otherChoice(at Prompt, key string) string {
	want := p.wanted(at)
	if want == "" || want == key {
		return ""
	}
	return fmt.Sprintf("The plan says: %s.", labelOf(at, want))
}

func (p Planned) otherValues(fill Fill, values map[string]string) string {
	for _, f := range fill.Fields {
		if want := p.value(fill, f.Key); want != "" && strings.TrimSpace(values[f.Key]) != want {
			return fmt.Sprintf("The plan says %q for: %s.", want, f.Label)
		}
	}
	return ""
}

// Steps implements Machine.
func (p Planned) Steps() ([]string, int) {
	names, at := p.Machine.Steps()
	names = append([]string{"Plan"}, names...)
	if p.stage != planFollowed {
		return names, 0
	}
	return names, at + 1
}

// Notices implements Machine.
func (p Planned) Notices() []Notice {
	if p.stage != planFollowed {
		return p.notices
	}
	return append(slices.Clip(p.notices), p.Machine.Notices()...)
}

// Cancel implements Canceller.
func (p Planned) Cancel() (Option, bool) {
	c, able := p.Machine.(Canceller)
	if !able || p.stage != planFollowed {
		return Option{}, false
	}
	return c.Cancel()
}

// Backs implements Backer.
func (p Planned) Backs() bool {
	b, able := p.Machine.(Backer)
	return p.stage == planChecking || p.stage == planFollowed && able && b.Backs()
}

// Notes says that an exception can be noted, which lets one departure pass.
func (p Planned) Notes() bool { return true }
