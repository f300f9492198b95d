package views

import (
	"strings"

	"warder/theme"
	"warder/vault"
	"warder/vault/rules"
)

// acts are those that a detail speaks of. A restart is a stop, and what the stop says of its way back.
var acts = []rules.Act{rules.Stops, rules.StepsDown, rules.Removed}

// whatIfFacts tell what would follow if the member stopped, stepped down or was removed.
func whatIfFacts(p *Picture, m vault.Member) []Fact {
	var out []Fact
	for _, act := range acts {
		o, ok := rules.WhatIf(p.Scene, m, act)
		if !ok {
			continue
		}
		tone := theme.Plain
		if o.Grave() {
			tone = theme.Warn
		}
		out = append(out, toned(act.String(), strings.Join(o.Says, ". ")+".", tone))
	}
	if len(out) == 0 {
		return nil
	}
	return append([]Fact{toned("", "What if, concluded from what the servers say now", theme.Strong)}, out...)
}
