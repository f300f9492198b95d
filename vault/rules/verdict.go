package rules

import "warder/vault"

// Health is the verdict's word.
type Health int

// The verdicts.
const (
	Untold Health = iota // nobody answered: nothing can be said
	Well
	Weak
	Dire
)

// String is the word that the header shows.
func (h Health) String() string {
	switch h {
	case Well:
		return "HEALTHY"
	case Weak:
		return "DEGRADED"
	case Dire:
		return "CRITICAL"
	default:
		return "UNKNOWN"
	}
}

// Verdict is the worst finding as one word. Without any answer there is none: silence is not sickness, and not health. Nor is a
// cluster well before each of the given nodes was heard or found silent.
func Verdict(s vault.Snapshot, findings []Finding) Health {
	heard, awaited := false, false
	for _, n := range s.Nodes {
		st := n.State()
		heard = heard || st != vault.Unknown && st != vault.Down && st != vault.Broken
		awaited = awaited || st == vault.Unknown && !n.Learnt
	}
	worst := Notice
	if len(findings) > 0 {
		worst = findings[0].Severity
	}
	switch {
	case !heard:
		return Untold
	case worst == Critical:
		return Dire
	case worst == Degraded:
		return Weak
	case awaited:
		return Untold
	}
	return Well
}
