package ceremony

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"warder/keys"
	"warder/vault"
)

// The lives that a wrapping token may have.
const (
	shortestLife = time.Minute
	longestLife  = 24 * time.Hour
)

// pickedToken takes what is to be done with the token.
func (g *GenerateRoot) pickedToken(key string) ([]Effect, bool) {
	if g.token.Empty() {
		return nil, false
	}
	handover := g.stage == rootHandover
	switch {
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

// store writes the token, or what only the owner of the PGP key can read.
func (g *GenerateRoot) store(path string) []Effect {
	path, ok := g.fileNamed(path)
	if !ok {
		return nil
	}
	secret := g.token
	if secret.Empty() {
		secret = g.encoded
	}
	return g.do(callStore, StoreSecret{Path: path, Content: []keys.Secret{secret}, Text: true})
}

func (g *GenerateRoot) stored(e Stored) []Effect {
	if g.awaits != callStore {
		return nil
	}
	g.awaits = callNone
	if e.Err != nil {
		g.problem = e.Err.Error()
		return nil
	}
	g.path, g.problem, g.good = e.Path, "", true
	if g.token.Empty() {
		g.fate = []string{fmt.Sprintf("A root token was made, encrypted to the PGP key %s. The ciphertext is in %s; this console cannot read it, so that it knows no accessor.", g.pgp.Fingerprint, e.Path)}
		g.stage, g.then = rootShowing, rootDone
		return nil
	}
	g.fate = append(g.fate, "It is in "+e.Path+", which only its owner can read (mode 0600). It was not shown.")
	g.stage = rootDone
	return nil
}

// lifeGiven sends the token, and only to a node that was confirmed: the one found since it was asked may be another.
func (g *GenerateRoot) lifeGiven(text string) []Effect {
	if g.seat.at != seated {
		g.stage = rootHandover
		g.notices.say("It was not wrapped: the active node has to be found again.")
		return nil
	}
	life, err := time.ParseDuration(strings.TrimSpace(text))
	if err != nil || life < shortestLife || life > longestLife {
		g.problem = "a life is between 1m and 24h, such as 30m"
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
		g.notices.say("It was not wrapped: %s. A wrapping token whose answer was lost is known to nobody and ends with its life.", vault.Reason(e.Err))
		return nil
	}
	g.wrapped = e.Wrapping
	g.stage, g.then = rootShowing, rootDone
	g.fate = append(g.fate, "It is behind a wrapping token now, which gives it once, to whoever unwraps it first. If that turns out to be used already, somebody else has the root token: revoke it.")
	return nil
}

// hidden ends a reveal. What was shown is wiped; the token itself stays for its revocation.
func (g *GenerateRoot) hidden() bool {
	g.fate = append(slices.Clip(g.fate), g.reveal().Title+" was shown here.")
	g.wrapped.Wipe()
	g.encoded.Wipe()
	g.stage, g.good = g.then, true
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
	switch {
	case e.Err != nil:
		g.notices.say("What the token is could not be looked up: %s.", vault.Reason(e.Err))
	case !e.Info.Root():
		g.info, g.looked = e.Info, true
		g.notices.alarm("The token has the policies %s, and is no root token.", list(e.Info.Policies))
	default:
		g.info, g.looked = e.Info, true
	}
	return nil
}

func (g *GenerateRoot) tokenRevoked(e TokenRevoked) []Effect {
	if g.awaits != callRevoke {
		return nil
	}
	g.awaits = callNone
	if !e.Gone {
		g.notices.alarm("It is not proved that the token is gone: %s. Revoke it again, or by its accessor %s.", reasonOr(e.Err, "the server still knows it"), g.info.Accessor)
		return nil
	}
	g.token.Wipe()
	g.stage, g.good, g.revoked = rootDone, true, true
	g.fate = append(g.fate, "It is revoked: the server was asked for it afterwards and knows it no more.")
	return nil
}

func reasonOr(err error, otherwise string) string {
	if err == nil {
		return otherwise
	}
	return vault.Reason(err)
}

// Accessor is the accessor of the token that was made, "" where it is not known, and whether the token is known to be gone:
// for the reminder that stays when the ceremony is over.
func (g GenerateRoot) Accessor() (accessor string, gone bool) {
	return g.info.Accessor, g.revoked
}
