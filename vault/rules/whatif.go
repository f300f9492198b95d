package rules

import (
	"fmt"

	"warder/vault"
)

// Act is what may happen to a node, or be done to it.
type Act int

// The acts.
const (
	Stops     Act = iota // its process ends, and nobody starts it
	Restarts             // it ends and is started again
	StepsDown            // it hands the lead on
	Removed              // it is taken out of the Raft configuration
)

// String is the act as a condition.
func (a Act) String() string {
	return [...]string{"if it stops", "if it restarts", "if it steps down", "if it is removed"}[a]
}

// Outcome is what follows from an act. It is concluded from what the servers say now; no server was asked what would be.
type Outcome struct {
	// Known says that the Raft configuration is seen, so that the votes can be counted.
	Known  bool
	Voters int // in the configuration, afterwards
	Part   int // of these, those that take part
	Before int // that take part now

	Elects bool     // the node leads, so that another has to be elected
	Heirs  []string // the nodes that could lead then
	Back   Back
	Says   []string // all of it in sentences, the gravest first
}

// Quorum is how many of the voters must take part.
func (o Outcome) Quorum() int { return o.Voters/2 + 1 }

// Tolerance is how many more voters may be lost; below nothing, the quorum is lost.
func (o Outcome) Tolerance() int { return o.Part - o.Quorum() }

// Grave says that the cluster stops, or that one more loss stops it which would not have before.
func (o Outcome) Grave() bool {
	return o.Known && o.Tolerance() <= 0 && o.Part < o.Before || o.Elects && len(o.Heirs) == 0
}

// WhatIf tells what would follow. ok is false where the act is none for this node: only the active one steps down, and only a
// peer of the Raft configuration can be taken out of it, as long as there is an active node to do it.
func WhatIf(s Scene, m vault.Member, act Act) (o Outcome, ok bool) {
	switch {
	case act == StepsDown && !is(m, vault.Active), act == Removed && (m.Raft == nil || len(s.Active()) == 0), m.Node == nil && m.Raft == nil:
		return Outcome{}, false
	case act == Stops && is(m, vault.Down), act == Restarts && is(m, vault.Uninitialised, vault.RemovedState):
		return Outcome{}, false
	}
	o.count(s, m, act)
	o.Elects = is(m, vault.Active)
	for _, x := range s.Members {
		if x.Name != m.Name && canLead(x) {
			o.Heirs = append(o.Heirs, x.Name)
		}
	}
	o.Back = wayBack(s, m, act)
	o.Says = o.sentences(m, act)
	return o, true
}

// count counts the votes before and after.
func (o *Outcome) count(s Scene, m vault.Member, act Act) {
	raft, _ := s.Raft()
	if o.Known = raft.Known() && len(raft.Value) > 0; !o.Known {
		return
	}
	part := takingPart(s)
	for _, r := range raft.Value {
		if !r.Voter {
			continue
		}
		o.Voters++
		if part[r.ID] {
			o.Part++
		}
	}
	o.Before = o.Part
	if m.Raft == nil || !m.Raft.Voter || act == StepsDown {
		return
	}
	if part[m.Raft.ID] {
		o.Part--
	}
	if act == Removed {
		o.Voters--
	}
}

// takingPart are the voters that are not known to be missing. Of one that we do not hear, autopilot's word counts; without it
// silence does, since to count a dead voter in would be the costlier mistake.
func takingPart(s Scene) map[string]bool {
	out := map[string]bool{}
	for _, m := range s.Members {
		if m.Raft == nil || !m.Raft.Voter {
			continue
		}
		switch {
		case is(m, vault.SealedState, vault.Uninitialised, vault.RemovedState, vault.Recovering):
		case is(m, vault.Down) && !vouched(s, m):
		case m.Node == nil && m.Autopilot != nil && !m.Autopilot.Healthy:
		default:
			out[m.Raft.ID] = true
		}
	}
	return out
}

// canLead says that a node could take over: it is unsealed, may vote where that is known, and autopilot does not doubt it.
func canLead(m vault.Member) bool {
	switch {
	case m.Autopilot != nil && !m.Autopilot.Healthy, m.Raft != nil && !m.Raft.Voter:
		return false
	case m.Node == nil:
		return m.Autopilot != nil
	}
	return is(m, vault.Active, vault.Standby, vault.PerfStandby)
}

// sentences say it, the gravest first.
func (o Outcome) sentences(m vault.Member, act Act) []string {
	var out []string
	if o.Known {
		out = append(out, o.votes(m, act))
	} else if m.Raft == nil {
		out = append(out, "The votes cannot be counted: the Raft configuration is not seen")
	}
	if o.Elects {
		switch {
		case o.Known && o.Tolerance() < 0 && act != StepsDown:
		case len(o.Heirs) == 0:
			out = append(out, "No other node could take the lead: nothing is served until it is back")
		default:
			out = append(out, "It leads: writes fail for some seconds until "+anyOf(o.Heirs)+" is elected")
		}
	}
	switch act {
	case StepsDown:
		return out
	case Removed:
		return append(out, "It cannot come back with its data: its storage has to be wiped, and it has to join anew")
	}
	if s := o.Back.sentence(m, act); s != "" {
		out = append(out, s)
	}
	return out
}

func (o Outcome) votes(m vault.Member, act Act) string {
	now := fmt.Sprintf("%d of %d voters left, %d needed", o.Part, o.Voters, o.Quorum())
	switch {
	case act == StepsDown, m.Raft != nil && !m.Raft.Voter && act != Removed, m.Raft == nil:
		now = "The votes stay as they are: " + now
	case o.Part == o.Before && act == Removed:
		now = "It does not take part now. Without it " + now
	case o.Part == o.Before:
		now = "It does not take part now: " + now
	}
	switch t := o.Tolerance(); {
	case t < 0 && o.Part < o.Before && o.Before-o.Quorum() >= 0:
		return now + ": the quorum is lost, and nothing is served"
	case t < 0:
		return now + ": there is no quorum"
	case t == 0:
		return now + ": none may be lost any more"
	default:
		return now + fmt.Sprintf(": %d more may be lost", t)
	}
}

func anyOf(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return "one of " + list(names)
}
