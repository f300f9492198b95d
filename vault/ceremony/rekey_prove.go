package ceremony

import (
	"slices"

	"warder/keys"
	"warder/vault"
)

func verified(v vault.RekeyVerify) progress { return progress{v.Progress, v.Threshold} }

// recognised says what is wrong with a share as one of those handed out here, before it is sent, so that a mistyped one costs
// nothing. Encrypted ones nobody here can recognise.
func (r *Rekey) recognised(t keys.Trace) error {
	if len(r.made.traces) == 0 {
		return nil
	}
	switch of, near := r.made.find(t); {
	case of >= 0:
		return nil
	case near >= 0:
		return nearError{r.made.names[near]}
	}
	return errStranger
}

// proved takes the answer to a new share, or to the wish to begin the verification anew.
func (r *Rekey) proved(e VerifyGiven) []Effect {
	if r.awaits != callProve && r.awaits != callRestart || e.Restart != (r.awaits == callRestart) {
		return nil
	}
	r.awaits = callNone
	switch {
	case e.Restart && e.Err != nil:
		r.notices.say("The verification was not begun anew: %s.", vault.Reason(e.Err))
		return r.reread(plainly)
	case e.Restart:
		r.verify = shaped(e.Verify, r.verify)
		r.set = tally{}
		r.made.proved = make([]bool, len(r.made.names))
		r.notices.say("The verification begins anew: all new shares are to be given again. Its nonce is %s.", r.verify.Nonce)
		return nil
	}
	if out, failed := r.failed(e.Err); failed {
		return out
	}
	r.tick(r.set.last)
	if e.Verify.Complete {
		r.set.drop()
		return r.inForceNow()
	}
	before := r.verify
	r.verify = shaped(e.Verify, before)
	r.set.given(&r.notices, verified(before), verified(r.verify))
	return nil
}

// shaped keeps the sizes that an answer leaves out.
func shaped(now, before vault.RekeyVerify) vault.RekeyVerify {
	if now.Threshold == 0 {
		now.Threshold, now.Shares = before.Threshold, before.Shares
	}
	if now.Nonce == "" {
		now.Nonce = before.Nonce
	}
	return now
}

// tick notes that a share handed out here is what its custodian has.
func (r *Rekey) tick(t keys.Trace) {
	if of, _ := r.made.find(t); of >= 0 {
		r.made.proved = slices.Clone(r.made.proved)
		r.made.proved[of] = true
	}
}

// inForceNow says that the verification is complete. The shares that it did not take are proved here.
func (r *Rekey) inForceNow() []Effect {
	r.verdict = newInForce
	r.state.Started = false
	if len(r.made.traces) > 0 && len(r.made.missing()) > 0 {
		r.stage = rekeyProvingRest
		return nil
	}
	return r.askVerdict()
}

// proveHere holds a share against its fingerprint. It is sent nowhere.
func (r *Rekey) proveHere(s keys.Share) []Effect {
	r.safe.keep(s.Secret())
	defer s.Wipe()
	if s.Secret().Empty() {
		r.notices.say("Not taken: %v.", errNoShare)
		return nil
	}
	t := r.prints.Trace(s)
	if err := r.recognised(t); err != nil {
		r.notices.alarm("Not proved: %v.", err)
		return nil
	}
	of, _ := r.made.find(t)
	r.tick(t)
	r.notices.say("The share of %s is proved.", r.made.names[of])
	if len(r.made.missing()) > 0 {
		return nil
	}
	return r.askVerdict()
}

// restarted says that the verification has another nonce than the one known.
func (r *Rekey) restarted() {
	r.notices.alarm("The verification has begun anew, under another nonce: a wrong share completed the set, or somebody restarted it. All new shares have to be given again. %s", givenHere(r.set.typed))
	r.set = tally{}
	r.made.proved = make([]bool, len(r.made.names))
}
