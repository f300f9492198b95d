package views

import (
	"fmt"
	"slices"

	"warder/ui/components"
	"warder/vault"
)

// sparkWidth is how many samples a detail shows of a series.
const sparkWidth = 40

// latencyFacts are the node's round trips since it is watched.
func latencyFacts(p *Picture, n *vault.Node) []Fact {
	return spark(p, "round trips", p.History.LatencySeries(n.Address), "ms")
}

// appliedFacts are how fast the node applied Raft entries.
func appliedFacts(p *Picture, n *vault.Node) []Fact {
	if n == nil {
		return nil
	}
	return spark(p, "applies", p.History.AppliedSeries(n.Address), "entries/s")
}

// spark draws the newest samples, between zero and the greatest of them, which is told.
func spark(p *Picture, label string, values []float64, unit string) []Fact {
	if len(values) < 2 {
		return nil
	}
	values = values[max(0, len(values)-sparkWidth):]
	greatest := slices.Max(values)
	text := fmt.Sprintf("%s  0 to %.1f %s", components.Bars(p.Theme, values), greatest, unit)
	return []Fact{fact(label, text)}
}
