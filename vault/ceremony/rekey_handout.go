package ceremony

import "warder/keys"

// nextCustodian asks for the next name, or takes the one given with the key.
func (r *Rekey) nextCustodian() {
	r.problem = ""
	switch {
	case r.made.complete():
		r.stage = rekeyHandedOut
	case r.made.encrypted && r.made.at < len(r.plan.names):
		r.stage = rekeyRevealing
	default:
		r.stage = rekeyNaming
	}
}

// named begins the turn of a custodian.
func (r *Rekey) named(name string) {
	if r.problem = r.made.nameProblem(name); r.problem != "" {
		return
	}
	r.plan.names = append(r.plan.names[:r.made.at:r.made.at], name)
	r.stage = rekeyRevealing
}

func (r Rekey) holder() string {
	if r.made.at < len(r.plan.names) {
		return r.plan.names[r.made.at]
	}
	return ""
}

// hidden ends a reveal. What was written down is proved before it is the next one's turn.
func (r *Rekey) hidden() {
	if r.made.encrypted {
		r.made.next(r.holder(), r.prints)
		r.nextCustodian()
		return
	}
	if err := r.made.draw(r.random); err != nil {
		r.notices.say("The share is shown once more: no randomness (%v).", err)
		return
	}
	r.stage = rekeyTypingBack
}

// typedBack compares some characters. Who has them wrong sees the share again.
func (r *Rekey) typedBack(s keys.Secret) {
	r.safe.keep(s)
	defer s.Wipe()
	if !r.made.matches(s) {
		r.notices.say("%s", slipped(r.holder()))
		r.stage = rekeyRevealing
		return
	}
	r.made.next(r.holder(), r.prints)
	r.nextCustodian()
}

// acknowledged leaves the handing out.
func (r *Rekey) acknowledged() []Effect {
	if r.verdict == newInForce {
		return r.inForceNow()
	}
	r.stage = rekeyProvingSome
	return nil
}

func (r Rekey) reveal() Reveal { return r.made.reveal(newShare, r.holder(), r.plan.path) }

func (r Rekey) typeBack() TypeBack { return r.made.typeBack(newShare, r.holder()) }

func (r Rekey) name() Fill { return r.made.askName(newShare, r.problem, r.inForce()) }

func (r Rekey) handedOut() TypeOut { return r.made.acknowledge(newShare, r.plan.path, r.inForce()) }

// newShare is what is handed out here.
const newShare = "new share"
