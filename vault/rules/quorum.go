package rules

import (
	"fmt"
	"slices"

	"warder/vault"
)

// tolerance: autopilot says how many voters may still be lost.
func tolerance(s Scene) []Finding {
	a, _ := s.Autopilot()
	if !told(s, a) || a.Value.Tolerance > 0 || len(a.Value.Voters) == 0 {
		return nil
	}
	voters, evidence := len(a.Value.Voters), append(s.autopilotSays(saysOfAll(a.Value)), s.voters()...)
	bad, names := failing(s, a.Value)
	switch {
	case voters == 1 && len(a.Value.Servers) > 1:
		return []Finding{{
			Rule: "single-voter", Severity: Degraded, What: "Only one Raft peer votes",
			Follows: "when it stops, nothing is served", Do: "wait: autopilot lets a new peer vote once it has been stable for some 10 s",
			Evidence: evidence,
		}}
	case voters == 1:
		return []Finding{{
			Rule: "single-node", Severity: Notice, What: "One voter only",
			Follows: "when it stops, nothing is served", Do: "join two more nodes", Evidence: evidence,
		}}
	case len(bad) == 0 && newLeader(s):
		return nil
	case len(bad) == 0:
		return []Finding{{
			Rule: "tolerance-zero", Severity: Degraded, What: fmt.Sprintf("Tolerance 0: %d voters can lose none", voters),
			Follows: "one voter lost stops all reads and writes", Do: "join another voter", Evidence: evidence,
		}}
	}
	return []Finding{{
		Rule: "tolerance-zero", Severity: Critical, What: "Tolerance 0: " + list(bad),
		Follows: "one more voter lost stops all reads and writes", Do: "bring the failing voters back first",
		Evidence: evidence, names: names,
	}}
}

// saysOfAll is autopilot's judgement in short.
func saysOfAll(a vault.Autopilot) string {
	var ill []string
	for _, p := range a.Servers {
		if !p.Healthy {
			ill = append(ill, p.ID)
		}
	}
	says := fmt.Sprintf("failure_tolerance %d, %d voters", a.Tolerance, len(a.Voters))
	if len(ill) > 0 {
		says += "; unhealthy: " + list(ill)
	}
	return says
}

// failing names the voters that autopilot finds unhealthy, with what we know of them.
func failing(s Scene, a vault.Autopilot) (what, names []string) {
	for _, p := range a.Servers {
		if p.Healthy || !slices.Contains(a.Voters, p.ID) {
			continue
		}
		m := s.peer(p)
		if unproven(s, m) {
			continue
		}
		names = append(names, m.Name)
		switch {
		case is(m, vault.SealedState):
			what = append(what, m.Name+" is sealed"+ago(s.Now, m.Node)+progress(m.Node))
		case is(m, vault.RemovedState):
			what = append(what, m.Name+" was removed")
		case is(m, vault.Recovering):
			what = append(what, m.Name+" is in recovery mode")
		case goneForLong(s, m):
			what = append(what, fmt.Sprintf("%s is gone for %s", m.Name, Span(goneFor(s, m))))
		case is(m, vault.Down, vault.Broken):
			what = append(what, fmt.Sprintf("%s does not answer (%s)", m.Name, vault.Reason(m.Node.Health.Err)))
		default:
			what = append(what, fmt.Sprintf("%s is unhealthy: last contact %s ago", m.Name, Span(p.LastContact))+stale(s, p)+behind(s, a, p))
		}
	}
	return what, names
}
