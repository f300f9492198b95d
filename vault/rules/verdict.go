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

// Verdict is the worst finding as one word. Without any answer there is none: silence is not sickness, and not health.
func Verdict(s vault.Snapshot, findings []Finding) Health {
	heard := false
	for _, n := range s.Nodes {
		st := n.State()
		heard = heard || st != vault.Unknown && st != vault.Down && st != vault.Broken
	}
	if !heard {
		return Untold
	}
	if len(findings) == 0 {
		return Well
	}
	switch findings[0].Severity {
	case Critical:
		return Dire
	case Degraded:
		return Weak
	default:
		return Well
	}
}
