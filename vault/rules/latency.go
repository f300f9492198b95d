package rules

import (
	"fmt"
	"time"

	"warder/vault"
)

// When a node answers too slowly: absolutely, and against its own past, in which a few hundred milliseconds of a far line are
// usual and no finding.
const (
	slowAnswer  = time.Second
	slowerByFar = 5
	slowerAtAll = 200 * time.Millisecond
)

// slow: nodes take long to answer. When all do, the road to them is the likelier reason.
func slow(s Scene) []Finding {
	asked := s.members(heard)
	var out []Finding
	for _, m := range asked {
		if f := slowness(s, m); f.Rule != "" {
			out = append(out, f)
		}
	}
	if len(asked) < 2 || len(out) < len(asked) {
		return out
	}
	f := Finding{
		Rule: "all-slow", Severity: Notice, What: "All nodes answer slowly from here: " + list(namesOf(asked)),
		Follows: "what is shown is older than usual", Do: "measure the line first: ask a node on its own machine, and compare",
	}
	for _, each := range out {
		f.Evidence = append(f.Evidence, each.Evidence...)
	}
	f.Evidence = bounded(f.Evidence)
	return []Finding{f}
}

func slowness(s Scene, m vault.Member) Finding {
	took := m.Node.RTT
	usual, recent, past := s.History.Latency(m.Node.Address)
	if past {
		took = recent
	}
	f := Finding{
		Rule: "slow", Severity: Degraded, Node: m.Name, Follows: "clients wait as long, and elections may begin if it leads",
		Do:       "check its load, its disk and the network on the way to it",
		Evidence: []Evidence{{Node: m.Name, Source: fromHealth, Says: fmt.Sprintf("answered after %d ms", m.Node.RTT.Milliseconds()), At: m.Node.Health.At}},
	}
	if past {
		f.Evidence = append(f.Evidence, Evidence{
			Node: m.Name, Source: "watched", At: m.Node.Health.At,
			Says: fmt.Sprintf("usually %d ms, of late %d ms", usual.Milliseconds(), recent.Milliseconds()),
		})
	}
	switch {
	case past && recent >= slowerByFar*usual && recent > slowerAtAll:
		f.What = fmt.Sprintf("%s answers more slowly than usual: %s", m.Name, band(took))
	case took > slowAnswer:
		f.What = fmt.Sprintf("%s answers slowly: %s", m.Name, band(took))
	default:
		return Finding{}
	}
	return f
}

// band is a round trip without what jitters.
func band(d time.Duration) string {
	for _, edge := range []struct {
		from time.Duration
		says string
	}{{5 * time.Second, "5 s"}, {2 * time.Second, "2 s"}, {time.Second, "1 s"}, {500 * time.Millisecond, "500 ms"}} {
		if d >= edge.from {
			return "it takes more than " + edge.says
		}
	}
	return "it takes more than 200 ms"
}
