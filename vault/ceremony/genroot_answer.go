package ceremony

import (
	"warder/keys"
	"warder/vault"
)

// rootRead takes the answers about the attempt as a whole.
func (g *GenerateRoot) rootRead(e RootRead) []Effect {
	g.safe.keep(e.Attempt.OTP, e.Attempt.EncodedToken)
	if e.Op == "read" && g.openedMeanwhile(e.Err) {
		g.opened, g.reason, e.Err = true, unlessLost(g.reason), nil
		e.Attempt = vault.RootAttempt{Required: g.attempt.Required}
	}
	out, ok := g.answered(e.Op, e.Err, func() []Effect { return g.started(e) }, func() []Effect { return g.judge(bare(e.Attempt)) })
	if !ok {
		discard(e)
	}
	return out
}

// bare is the attempt without its secrets.
func bare(a vault.RootAttempt) vault.RootAttempt {
	a.OTP, a.EncodedToken = keys.Secret{}, keys.Secret{}
	return a
}

func (g *GenerateRoot) started(e RootRead) []Effect {
	a := e.Attempt
	switch {
	case e.Err == nil && (a.Nonce == "" || a.Required == 0 || a.OTP.Empty() && g.pgp.Fingerprint == ""):
		discard(e)
		g.notices.alarm("The server did not say what it began, or gave no one-time password for it. If an attempt is there now, it is most likely this one, and nobody could read its token: end it and begin again.")
	case e.Err == nil:
		g.attempt, g.began, g.otp, g.home = bare(a), true, a.OTP, g.seat.node
		g.stage = rootCollecting
		g.betrayed()
		return nil
	case lost(e.Err):
		g.notices.alarm("The answer to the start was lost, and a one-time password with it. If an attempt is there now, it is most likely this one: end it and begin again.")
	default:
		g.notices.say("It was not begun: %s.", vault.Reason(e.Err))
	}
	g.stage = rootApproach
	return g.reread(arriving)
}

// judge compares the attempt with what was known of it.
func (g *GenerateRoot) judge(a vault.RootAttempt) []Effect {
	before, why := g.attempt, g.reason
	g.attempt, g.reason = a, plainly
	if a.Started {
		g.home = g.seat.node
	}
	switch {
	case why == afterCancel:
		g.cancelled(a)
	case g.stage == rootReturning:
		g.stage = g.then
	case g.stage == rootApproach || g.stage == rootChoosing || g.stage == rootJoining || g.stage == rootEnding:
		g.arrive(a)
	case g.stage != rootCollecting && g.stage != rootForeign:
	case !a.Started:
		g.endedElsewhere(before, why)
	case a.Nonce != before.Nonce:
		g.replaced()
	case g.betrayed():
	default:
		g.settle(why, progressIn(before), progressIn(a))
	}
	g.set.drop()
	return nil
}

// arrive begins, or joins what somebody else began.
func (g *GenerateRoot) arrive(a vault.RootAttempt) {
	switch {
	case a.Started && g.stage != rootEnding:
		g.stage = rootJoining
	case !a.Started && (g.stage == rootJoining || g.stage == rootEnding):
		g.notices.say("The attempt has ended meanwhile.")
		g.stage = rootChoosing
	case !a.Started && g.stage == rootApproach:
		g.stage = rootChoosing
	}
}

func progressIn(a vault.RootAttempt) progress { return progress{a.Progress, a.Required} }

// replaced says that the attempt is another than the one taken part in.
func (g *GenerateRoot) replaced() {
	g.notices.alarm("Somebody ended the attempt and began another: its nonce is now %s. %s", g.attempt.Nonce, givenHere(g.set.typed))
	if !g.otp.Empty() {
		g.notices.alarm("The one-time password held here belonged to the attempt before, and is wiped. If that one was completed by somebody, its token can be read by nobody: look for it and revoke it.")
	}
	g.otp.Wipe()
	g.set.typed, g.began = nil, false
	g.stage = rootJoining
}

// given takes the answer to a share.
func (g *GenerateRoot) given(e RootGiven) []Effect {
	g.safe.keep(e.Attempt.OTP, e.Attempt.EncodedToken)
	if g.awaits != callGive {
		discard(e)
		return nil
	}
	g.awaits = callNone
	if out, failed := g.failed(e.Err); failed {
		return out
	}
	before := g.attempt
	if e.Attempt.Complete || !e.Attempt.EncodedToken.Empty() {
		g.set.drop()
		return g.completed(e.Attempt)
	}
	g.attempt = bare(e.Attempt)
	if g.attempt.Nonce == "" {
		g.attempt.Nonce = before.Nonce
	}
	if g.attempt.PGPFingerprint == "" {
		g.attempt.PGPFingerprint = before.PGPFingerprint
	}
	g.set.given(&g.notices, progressIn(before), progressIn(g.attempt))
	g.betrayed()
	return nil
}
