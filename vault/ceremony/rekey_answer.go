package ceremony

import "warder/vault"

// rekeyRead takes the answers about the rekey as a whole.
func (r *Rekey) rekeyRead(e RekeyRead) []Effect {
	r.safe.keep(e.Made...)
	if e.Op != "start" || r.awaits != callStart {
		discard(e)
	}
	out, ok := r.answered(e.Op, e.Err, func() []Effect { return r.started(e) }, func() []Effect { return r.judge(e.State, e.Verify) })
	if ok && e.Op == "read" && vault.Is(e.Err, vault.Refused) && r.stage == rekeyApproach {
		r.stage, r.verdict = rekeyDone, oldInForce
		r.fate = []string{"The server does not do that: " + vault.Reason(e.Err) + "."}
	}
	return out
}

func (r *Rekey) started(e RekeyRead) []Effect {
	if e.Err == nil && len(e.Made) > 0 {
		return r.madeAtOnce(e)
	}
	discard(e)
	unnamed := e.Err == nil && (e.State.Nonce == "" || e.State.Required == 0)
	switch {
	case unnamed:
		r.notices.alarm("The server did not say what it began. If a rekey is there now, compare its parameters with yours.")
	case lost(e.Err) && r.keyless():
		r.notices.alarm("%s", r.lostAtOnce())
	case lost(e.Err):
		r.notices.alarm("The answer to the start was lost. If a rekey is there now, compare its parameters with yours.")
	case e.Err != nil:
		r.notices.say("It was not begun: %s.", vault.Reason(e.Err))
	}
	if e.Err != nil || unnamed {
		r.stage = rekeyApproach
		return r.reread(arriving)
	}
	r.state, r.joined, r.set, r.home = e.State, false, tally{}, r.seat.node
	r.stage = rekeyCollecting
	r.betrayed(r.state.PGPFingerprints)
	return nil
}

// judge compares what the server says with what was known.
func (r *Rekey) judge(now vault.Rekey, v vault.RekeyVerify) []Effect {
	r.nameKnown(now)
	before, verify, why := r.state, r.verify, r.reason
	r.reason = plainly
	defer r.set.drop()
	if now.Started && r.stage < rekeyProvingRest && (r.stage <= rekeyReady || now.Nonce == before.Nonce) {
		r.home = r.seat.node
	}
	switch {
	case why == afterCancel:
		return r.cancelled(now)
	case r.stage <= rekeyReady:
		r.arrive(now, v)
		return nil
	case r.stage == rekeyConcluding:
		return r.askVerdict()
	case r.verdict == newInForce || r.stage >= rekeyForgetting:
		return nil
	case !now.Started:
		return r.endedElsewhere(why)
	case now.Nonce != before.Nonce:
		r.replaced(now, v)
		return nil
	}
	r.state, r.verify = now, shaped(v, verify)
	if r.stage <= rekeyCollecting && r.betrayed(now.PGPFingerprints) {
		return nil
	}
	if r.stage == rekeyCollecting {
		r.judgeCollecting(before, why)
	} else if now.VerificationNonce != "" {
		r.judgeProving(verify, why)
	}
	return nil
}

func (r *Rekey) judgeCollecting(before vault.Rekey, why reason) {
	switch {
	case r.state.VerificationNonce != "":
		r.orphaned(why)
	default:
		r.settle(why, gathered(before), gathered(r.state))
	}
}

func (r *Rekey) judgeProving(before vault.RekeyVerify, why reason) {
	switch {
	case r.verify.Nonce == before.Nonce:
		if why == afterLost && r.verify.Progress == before.Progress+1 {
			r.tick(r.set.last)
		}
		r.settle(why, verified(before), verified(r.verify))
		return
	case why == afterRefusal:
		r.set.count()
		r.notices.say("The last share was refused: %s.", vault.Reason(r.refusal))
	}
	r.restarted()
}

// arrive begins, or joins what somebody else began.
func (r *Rekey) arrive(now vault.Rekey, v vault.RekeyVerify) {
	r.state, r.verify = now, v
	if s := sealOf(r.seat); s.Initialised {
		r.old = s
	}
	switch {
	case now.Started && r.stage != rekeyEnding:
		r.stage = rekeyJoining
	case !now.Started && (r.stage == rekeyJoining || r.stage == rekeyEnding):
		r.notices.say("The rekey has ended meanwhile.")
		r.configure()
	case !now.Started && r.stage == rekeyApproach:
		r.configure()
	}
}

// orphaned says that the new shares were made, and are not here.
func (r *Rekey) orphaned(why reason) {
	r.stage = rekeyOrphaned
	r.fate = []string{"The set of old shares is complete, and the new shares were in the answer to its last share."}
	if why == afterLost {
		r.fate = append(r.fate, "The answer to the share given here was lost. If it was the last one, the new shares are lost, and with them nothing else: the old ones are in force. End the rekey and begin again.")
		r.notices.alarm("The answer that may have held the new shares was lost. The old shares are in force.")
		return
	}
	r.fate = append(r.fate, "Somebody gave the last one at another console, which has the new shares now. They can be given back here as well as there.")
	r.notices.say("Somebody else gave the share that completed the set: the new shares are at that console.")
}

func (r *Rekey) orphanPicked(key string) ([]Effect, bool) {
	switch key {
	case "end":
		return r.cancel(), true
	case "verify":
		r.stage, r.joined, r.set = rekeyProvingSome, true, tally{}
		return nil, true
	}
	return nil, false
}
