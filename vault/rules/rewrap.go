package rules

import (
	"fmt"
)

// rewrap: entries that could not be rewrapped stay under the old seal.
func rewrap(s Scene) []Finding {
	r, _ := s.Rewrap()
	if !told(s, r) || r.Value.Failed == 0 {
		return nil
	}
	what := fmt.Sprintf("The last rewrap failed on %d entries", r.Value.Failed)
	if r.Value.Running {
		what = fmt.Sprintf("The running rewrap failed on %d entries so far", r.Value.Failed)
	}
	return []Finding{{
		Rule: "rewrap-failed", Severity: Notice, What: what,
		Follows: "they may still be wrapped by the old seal alone", Do: "look into the active node's log, then start a rewrap again",
	}}
}
