package ceremony

import (
	"fmt"
	"slices"

	"warder/keys"
	"warder/vault"
)

// given takes the answer to an old share. The one that completes the set is the only one that holds the new shares.
func (r *Rekey) given(e RekeyGiven) []Effect {
	r.safe.keep(e.Update.NewShares...)
	if r.awaits != callGive {
		discard(e)
		return nil
	}
	r.awaits = callNone
	if out, failed := r.failed(e.Err); failed {
		return out
	}
	if e.Update.Complete || len(e.Update.NewShares) > 0 {
		r.set.drop()
		return r.completed(e.Update)
	}
	before := r.state
	r.state = kept(e.Update.Rekey, before)
	r.set.given(&r.notices, gathered(before), gathered(r.state))
	r.betrayed(r.state.PGPFingerprints)
	return nil
}

func gathered(k vault.Rekey) progress { return progress{k.Progress, k.Required} }

// kept fills in what an answer left out of what was known before.
func kept(now, before vault.Rekey) vault.Rekey {
	if now.Nonce == "" {
		now.Nonce = before.Nonce
	}
	now.Backup = now.Backup || before.Backup
	if now.Required == 0 {
		now.Required = before.Required
	}
	if now.Shares == 0 {
		now.Shares, now.Threshold = before.Shares, before.Threshold
	}
	if len(now.PGPFingerprints) == 0 {
		now.PGPFingerprints = before.PGPFingerprints
	}
	return now
}

// completed takes the new shares, and from here on no other console has them.
func (r *Rekey) completed(u vault.RekeyUpdate) []Effect {
	before := r.state
	r.state = kept(u.Rekey, before)
	r.state.Started = u.VerificationNonce != ""
	r.set = tally{}
	r.verify = vault.RekeyVerify{Started: r.state.Started, Nonce: u.VerificationNonce, Threshold: r.state.Threshold, Shares: r.state.Shares}
	r.made = handout{shares: slices.DeleteFunc(u.NewShares, keys.Secret.Empty), encrypted: len(r.state.PGPFingerprints) > 0}
	if !r.state.Started {
		r.verdict = newInForce
		if !r.joined && !sameKeys(r.state.PGPFingerprints, r.plan.keys) {
			r.notices.alarm("The new shares are in force, and encrypted to %s instead of the keys that were given. Find out who has those, and rekey at once.", printed(r.state.PGPFingerprints))
		}
	}
	switch {
	case r.state.Started && r.betrayed(r.state.PGPFingerprints):
		r.made.wipe()
		r.made = handout{}
		return nil
	case len(r.made.shares) < r.state.Shares && !r.fixed():
		return r.withheld()
	case len(u.NewShares) == 0:
		r.fate = append(r.fate, "The key was replaced. No share was handed out: the seal keeps it.")
		return r.askVerdict()
	case r.made.encrypted:
		return r.store()
	}
	r.stage = rekeyNaming
	return nil
}

// withheld says that the one answer that holds the new shares holds too few of them.
func (r *Rekey) withheld() []Effect {
	text := fmt.Sprintf("The server says that the set of old shares is complete, and its answer holds %d of the %d new shares. It says them once.", len(r.made.shares), r.state.Shares)
	r.made.wipe()
	r.made = handout{short: true}
	r.notices.alarm("%s", text)
	r.fate = []string{text}
	if r.state.Started {
		r.stage = rekeyOrphaned
		r.fate = append(r.fate, "The old shares are in force: end the rekey and begin again.")
		return nil
	}
	if r.state.Backup {
		r.fate = append(r.fate, r.fromBackup())
	}
	return r.askVerdict()
}
