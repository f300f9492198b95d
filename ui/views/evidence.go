package views

import "warder/vault/rules"

// evidence tells on what a finding rests: which node, which answer, and how old it is. An answer of the cluster has no node.
func evidence(p *Picture, x rules.Finding) []Fact {
	if len(x.Evidence) == 0 {
		return nil
	}
	facts := []Fact{fact("", ""), fact("", "Rests on")}
	for _, e := range x.Evidence {
		said := e.Source + ": " + e.Says
		if !e.At.IsZero() {
			said += ", " + rules.Span(p.Now.Sub(e.At)) + " ago"
		}
		facts = append(facts, fact(e.Node, said))
	}
	return facts
}
