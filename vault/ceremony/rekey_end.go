package ceremony

import (
	"fmt"

	"warder/vault"
)

// void says what has to be done with new shares that are not in force.
func (r *Rekey) void() {
	to := list(r.made.names)
	switch {
	case r.made.count() == 0:
	case r.memory != forgets:
		r.fate = append(r.fate, fmt.Sprintf("The new shares handed out to %s open nothing now, and are not void: once %s leads again, enough of them given back put them in force. Collect and destroy them all, and cancel the rekey there.", to, r.home.Name))
	default:
		r.fate = append(r.fate, "The new shares handed out to "+to+" are void: collect and destroy them, so that nobody takes them for good ones.")
	}
	r.made.wipe()
}

// endedElsewhere says that the rekey is gone without a word of how. The active node's word on n and t may tell.
func (r *Rekey) endedElsewhere(why reason) []Effect {
	proving := r.verify.Started || r.state.VerificationNonce != ""
	r.verdict = notKnown
	text := "The rekey has ended elsewhere: completed or cancelled, the server does not say which."
	switch {
	case r.moved() && r.keeps():
		text = fmt.Sprintf("Another node is active now and knows of no rekey: it stayed behind in the memory of %s, unless it was completed or ended there first.", r.home.Name)
	case r.moved() && proving:
		text = "Another node is active now and knows of no rekey: a change of the active node discards a rekey whose verification is pending, new shares and all, unless it was completed first."
	case r.moved():
		text = "Another node is active now and knows of no rekey: it was lost with the node before, unless it was completed there first."
	}
	r.fate = []string{text}
	if why == afterLost && !proving && gathered(r.state).completes() && !r.state.VerificationRequired {
		advice := "The answer to the share given last was lost, and there is no verification: if that share completed the rekey, the new shares were in that answer."
		if r.state.Backup {
			advice += " " + r.fromBackup()
		}
		r.fate = append(r.fate, advice)
	}
	r.notices.alarm("%s %s", text, givenHere(r.set.typed))
	if r.moved() && r.keeps() {
		return r.askFormer()
	}
	return r.askVerdict()
}

// fromBackup says how new shares are got that are in the server's backup only.
func (r Rekey) fromBackup() string {
	return "The server kept a backup of them, encrypted to the PGP keys: " + r.backup() + " reads it. Hand each custodian what is encrypted to the fingerprint of his key."
}

// backup is how the backup is read.
func (r Rekey) backup() string {
	switch {
	case r.seat.doors == vault.DoorsClosed && r.plan.kind == vault.RecoveryKey:
		return "bao read sys/rotate/recovery/backup"
	case r.seat.doors == vault.DoorsClosed:
		return "bao read sys/rotate/root/backup"
	case r.plan.kind == vault.RecoveryKey:
		return "vault operator rekey -target=recovery -backup-retrieve"
	}
	return "vault operator rekey -backup-retrieve"
}

// replaced says that it is another rekey than the one taken part in.
func (r *Rekey) replaced(now vault.Rekey, v vault.RekeyVerify) {
	r.notices.alarm("Somebody ended the rekey and began another: its nonce is now %s. %s", now.Nonce, givenHere(r.set.typed))
	if r.made.count() > 0 {
		r.notices.alarm("The new shares handed out to %s are void, unless they were proved before by somebody: collect them, and destroy them once the active node says which set is in force.", list(r.made.names))
	}
	if r.moved() && r.keeps() {
		r.notices.alarm("%s may have the rekey before in its memory, and goes on with it when it leads again: cancel it there then, or seal or restart that node.", r.home.Name)
	}
	r.made.wipe()
	r.made, r.set, r.fate = handout{}, tally{}, nil
	r.stage = rekeyJoining
	r.state, r.verify, r.home = now, v, r.seat.node
}

// cancelled reads what became of the wish to end it.
func (r *Rekey) cancelled(now vault.Rekey) []Effect {
	switch {
	case !now.Started:
		r.fate = []string{"No rekey runs on the server any more."}
		r.state.Started, r.set = false, tally{}
		if r.refusal != nil {
			r.verdict = notKnown
		}
		return r.askVerdict()
	case now.Nonce != r.state.Nonce:
		r.replaced(now, vault.RekeyVerify{Nonce: now.VerificationNonce})
	case r.refusal != nil:
		r.notices.say("It was not ended: %s.", vault.Reason(r.refusal))
		if r.stage == rekeyEnding {
			r.stage = rekeyJoining
		}
	}
	return nil
}

// Account implements Machine.
func (r Rekey) Account() []string {
	text := []string{r.inForce()}
	switch {
	case r.stage >= rekeyConcluding, r.stage == rekeyProvingRest && r.proofs:
		text = append(text, r.fate...)
	case r.verify.Started && r.verdict == oldInForce:
		text = append(text, fmt.Sprintf("The new shares are made and open nothing yet: %d of the %d that have to be given back were. %s", r.verify.Progress, r.verify.Threshold, r.ifItChanges()))
	case r.state.Started:
		text = append(text, describeRekey(r.state)...)
	default:
		text = append(text, "No rekey is known to be under way.")
	}
	if left := r.made.left(); left > 0 && !r.made.saved && r.stage < rekeyConcluding {
		text = append(text, fmt.Sprintf("%s not handed out yet and in this console only: leaving loses them.", does(left, "new share", "is", "are")))
	}
	if r.state.Started && r.stage < rekeyConcluding {
		text = append(text, "Leaving does not end the rekey: it waits until somebody completes or cancels it. "+r.ifItChanges())
	}
	return append(text, r.unproved()...)
}

// ifItChanges says what a change of the active node does.
func (r Rekey) ifItChanges() string {
	if r.keeps() {
		return "If the active node changes before, the rekey stays behind in the memory of that node, and goes on when it leads again."
	}
	return "If the active node changes before, the rekey is gone, and new shares of it never open anything."
}

// unproved says of which new shares nobody knows whether their custodians have them right.
func (r Rekey) unproved() []string {
	n, t := r.state.Shares, r.state.Threshold
	switch {
	case r.verdict != newInForce || n == 0 || r.fixed():
		return nil
	case len(r.made.traces) > 0 && len(r.made.missing()) == 0:
		return []string{fmt.Sprintf("All %d new shares were proved.", n)}
	case len(r.made.traces) > 0 && r.proofs:
		return []string{fmt.Sprintf("The verification took %d of the %d new shares, and the server does not say whose. Not proved at this console: %s.", t, n, list(r.made.missing()))}
	case len(r.made.traces) > 0:
		return []string{fmt.Sprintf("%d of the new shares were proved. Not proved: %s.", n-len(r.made.missing()), list(r.made.missing()))}
	case r.state.VerificationRequired:
		return []string{fmt.Sprintf("%d of the new shares were proved, %d not: they are not known to this console.", t, n-t)}
	}
	return []string{"None of the new shares was proved."}
}

// does is a number with its noun and the verb in its number.
func does(n int, noun, one, many string) string {
	if n == 1 {
		many = one
	}
	return count(n, noun) + " " + many
}
