package rules

import (
	"fmt"
	"time"

	"warder/vault"
)

// rewrapStill is how long a running rewrap may show no progress.
const rewrapStill = 2 * time.Minute

// rewrap: entries that could not be rewrapped stay under the old seal; a rewrap that stands still wraps none.
func rewrap(s Scene) []Finding {
	r, by := s.Rewrap()
	if !told(s, r) {
		return nil
	}
	evidence := []Evidence{rewrapTold(s)}
	var out []Finding
	if still := r.At.Sub(by.RewrapMoved); r.Value.Running && !by.RewrapMoved.IsZero() && still >= rewrapStill {
		out = append(out, Finding{
			Rule: "rewrap-stalled", Severity: Degraded,
			What:     fmt.Sprintf("The rewrap stands still: %d entries processed, none for %s", r.Value.Processed, Span(still)),
			Follows:  "what is left stays under the old seal, which is still needed",
			Do:       "look into the active node's log and at the seal backends; a new leader begins it anew",
			Evidence: append(evidence, Evidence{Node: s.seen.names[by], Source: fromRewrap, Says: fmt.Sprintf("processed %d since then", r.Value.Processed), At: by.RewrapMoved}),
		})
	}
	if r.Value.Failed == 0 {
		return out
	}
	f := Finding{
		Rule: "rewrap-failed", Severity: Notice, What: fmt.Sprintf("The last rewrap failed on %d entries", r.Value.Failed),
		Follows: "they may still be wrapped by the old seal alone", Do: "look into the active node's log, then start a rewrap again",
		Remedy: rewrapAgain, Command: s.cli(by, "write -f", fromRewrap), Evidence: evidence,
	}
	if r.Value.Running {
		f.What = fmt.Sprintf("The running rewrap failed on %d entries so far", r.Value.Failed)
		f.Do, f.Remedy, f.Command = "wait for its end, look into the active node's log, then start a rewrap again", "", ""
	}
	return append(out, f)
}

// unwrapped: entries are not wrapped by all seals, and no rewrap is under way. While a backend is unhealthy that is the cause,
// and while entries fail, they are.
func unwrapped(s Scene) []Finding {
	r, by := s.Rewrap()
	if !told(s, r) || r.Value.Running || r.Value.Failed > 0 {
		return nil
	}
	partly := s.members(func(m vault.Member) bool {
		return heard(m) && m.Node.Backends.Fresh() && !m.Node.Backends.Value.FullyWrapped
	})
	for _, m := range partly {
		if !m.Node.Backends.Value.AllHealthy() {
			return nil
		}
	}
	if len(partly) == 0 {
		return nil
	}
	return []Finding{{
		Rule: "not-fully-wrapped", Severity: Notice, What: "Not all entries are wrapped by all seals, as " + list(namesOf(partly)) + " says",
		Follows: "a seal must not be taken away, and one of them alone may not open everything", Do: "start a rewrap",
		Remedy: rewrapAgain, Command: s.cli(by, "write -f", fromRewrap),
		Evidence: append([]Evidence{rewrapTold(s)}, each(partly, func(m vault.Member) []Evidence {
			return []Evidence{{Node: m.Name, Source: fromBackends, Says: "fully_wrapped is false", At: m.Node.Backends.At}}
		})...),
	}}
}

func rewrapTold(s Scene) Evidence {
	r, by := s.Rewrap()
	state := "not running"
	if r.Value.Running {
		state = "running"
	}
	return cite(s, r, by, fromRewrap, fmt.Sprintf("%s, %d processed, %d failed", state, r.Value.Processed, r.Value.Failed))
}
