package ceremony

import (
	"fmt"

	"warder/vault"
)

func (r Rekey) told() Tell {
	if shareless(r.old) {
		return Tell{Title: "Rekey", Go: "Go on", Text: append([]string{
			"There are no recovery shares: the cluster was initialised without. It takes none to make the first ones, but a token that may.",
			"The answer to the start holds the new shares and comes to this console only: start it where the custodians are.",
			"They are in force once they were given back (verification). Until then it can be ended at any time, with nothing lost.",
		}, preflight(r.seat.snapshot)...)}
	}
	text := []string{
		"The shares are replaced by new ones. It takes as many of the present shares as their threshold" + r.threshold() + ", and all new custodians, one after the other.",
		"The old shares stay in force until the new ones were given back (verification). Until then it can be ended at any time, with nothing lost.",
		"The answer to the last old share holds the new shares and comes to that console only: give it where the new custodians are.",
	}
	return Tell{Title: "Rekey", Text: append(text, preflight(r.seat.snapshot)...), Go: "Go on"}
}

func (r Rekey) threshold() string {
	if r.old.Threshold == 0 {
		return ""
	}
	return fmt.Sprintf(" (any %d of %d)", r.old.Threshold, r.old.Shares)
}

// preflight says how the cluster is, as far as a rekey depends on it: a change of the active node discards one, or with OpenBao
// takes it out of reach.
func preflight(s vault.Snapshot) []string {
	var away, sealed, sick []string
	members := s.Members()
	for _, m := range members {
		switch {
		case m.Node == nil, m.Node.State() == vault.Down, m.Node.State() == vault.Broken, m.Node.State() == vault.Unknown, m.Node.State() == vault.Recovering:
			away = append(away, m.Name)
		case m.Node.State() == vault.SealedState:
			sealed = append(sealed, m.Name)
		}
		if m.Node != nil && m.Node.Backends.Fresh() && !m.Node.Backends.Value.AllHealthy() {
			sick = append(sick, m.Name)
		}
	}
	var text []string
	say := func(names []string, good, bad string) {
		if len(names) > 0 {
			text = append(text, "Attention: "+fmt.Sprintf(bad, list(names)))
		} else {
			text = append(text, good)
		}
	}
	say(away, fmt.Sprintf("All %d nodes answer.", len(members)), "not to be reached: %s. A node that is away during a rekey asks for the new shares when it comes back.")
	say(sealed, "No node is sealed.", "sealed: %s. What is sealed during a rekey asks for the new shares afterwards; unseal first what you can.")
	say(sick, "No seal backend is known to be unhealthy.", "an unhealthy seal backend is seen by %s. Mend it first: keys are not replaced reliably meanwhile.")
	return append(append(text, spare(s)), leftovers(s)...)
}

// leftovers says how a rekey is found that an earlier leader still has in its memory: what each of OpenBao's nodes has it tells
// itself alone, and a node that nobody confirmed is asked nothing here.
func leftovers(s vault.Snapshot) []string {
	for _, n := range s.Active() {
		if n.Product() == vault.OpenBao {
			return []string{"A node that led before may have a rekey in its memory, and goes on with it when it leads again. To know, ask each standby at its own address: bao read sys/rotate/root/init, or sys/rotate/recovery/init; bao delete of the same ends it there."}
		}
	}
	return nil
}

func spare(s vault.Snapshot) string {
	a, from := s.Autopilot()
	switch {
	case from == nil || !a.Known():
		return "How many voters can be lost is not known here: it takes a token, and Raft storage."
	case a.Value.Tolerance == 0:
		return "Attention: No voter can be lost: if one goes, the rekey goes with the active node. Mend that first."
	}
	return fmt.Sprintf("%s can be lost and the cluster still has an active node.", count(a.Value.Tolerance, "voter"))
}
