package ceremony

import (
	"slices"

	"warder/vault"
)

// pickedToken takes what is to be done with the token.
func (g *GenerateRoot) pickedToken(key string) ([]Effect, bool) {
	if g.token.Empty() {
		return nil, false
	}
	handover := g.stage == rootHandover
	if !g.ordinary() && (key == "wrap" || key == "look" || key == "revoke" || key == "reach") {
		return nil, false
	}
	switch {
	case handover && key == "again" && g.mayBeMistyped():
		g.mistyped()
	case handover && key == "show":
		g.stage, g.then = rootShowing, rootDone
	case handover && key == "file":
		g.stage, g.problem = rootStoring, ""
	case handover && key == "wrap" && g.seat.at == seated:
		g.stage, g.problem = rootWrapping, ""
	case key == "look" && g.seat.at == seated:
		return g.do(callLook, LookupToken{Node: g.seat.node, Token: g.token}), true
	case key == "revoke" && g.seat.at == seated:
		return g.do(callRevoke, RevokeToken{Node: g.seat.node, Token: g.token}), true
	case key == "reach" && g.seat.at != seated:
		g.stage, g.then = rootReturning, g.stage
		return g.seat.seek(), true
	case key == "close" && !handover:
		g.token.Wipe()
	default:
		return nil, false
	}
	return nil, true
}

// lifeGiven sends the token, and only to a node that was confirmed: the one found since it was asked may be another.
func (g *GenerateRoot) lifeGiven(text string) []Effect {
	if g.seat.at != seated {
		g.stage = rootHandover
		g.notices.say("It was not wrapped: the active node has to be found again.")
		return nil
	}
	life, err := lifeOf(text)
	if err != nil {
		g.problem = err.Error()
		return nil
	}
	return g.do(callWrap, WrapToken{Node: g.seat.node, Token: g.token, Life: life})
}

func (g *GenerateRoot) tokenWrapped(e TokenWrapped) []Effect {
	g.safe.keep(e.Wrapping)
	if g.awaits != callWrap {
		discard(e)
		return nil
	}
	g.awaits = callNone
	if e.Err != nil || e.Wrapping.Empty() {
		g.stage = rootHandover
		g.notices.say("%s", unwrapped(e.Err))
		return nil
	}
	g.wrapped = e.Wrapping
	g.stage, g.then = rootShowing, rootDone
	g.fate = append(g.fate, onceWrapped)
	return nil
}

// hidden ends a reveal. What was shown is wiped; the token itself stays for its revocation.
func (g *GenerateRoot) hidden() bool {
	g.fate = append(slices.Clip(g.fate), g.reveal().Title+" was shown here.")
	g.wrapped.Wipe()
	g.encoded.Wipe()
	g.stage, g.good = g.then, true
	if g.stage == rootDone {
		g.otp.Wipe()
	}
	return true
}

func (g *GenerateRoot) tokenLooked(e TokenLooked) []Effect {
	if g.awaits != callLook {
		return nil
	}
	g.awaits = callNone
	if g.copied && vault.Is(e.Err, vault.Denied) {
		g.mistyped()
		return nil
	}
	g.copied = false
	g.otp.Wipe()
	g.lookedUp(e, &g.notices)
	return nil
}

func (g *GenerateRoot) tokenRevoked(e TokenRevoked) []Effect {
	if g.awaits != callRevoke {
		return nil
	}
	g.awaits = callNone
	if !e.Gone {
		g.notices.alarm("%s", g.stillThere(e.Err))
		return nil
	}
	g.token.Wipe()
	g.stage, g.good, g.revoked = rootDone, true, true
	g.fate = append(g.fate, tokenGone)
	return nil
}
