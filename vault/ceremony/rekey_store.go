package ceremony

import "slices"

// store writes the ciphertexts before anybody sees them. Without a path it asks for one.
func (r *Rekey) store() []Effect {
	r.stage = rekeyStoring
	if r.plan.path == "" {
		return nil
	}
	notes := notesFor(r.plan.path, newShare, r.plan.names, printsOf(r.plan.keys))
	r.made.noted = len(notes) == len(r.made.shares)
	return r.do(callStore, StoreSecret{Path: r.plan.path, Content: r.made.shares, Notes: notes})
}

// stored goes on to the custodians, or to the ways out: nothing but this console has the ciphertexts.
func (r *Rekey) stored(e Stored) []Effect {
	if r.awaits != callStore {
		return nil
	}
	if r.stage == rekeyChallenging {
		r.check.stored(&r.desk, e)
		return nil
	}
	r.awaits = callNone
	if e.Err != nil {
		r.problem, r.made.elsewhere, r.stage = e.Err.Error(), e.Elsewhere, rekeyUnstored
		return nil
	}
	r.problem, r.made.saved = "", true
	r.notices.say("The encrypted shares are in %s, in the order of the custodians.", e.Path)
	r.nextCustodian()
	return nil
}

// storing says that the ciphertexts are on their way to a file, whoever leads.
func (r Rekey) storing() bool { return r.stage >= rekeyStoring && r.stage <= rekeyUnsaved }

// wayOutPicked takes what becomes of ciphertexts that were not written.
func (r *Rekey) wayOutPicked(key string) ([]Effect, bool) {
	switch at := slices.Index(r.made.elsewhere, key); {
	case at >= 0:
		r.plan.path = key
		return r.store(), true
	case key == "path":
		r.stage, r.problem = rekeyStoring, ""
	case key == "show":
		r.stage = rekeyUnsaved
	case key == "backup" && r.state.Backup:
		r.made.wipe()
		r.made = handout{}
		r.fate = append(slices.Clip(r.fate), "The encrypted shares were not written here. "+r.fromBackup())
		return r.acknowledged(), true
	default:
		return nil, false
	}
	return nil, true
}

// askStore is what is asked while the ciphertexts are in no file.
func (r Rekey) askStore() Prompt {
	switch r.stage {
	case rekeyUnstored:
		return r.waysOut()
	case rekeyUnsaved:
		return askUnsaved(r.inForce())
	}
	return askSharesFile(newShare, r.problem)
}

func (r Rekey) waysOut() Pick {
	p := r.made.waysOut(r.plan.path, r.problem, r.inForce())
	if r.state.Backup {
		p.Text[len(p.Text)-2] = "They are in this console and in the server's backup: " + r.backup() + " reads it, with a token that may."
		p.Options = append(p.Options, Option{Key: "backup", Label: "Leave them to the server's backup", Hint: "this console forgets them; " + r.backup() + " reads them"})
	}
	return p
}
