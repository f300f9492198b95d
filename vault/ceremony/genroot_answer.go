package ceremony

import (
	"slices"

	"warder/keys"
	"warder/vault"
)

// rootRead takes the answers about the attempt as a whole.
func (g *GenerateRoot) rootRead(e RootRead) []Effect {
	g.safe.keep(e.Attempt.OTP, e.Attempt.EncodedToken)
	was := g.awaits
	switch {
	case e.Op == "start" && was == rootStarts:
		return g.started(e)
	case e.Op == "cancel" && was == rootCancels:
		g.refusal = e.Err
		return g.reread(afterCancel)
	case e.Op == "read" && (was == rootReads || was == rootIdle && g.seat.at == knocking):
		g.awaits = rootIdle
		if e.Err != nil {
			return g.readFailed(e.Err)
		}
		g.seat.sit()
		return g.judge(bare(e.Attempt))
	}
	discard(e)
	return nil
}

// bare is the attempt without its secrets.
func bare(a vault.RootAttempt) vault.RootAttempt {
	a.OTP, a.EncodedToken = keys.Secret{}, keys.Secret{}
	return a
}

func (g *GenerateRoot) readFailed(err error) []Effect {
	if out, ok := g.seat.refused(err); ok {
		return out
	}
	if g.reason == afterLost || g.reason == afterRefusal {
		g.dropHand()
		g.notices.alarm("%s: what became of the share could not be read (%s). It is not sent again; it is read when the node answers.", g.seat.node.Name, vault.Reason(err))
	}
	g.seat.lose(NotActive{Err: err})
	return nil
}

func (g *GenerateRoot) started(e RootRead) []Effect {
	g.awaits = rootIdle
	if e.Err == nil {
		g.attempt, g.began, g.otp = bare(e.Attempt), true, e.Attempt.OTP
		g.stage = rootCollecting
		return nil
	}
	switch {
	case lost(e.Err):
		g.notices.alarm("The answer to the start was lost, and a one-time password with it. If an attempt is there now, it is most likely this one: end it and begin again.")
	default:
		g.notices.say("It was not begun: %s.", vault.Reason(e.Err))
	}
	g.stage = rootApproach
	return g.reread(plainly)
}

// judge compares the attempt with what was known of it.
func (g *GenerateRoot) judge(a vault.RootAttempt) []Effect {
	before, why := g.attempt, g.reason
	g.attempt, g.reason = a, plainly
	switch {
	case why == afterCancel:
		g.cancelled(a)
	case g.stage == rootReturning:
		g.stage = g.then
	case g.stage == rootApproach || g.stage == rootChoosing || g.stage == rootJoining || g.stage == rootEnding:
		g.arrive(a)
	case g.stage != rootCollecting:
	case !a.Started:
		g.endedElsewhere(before, why)
	case a.Nonce != before.Nonce:
		g.replaced()
	case why == afterLost:
		g.settleLost(before)
	case why == afterRefusal:
		g.settleRefused(before)
	default:
		g.compare(before)
	}
	g.dropHand()
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

// compare tells what others did.
func (g *GenerateRoot) compare(before vault.RootAttempt) {
	now := g.attempt
	switch {
	case now.Progress < before.Progress:
		g.notices.alarm("The attempt is back at %d of %d: a share that somebody else gave completed a wrong set. All shares have to be given again. %s", now.Progress, now.Required, givenHere(g.typed))
		g.typed = nil
	case now.Progress > before.Progress:
		g.notices.say("It is at %d of %d: somebody else gives shares too, and they count.", now.Progress, now.Required)
	}
}

// replaced says that the attempt is another than the one taken part in.
func (g *GenerateRoot) replaced() {
	g.notices.alarm("Somebody ended the attempt and began another: its nonce is now %s. %s", g.attempt.Nonce, givenHere(g.typed))
	if !g.otp.Empty() {
		g.notices.alarm("The one-time password held here belonged to the attempt before, and is wiped. If that one was completed by somebody, its token can be read by nobody: look for it and revoke it.")
	}
	g.otp.Wipe()
	g.typed, g.began = nil, false
	g.stage = rootJoining
}

// given takes the answer to a share.
func (g *GenerateRoot) given(e RootGiven) []Effect {
	g.safe.keep(e.Attempt.OTP, e.Attempt.EncodedToken)
	if g.awaits != rootGives {
		discard(e)
		return nil
	}
	g.awaits = rootIdle
	switch {
	case unsent(e.Err):
		g.dropHand()
		g.notices.say("The share was not sent: %s.", vault.Reason(e.Err))
		g.seat.lose(NotActive{Err: e.Err})
		return nil
	case lost(e.Err):
		return g.reread(afterLost)
	case e.Err != nil:
		g.refusal = e.Err
		return g.reread(afterRefusal)
	}
	before := g.attempt
	g.count()
	g.dropHand()
	if e.Attempt.Complete || !e.Attempt.EncodedToken.Empty() {
		return g.completed(e.Attempt)
	}
	g.attempt = bare(e.Attempt)
	if g.attempt.Nonce == "" {
		g.attempt.Nonce = before.Nonce
	}
	if g.attempt.Progress > before.Progress+1 {
		before.Progress++
		g.compare(before)
	}
	return nil
}

// count notes the share sent last among those that count.
func (g *GenerateRoot) count() { g.typed = append(slices.Clip(g.typed), g.last) }

// settleLost says what the status tells of a share whose answer was lost.
func (g *GenerateRoot) settleLost(before vault.RootAttempt) {
	now := g.attempt
	switch {
	case now.Progress == before.Progress+1:
		g.count()
		g.notices.say("The answer was lost. The server says %d of %d now, one more than before: the share counted.", now.Progress, now.Required)
	case now.Progress == before.Progress:
		g.notices.say("The answer was lost. The server says %d of %d, as before: the share did not count. It can be typed again.", now.Progress, now.Required)
	case now.Progress < before.Progress:
		g.count()
		g.notices.alarm("The answer was lost, and the server is back at %d of %d: the set was wrong. All shares have to be given again. %s", now.Progress, now.Required, givenHere(g.typed))
		g.typed = nil
	default:
		g.count()
		g.notices.say("The answer was lost. The server says %d of %d: others give shares too, and whether this one is among them is not known.", now.Progress, now.Required)
	}
}

// settleRefused tells a wrong set from a share that was refused by itself.
func (g *GenerateRoot) settleRefused(before vault.RootAttempt) {
	now := g.attempt
	if before.Progress+1 >= before.Required && now.Progress == 0 {
		g.count()
		g.notices.alarm("With this share there were %d, and together they are wrong (%s). The attempt goes on, but all shares have to be given again. %s One of them, or one that was given elsewhere, is mistyped or of another set.", before.Required, vault.Reason(g.refusal), givenHere(g.typed))
		g.typed = nil
		return
	}
	g.notices.say("The share was refused: %s. It is at %d of %d.", vault.Reason(g.refusal), now.Progress, now.Required)
	if now.Progress < before.Progress {
		g.compare(before)
	}
}
