package ceremony

import "warder/vault"

// readAnswered takes a status, which settles what was open.
func (u *Unseal) readAnswered(n *sealedNode, e Unsealed) []Effect {
	before, known := n.status, n.known
	if vault.BetweenSeals(e.Err) {
		u.between(n)
		return nil
	}
	if e.Err != nil {
		return u.readFailed(n, e.Err)
	}
	n.status, n.known, n.trouble = e.Status, true, nil
	n.unsettled = false
	switch n.reason {
	case afterLost:
		return u.settleLost(n, before)
	case afterRefusal:
		u.settleRefused(n, before)
	case whileJoining:
		return u.watchJoining(n)
	default:
		u.compare(n, before, known)
	}
	return nil
}

func (u *Unseal) readFailed(n *sealedNode, err error) []Effect {
	first := n.trouble == nil
	n.trouble = err
	switch {
	case n.reason == whileJoining && n.left > 0:
		// A node that is joining may not answer for a moment.
		n.left--
		return []Effect{n.read(whileJoining, joinPause)}
	case n.reason == afterLost && n.unsettled:
	case n.reason == afterLost:
		n.unsettled = true
		u.notices.alarm("%s: the answer to the share was lost, and it does not answer now (%s). Whether the share counted is read when it does.", n.Name, vault.Reason(err))
		u.opensNot(n)
	case n.reason == afterRefusal:
		u.notices.say("%s refused the share (%s) and does not answer now.", n.Name, vault.Reason(n.refusal))
		u.opensNot(n)
	case vault.OtherCertificate(err):
		u.unreached(n, err)
	case first:
		u.notices.say("%s does not answer: %s.", n.Name, vault.Reason(err))
	}
	return nil
}

// opensNot holds the share back where it would do what it did at this node.
func (u *Unseal) opensNot(n *sealedNode) {
	if n.completes() {
		u.holdBack(n)
	}
}

// settleLost says what the status tells of a share whose answer was lost.
func (u *Unseal) settleLost(n *sealedNode, before vault.SealStatus) []Effect {
	now := n.status
	completed := before.Progress+1 >= before.Threshold
	switch {
	case !now.Sealed:
		u.right(n)
		u.notices.say("%s: the answer was lost, but it is unsealed.", n.Name)
		return nil
	case now.Progress == before.Progress+1 && (before.Nonce == "" || now.Nonce == before.Nonce):
		n.round = append(n.round, n.column)
		u.notices.say("%s: the answer was lost. It says %d of %d now, one more than before: the share counted.", n.Name, now.Progress, now.Threshold)
	case now.Progress == before.Progress && now.Nonce == before.Nonce:
		u.notices.say("%s: the answer was lost. It says %d of %d, as before: the share did not count. It can be typed again.", n.Name, now.Progress, now.Threshold)
	case now.Progress == 0 && completed:
		u.notices.say("%s: the answer to the share that completed the set was lost. Either it unseals within seconds, or the set was wrong and is gone. %s", n.Name, u.givenHere(n))
		n.round = nil
		u.holdBack(n)
		return []Effect{n.joins()}
	case now.Nonce != before.Nonce || now.Progress < before.Progress:
		u.dropped(n, before)
	default:
		n.round = append(n.round, n.column)
		u.notices.say("%s: the answer was lost. It says %d of %d now: others give shares too, and whether this one is among them is not known.", n.Name, now.Progress, now.Threshold)
	}
	if completed {
		u.holdBack(n)
	}
	return nil
}

// settleRefused tells a wrong set from a share that was refused by itself.
func (u *Unseal) settleRefused(n *sealedNode, before vault.SealStatus) {
	completed := before.Progress+1 >= before.Threshold
	switch {
	case completed && n.status.Progress == 0 && n.status.Sealed:
		n.round = append(n.round, n.column)
		u.notices.alarm("%s: with this share there were %d, and together they do not open it (%s). All shares it was given are gone, and all have to be given again. %s One of them, or one that was given elsewhere, is mistyped or of another set.", n.Name, before.Threshold, vault.Reason(n.refusal), u.givenHere(n))
		n.round = nil
	case !n.status.Sealed:
		u.notices.say("%s is unsealed: somebody else was faster.", n.Name)
		n.round = nil
	default:
		u.notices.say("%s refused the share: %s. It is at %d of %d.", n.Name, vault.Reason(n.refusal), n.status.Progress, n.status.Threshold)
	}
	if completed && n.status.Sealed {
		u.holdBack(n)
	}
}

// watchJoining looks again, a bounded number of times.
func (u *Unseal) watchJoining(n *sealedNode) []Effect {
	switch {
	case !n.status.Sealed:
		u.notices.say("%s is unsealed.", n.Name)
	case n.status.Progress > 0:
		u.notices.say("%s asks for shares again: %d of %d.", n.Name, n.status.Progress, n.status.Threshold)
	case n.left > 0:
		n.left--
		return []Effect{n.read(whileJoining, joinPause)}
	default:
		u.notices.alarm("%s took its last share %d seconds ago and is still sealed. It joins only while the cluster has an active node that it can reach: see its log.", n.Name, joinReads)
	}
	return nil
}

// compare tells what changed since the last look by nothing done here.
func (u *Unseal) compare(n *sealedNode, before vault.SealStatus, known bool) {
	now := n.status
	switch {
	case !known && now.Sealed && now.Progress > 0:
		u.notices.say("%s has %d of %d shares already.", n.Name, now.Progress, now.Threshold)
	case !known:
	case !before.Sealed && now.Sealed:
		u.notices.alarm("%s was unsealed and is sealed again.", n.Name)
		n.round = nil
	case before.Sealed && !now.Sealed:
		u.notices.say("%s is unsealed, by shares that others gave.", n.Name)
		n.round = nil
	case now.Progress < before.Progress || before.Nonce != "" && now.Nonce != before.Nonce:
		u.dropped(n, before)
	case now.Progress > before.Progress:
		u.notices.say("%s is at %d of %d: somebody else gives shares too, and they count.", n.Name, now.Progress, now.Threshold)
	}
}
