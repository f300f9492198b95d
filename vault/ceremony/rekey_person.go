package ceremony

import (
	"warder/keys"
	"warder/vault"
)

// approaching says that the active node has to be found before anything else can be done.
func (r Rekey) approaching() bool {
	return r.seat.at != seated && r.stage >= rekeyApproach && r.stage != rekeyDone && !r.storing() && !r.local()
}

// local says that the stage asks nothing of a server: the new shares are handed out whoever leads.
func (r *Rekey) local() bool {
	switch r.stage {
	case rekeyNaming, rekeyRevealing, rekeyTypingBack, rekeyHandedOut, rekeyProvingRest, rekeyForgetting:
		return true
	}
	return false
}

// act is what each stage takes.
func (r *Rekey) act(e Event) ([]Effect, bool) {
	if r.approaching() {
		return r.approach(e)
	}
	switch e := e.(type) {
	case Continue:
		return r.goOn()
	case Back:
		return nil, r.back()
	case Picked:
		return r.picked(e.Key)
	case Filled:
		return r.filled(e.Values)
	case Confirmed:
		switch r.stage {
		case rekeyComparing:
			r.challenges()
			return nil, true
		case rekeyChallenging:
			return r.challenged(e)
		case rekeyEnding:
			return r.cancel(), true
		case rekeyForgetting:
			return r.do(callFormer, EndFormer{Node: r.home, Doors: vault.DoorsClosed, Kind: r.plan.kind, Nonce: r.state.Nonce}), true
		case rekeyUnsaved:
			r.nextCustodian()
			return nil, true
		case rekeyHandedOut:
			return r.acknowledged(), true
		}
	case Cancelled:
		if _, ok := r.Cancel(); ok {
			return r.cancel(), true
		}
	case GaveShare:
		return r.shareGiven(e.Share)
	case GaveSecret:
		if r.stage == rekeyChallenging {
			return r.challenged(e)
		}
		if r.stage == rekeyTypingBack {
			r.typedBack(e.Secret)
			return nil, true
		}
	case Shown:
		if r.stage == rekeyRevealing {
			r.hidden()
			return nil, true
		}
	}
	return nil, false
}

// takesShare says that a share may be sent now, and how.
func (r *Rekey) takesShare() call {
	switch {
	case r.free() && r.stage == rekeyCollecting:
		return callGive
	case r.free() && r.stage == rekeyProvingSome:
		return callProve
	}
	return callNone
}

func (r *Rekey) shareGiven(s keys.Share) ([]Effect, bool) {
	to, at, how := r.seat.node, r.seat.doors, r.takesShare()
	switch {
	case how == callGive:
		return r.give(how, s, r.old.Shares, anyShare, func(s keys.Secret) Effect {
			return GiveRekeyShare{Node: to, Doors: at, Kind: r.plan.kind, Nonce: r.state.Nonce, Share: s}
		}), true
	case how == callProve:
		return r.give(how, s, r.verify.Shares, r.recognised, func(s keys.Secret) Effect {
			return GiveVerificationShare{Node: to, Doors: at, Kind: r.plan.kind, Nonce: r.verify.Nonce, Share: s}
		}), true
	case r.stage == rekeyProvingRest:
		return r.proveHere(s), true
	}
	return nil, false
}

// goOn goes on from what was told.
func (r *Rekey) goOn() ([]Effect, bool) {
	switch r.stage {
	case rekeyTold:
		if r.old.RecoverySeal {
			r.stage = rekeyKind
			return nil, true
		}
		r.stage = rekeyApproach
		return r.seat.seek(), true
	case rekeySized:
		r.stage = rekeyHiding
	case rekeyKeysShown:
		r.keysAgreed()
	case rekeyComparing:
		r.challenges()
	case rekeyChallenging:
		return r.challenged(Continue{})
	case rekeyReady:
		if !r.safeToStart() {
			r.notices.alarm("The seal is not what it was when this was chosen: choose again.")
			r.configure()
			return nil, true
		}
		return r.do(callStart, StartRekey{Node: r.seat.node, Doors: r.seat.doors, Kind: r.plan.kind, Config: r.plan.config}), true
	default:
		return nil, false
	}
	return nil, true
}

// picked takes one of the options of the stage.
func (r *Rekey) picked(key string) ([]Effect, bool) {
	switch r.stage {
	case rekeyKind:
		return r.kindPicked(key)
	case rekeyJoining:
		return r.joinPicked(key)
	case rekeyHiding, rekeyBacking, rekeyVerifying:
		return r.protectionPicked(key)
	case rekeyChallenging:
		return r.challenged(Picked{key})
	case rekeyForeign:
		if key == "end" {
			return r.cancel(), true
		}
	case rekeyUnstored:
		return r.wayOutPicked(key)
	case rekeyOrphaned:
		return r.orphanPicked(key)
	case rekeyProvingSome:
		if key == "restart" && r.verify.Progress > 0 {
			return r.do(callRestart, RestartVerification{Node: r.seat.node, Doors: r.seat.doors, Kind: r.plan.kind, Nonce: r.verify.Nonce}), true
		}
	case rekeyProvingRest:
		if key == "skip" {
			return r.askVerdict(), true
		}
	case rekeyDone:
		if key == "forget" && r.memory != forgets {
			r.stage = rekeyForgetting
			return nil, true
		}
	}
	return nil, false
}

func (r *Rekey) kindPicked(key string) ([]Effect, bool) {
	switch key {
	case "recovery":
		r.of(vault.RecoveryKey)
	case "barrier":
		if shareless(r.old) {
			return nil, false
		}
		r.of(vault.BarrierKey)
	default:
		return nil, false
	}
	r.stage = rekeyApproach
	return r.seat.seek(), true
}

func (r *Rekey) joinPicked(key string) ([]Effect, bool) {
	switch key {
	case "join":
		r.joined = true
		r.stage = rekeyCollecting
		if r.state.VerificationNonce != "" {
			r.stage = rekeyProvingSome
		}
	case "end":
		r.stage = rekeyEnding
	default:
		return nil, false
	}
	return nil, true
}

// cancel ends it on the server, with the nonce, which Vault wants.
func (r *Rekey) cancel() []Effect {
	return r.do(callCancel, CancelRekey{Node: r.seat.node, Doors: r.seat.doors, Kind: r.plan.kind, Nonce: r.state.Nonce})
}

// Cancel implements Canceller.
func (r Rekey) Cancel() (Option, bool) {
	running := r.stage >= rekeyForeign && r.stage < rekeyProvingRest && r.verdict == oldInForce && r.state.Started
	if !running || !r.free() {
		return Option{}, false
	}
	hint := "Ends it on the server for everybody who takes part. The old shares stay in force."
	if r.keyless() {
		hint = "Ends it on the server. There are no recovery shares then, as before."
	}
	if r.made.count() > 0 {
		hint += " The new shares handed out are void then: collect and destroy them."
	}
	return Option{Key: "cancel", Label: "Cancel the rekey", Hint: hint}, true
}
