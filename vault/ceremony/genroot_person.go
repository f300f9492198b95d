package ceremony

import (
	"warder/keys"
	"warder/vault"
)

// approaching says that the active node has to be found before anything else can be done.
func (g GenerateRoot) approaching() bool {
	return g.seat.at != seated && (g.stage > rootTold && g.stage < rootElsewhere || g.stage == rootReturning)
}

// act is what each stage takes.
func (g *GenerateRoot) act(e Event) ([]Effect, bool) {
	if _, back := e.(Back); g.approaching() && (!back || g.stage != rootReturning) {
		return g.approach(e)
	}
	switch e := e.(type) {
	case Picked:
		return g.picked(e.Key)
	case Filled:
		return g.filled(e.Values)
	case Back:
		return nil, g.back()
	case Continue:
		switch g.stage {
		case rootTold:
			g.seat.makes = g.makes() // from here on it stays so, whatever becomes of the node
			g.stage = rootApproach
			return g.seat.seek(), true
		case rootKeyShown:
			return g.start(g.pgp.ServerForm()), true
		}
	case Confirmed:
		switch g.stage {
		case rootEnding:
			return g.cancel(), true
		case rootUnsaved:
			g.showUnsaved()
			return nil, true
		}
	case Cancelled:
		if _, ok := g.Cancel(); ok {
			return g.cancel(), true
		}
	case GaveShare:
		if g.takesShare() {
			return g.give(callGive, e.Share, sealOf(g.seat).Shares, anyShare, func(s keys.Secret) Effect {
				return GiveRootShare{Node: g.seat.node, Doors: g.seat.doors, Nonce: g.attempt.Nonce, Share: s}
			}), true
		}
	case GaveSecret:
		if g.stage == rootElsewhere && !g.otp.Empty() {
			return g.carried(e.Secret), true
		}
	case Shown:
		if g.stage == rootShowing {
			return nil, g.hidden()
		}
	}
	return nil, false
}

// picked takes one of the options of the stage.
func (g *GenerateRoot) picked(key string) ([]Effect, bool) {
	switch {
	case g.stage == rootChoosing && key == "otp":
		g.pgp = keys.PublicKey{}
		return g.start(""), true
	case g.stage == rootChoosing && key == "pgp":
		g.stage, g.problem = rootKeying, ""
		return nil, true
	case g.stage == rootJoining && key == "join":
		g.stage, g.began = rootCollecting, false
		return nil, true
	case g.stage == rootJoining && key == "end":
		g.stage = rootEnding
		return nil, true
	case g.stage == rootForeign && key == "end":
		return g.cancel(), true
	case g.stage == rootElsewhere && key == "nothing":
		g.giveUp()
		return nil, true
	case g.stage == rootUnstored:
		return g.wayOutPicked(key)
	case g.stage == rootHandover || g.stage == rootDone:
		return g.pickedToken(key)
	}
	return nil, false
}

// back goes to the stage before, where that undoes nothing.
func (g *GenerateRoot) back() bool {
	switch g.stage {
	case rootKeying, rootKeyShown:
		g.stage = rootChoosing
	case rootEnding:
		g.stage = rootJoining
	case rootStoring, rootWrapping:
		switch {
		case !g.token.Empty():
			g.stage = rootHandover
		case g.tried == "":
			return false // a ciphertext that has to be stored
		default:
			g.stage, g.problem = rootUnstored, ""
		}
	case rootUnsaved:
		g.stage = rootUnstored
	case rootReturning:
		g.stage = g.then
	default:
		return false
	}
	return true
}

// Backs implements Backer.
func (g GenerateRoot) Backs() bool {
	return (g.awaits == callNone || g.polls()) && (g.stage == rootReturning || !g.approaching()) && g.back()
}

func (g *GenerateRoot) filled(v map[string]string) ([]Effect, bool) {
	switch g.stage {
	case rootKeying:
		return g.keyNamed(g, v["key"]), true
	case rootStoring:
		return g.store(v["path"]), true
	case rootWrapping:
		return g.lifeGiven(v["life"]), true
	}
	return nil, false
}

// start begins an attempt, once.
func (g *GenerateRoot) start(pgpKey string) []Effect {
	return g.do(callStart, StartRoot{Node: g.seat.node, Doors: g.seat.doors, PGPKey: pgpKey})
}

func (g *GenerateRoot) cancel() []Effect {
	return g.do(callCancel, CancelRoot{Node: g.seat.node, Doors: g.seat.doors, Nonce: g.attempt.Nonce})
}

// Cancel implements Canceller.
func (g GenerateRoot) Cancel() (Option, bool) {
	if !g.free() || g.stage != rootCollecting && g.stage != rootForeign || !g.attempt.Started {
		return Option{}, false
	}
	return Option{
		Key: "cancel", Label: "Cancel the attempt",
		Hint: "Ends it on the server for everybody who takes part. The shares given so far are dropped; the keys stay as they are, and no token is made.",
	}, true
}

// takesShare says that a share may be sent now.
func (g *GenerateRoot) takesShare() bool { return g.free() && g.stage == rootCollecting }

func sealOf(s seat) vault.SealStatus {
	if n := s.snapshot.Node(s.node.Address); n != nil && n.Seal.Known() {
		return n.Seal.Value
	}
	for _, n := range s.snapshot.Active() {
		return n.Seal.Value
	}
	return vault.SealStatus{}
}
