package ceremony

import "warder/keys"

// choosesFor implements chooser.
func (i Initialise) choosesFor() string {
	if i.stage == initRootKeying {
		return "whoever gets the root token"
	}
	return i.plan.names[len(i.plan.names)-1]
}

// chosen implements chooser. Whoever gets the root token may have a share, too.
func (i Initialise) chosen(key keys.PublicKey) bool {
	return i.stage != initRootKeying && i.plan.has(key)
}

// askKey asks for the next key, in the place where the last one was found.
func (i Initialise) askKey() Prompt {
	if len(i.several.found) > 0 {
		return i.several.which(i, i.seat.snapshot.At())
	}
	if i.stage == initRootKeying {
		return i.askRootKey()
	}
	p := i.plan.ask(i.plan.shares, i.problem)
	p.Fields[1].Default = i.several.place
	return p
}

// challenged gives the challenge what a person did.
func (i *Initialise) challenged(e Event) ([]Effect, bool) {
	out, ok := i.check.act(&i.desk, e)
	if i.check.over() {
		i.stage, i.problem = initFiling, ""
	}
	return out, ok
}

// remember keeps the roster once the cluster has a name to keep it by.
func (i *Initialise) remember() []Effect {
	if i.kept || len(i.plan.keys) == 0 || !i.leads() || clusterOf(i.seat.snapshot) == "" {
		return nil
	}
	i.kept = true
	return []Effect{i.plan.keep(i.seat.snapshot)}
}
