package ceremony

import (
	"fmt"

	"warder/vault"
)

// askVerdict asks the active node which n and t it has now.
func (r *Rekey) askVerdict() []Effect {
	r.stage = rekeyConcluding
	if r.seat.at != seated {
		return nil
	}
	return r.do(callSeal, ReadSeal{Node: r.seat.node})
}

// conclude says which shares are in force, by the active node's word.
func (r *Rekey) conclude(e Unsealed) []Effect {
	if r.awaits != callSeal || e.Write {
		return nil
	}
	again := r.stage == rekeyDone
	r.awaits, r.stage = callNone, rekeyDone
	switch {
	case e.Err != nil && !again:
		r.fate = append(r.fate, "What the active node says of the shares could not be read: "+vault.Reason(e.Err)+".")
		r.forget()
		return nil
	case e.Err != nil:
		return nil
	}
	now := size{e.Status.Threshold, e.Status.Shares}
	if again {
		r.replacedSince(now)
		return nil
	}
	r.last = now
	was := r.verdict
	r.weigh(now)
	if was != newInForce && r.verdict == newInForce {
		if out, more := r.completedElsewhere(); more {
			return out
		}
	}
	r.fate = append(r.fate, fmt.Sprintf("The active node %s says: %v.", r.seat.node.Name, now))
	r.forget()
	return nil
}

// forget wipes the shares that nobody got: from the end no way leads back to handing them out.
func (r *Rekey) forget() {
	left := r.made.left()
	r.made.wipe()
	if left > 0 && r.verdict != oldInForce {
		r.fate = append(r.fate, fmt.Sprintf("%s not handed out, and wiped: if the new ones are in force, there are %d of %d. Rekey again to have all.", does(left, "new share", "was", "were"), r.made.count(), r.state.Shares))
	}
}

// completedElsewhere goes on with what only this console can do, where others brought the verification to its end: handing out
// what nobody got yet, and proving the rest. It is false where there is nothing of that.
func (r *Rekey) completedElsewhere() (out []Effect, more bool) {
	r.proofs = r.state.VerificationRequired
	switch {
	case r.made.left() > 0 && r.made.encrypted && !r.made.saved:
		return r.store(), true
	case r.made.left() > 0:
		r.nextCustodian()
		return nil, true
	case len(r.made.traces) > 0 && len(r.made.missing()) > 0:
		r.stage = rekeyProvingRest
		return nil, true
	}
	return nil, false
}

// whoHasThem says where the new shares of a rekey are that others completed.
func (r Rekey) whoHasThem() string {
	if len(r.made.shares) == 0 {
		return "Whoever gave the last of the old shares has the new ones."
	}
	return "The new shares are those that came to this console."
}

// weigh compares the sizes with those of the old shares and of the new ones.
func (r *Rekey) weigh(now size) {
	if r.fixed() {
		return // the sizes are the recovery shares', which this does not touch
	}
	before, planned := size{r.old.Threshold, r.old.Shares}, size{r.state.Threshold, r.state.Shares}
	switch {
	case r.verdict == notKnown && r.memory == remembers && now == before:
		r.verdict = oldInForce
		r.fate = append(r.fate, "Where it ran it still waits for its end: it was not completed.")
	case r.verdict == notKnown && r.memory == remembers:
		r.verdict = otherInForce
	case r.verdict != newInForce && now == planned && now != before:
		r.verdict, r.state.Started = newInForce, false
		r.fate = append(r.fate, "It says the new sizes: the rekey was completed. "+r.whoHasThem())
	case r.verdict == newInForce && now != planned:
		r.notices.alarm("The active node says %v, where the new shares are %v. Keep old and new shares until that is explained.", now, planned)
	case r.verdict == notKnown && now == before && now != planned:
		r.verdict = oldInForce
		r.fate = append(r.fate, "It says the old sizes: the rekey was not completed.")
	case r.verdict == notKnown:
		r.fate = append(r.fate, "Old and new set have the same sizes, so that these do not tell. Keep both sets, and try the one you believe in at the next unseal of one node.")
	}
	if r.verdict == oldInForce {
		r.void()
	}
}

// replacedSince says that the shares were replaced once more, when this ceremony was over.
func (r *Rekey) replacedSince(now size) {
	if now == r.last {
		return
	}
	r.last, r.verdict = now, otherInForce
	r.notices.alarm("The active node says %v now: somebody has replaced the shares since.", now)
}

// size is a set of shares by its threshold and number.
type size struct{ threshold, shares int }

func (s size) String() string {
	return fmt.Sprintf("any %d of %s", s.threshold, count(s.shares, "share"))
}

// inForce says which shares are in force, as far as it is known.
func (r Rekey) inForce() string {
	if r.fixed() {
		return r.behindSeal()
	}
	if r.keyless() {
		return r.firstInForce()
	}
	old := fmt.Sprintf("the old shares (any %d of %d)", r.old.Threshold, r.old.Shares)
	switch r.verdict {
	case newInForce:
		return fmt.Sprintf("The new shares (any %d of %d) are in force; the old ones open nothing any more.", r.state.Threshold, r.state.Shares)
	case otherInForce:
		return fmt.Sprintf("In force are others by now (%v): somebody has replaced the shares since this ceremony.", r.last)
	case notKnown:
		return "Whether " + old + " or the new ones are in force is not known."
	}
	return "In force are " + old + "."
}

// behindSeal is the same of a key that the seal keeps.
func (r Rekey) behindSeal() string {
	key := map[rekeyVerdict]string{
		oldInForce: "The root key behind the seal is as it was", newInForce: "The root key behind the seal is a new one",
	}[r.verdict]
	if key == "" {
		key = "Whether the root key behind the seal is a new one is not known, and nobody needs to act on it"
	}
	return fmt.Sprintf("%s. The recovery shares (any %d of %d) are in force as before.", key, r.old.Threshold, r.old.Shares)
}
