package ceremony

// beginUnseal has the machine for it give shares to all nodes that wait for some. What was confirmed here counts there.
func (i *Initialise) beginUnseal() {
	i.unseal = NewUnseal(i.sealedNodes(), i.seat.snapshot, i.prints)
	i.unseal.safe, i.unseal.agreed = i.safe, i.seat.agreed
	i.stage = initUnsealing
}

// toUnseal gives an event to it.
func (i *Initialise) toUnseal(e Event) []Effect {
	if i.stage != initUnsealing {
		discard(e)
		return nil
	}
	m, out := i.unseal.Apply(e)
	i.unseal = m.(Unseal)
	return out
}

// unseals takes what a person does there. What it would show as its end leads back to the nodes.
func (i *Initialise) unseals(e Event) ([]Effect, bool) {
	_, over := i.unseal.Prompt().(End)
	switch e := e.(type) {
	case Continue:
		if over {
			i.seat.agreed = i.unseal.agreed
			i.stage = initHub
			return nil, true
		}
		// Nodes that were confirmed before are asked at the next sight of them: this is one.
		return append(i.toUnseal(e), i.toUnseal(Observed{Snapshot: i.seat.snapshot})...), true
	case Picked, Filled, Back, Shown, GaveSecret:
		return nil, false
	}
	return i.toUnseal(e), true
}

func (i Initialise) askUnseal() Prompt {
	p := i.unseal.Prompt()
	if e, over := p.(End); over {
		return Tell{Title: e.Title, Text: e.Text, Go: "To the nodes"}
	}
	return p
}
