package ceremony

import (
	"warder/keys"
	"warder/vault"
)

// GenerateRoot makes a root token. The token comes hidden behind a one-time password, which stays in here, or encrypted to a
// PGP key. An attempt of others can be joined: what completes it is then carried to the console that holds the password.
type GenerateRoot struct {
	safe    *safe
	prints  *keys.Fingerprinter
	seat    seat
	stage   rootStage
	awaits  rootCall
	reason  reason // why the attempt is read
	refusal error
	attempt vault.RootAttempt // as the server last told it, without its secrets
	began   bool              // by this console
	otp     keys.Secret
	copied  bool // the encoded token was typed in, and may be mistyped: the password is kept until the server knows the token
	pgp     keys.PublicKey
	encoded keys.Secret
	token   keys.Secret
	wrapped keys.Secret
	set     tally
	info    vault.TokenInfo
	looked  bool
	revoked bool
	made    bool // a token exists, whoever can read it
	path    string
	then    rootStage // where it goes on after rootReturning, or once what is shown was hidden
	problem string
	fate    []string // what became of the token, or of the attempt
	good    bool
	next    Event  // what a person did while a read was under way
	meant   string // the nonce of what he did it to
	notices remarks
}

// NewGenerateRoot begins, or joins what is under way. skipVerify says that TLS is not verified.
func NewGenerateRoot(snapshot vault.Snapshot, skipVerify bool, prints *keys.Fingerprinter) GenerateRoot {
	return GenerateRoot{
		safe: &safe{}, prints: prints,
		seat: seat{snapshot: snapshot, skip: skipVerify, read: func(n Node, d vault.Doors) Effect { return ReadRoot{Node: n, Doors: d} }},
	}
}

// Apply implements Machine.
func (g GenerateRoot) Apply(e Event) (Machine, []Effect) {
	if g.safe.shut {
		discard(e)
		return g, nil
	}
	if fromPerson(e) {
		g.notices = nil
		if g.polls() {
			g.later(e)
			return g, nil
		}
		return g, g.person(e)
	}
	out := g.answer(e)
	if next := g.next; next != nil && g.awaits == rootIdle {
		g.next = nil
		if g.attempt.Nonce != g.meant {
			discard(next)
			g.notices.alarm("Nothing was done: what is under way is not what was on the screen.")
			return g, out
		}
		out = append(out, g.person(next)...)
	}
	return g, out
}

// polls says that it is being read how far things are, and nothing hangs on it.
func (g GenerateRoot) polls() bool {
	return g.awaits == rootReads && g.reason == plainly && g.stage != rootApproach
}

// later keeps what a person did until the read is answered: there is one call at a time, so that no answer is taken for
// another's.
func (g *GenerateRoot) later(e Event) {
	g.safe.keep(secretsOf(e)...)
	if g.next != nil {
		discard(e)
		return
	}
	g.next, g.meant = e, g.attempt.Nonce
}

// answer takes what servers and files say.
func (g *GenerateRoot) answer(e Event) []Effect {
	switch e := e.(type) {
	case Observed:
		return g.observed(e.Snapshot)
	case NotActive:
		return g.notActive(e)
	case DoorsFound:
		return g.seat.doorsFound(e)
	case RootRead:
		return g.rootRead(e)
	case RootGiven:
		return g.given(e)
	case PublicKeyRead:
		return g.keyRead(e)
	case Stored:
		return g.stored(e)
	case TokenLooked:
		return g.tokenLooked(e)
	case TokenWrapped:
		return g.tokenWrapped(e)
	case TokenRevoked:
		return g.tokenRevoked(e)
	}
	discard(e)
	return nil
}

// observed follows the active node, and reads the attempt from time to time.
func (g *GenerateRoot) observed(s vault.Snapshot) []Effect {
	idle := g.awaits == rootIdle && g.stage >= rootApproach && g.following()
	out, reads := g.seat.observed(s, idle)
	if reads {
		g.awaits, g.reason = rootReads, plainly
	}
	return out
}

// following says that the attempt on the server still matters.
func (g *GenerateRoot) following() bool {
	return g.stage == rootApproach || g.stage == rootJoining || g.stage == rootForeign || g.stage == rootCollecting || !g.token.Empty() && g.seat.at == seeking
}

// do notes what is awaited.
func (g *GenerateRoot) do(c rootCall, e Effect) []Effect {
	g.awaits = c
	return []Effect{e}
}

// reread asks what is true after a write whose outcome has to be read.
func (g *GenerateRoot) reread(why reason) []Effect {
	g.reason = why
	return g.do(rootReads, ReadRoot{Node: g.seat.node, Doors: g.seat.doors})
}

// notActive ends what was awaited: nothing was sent.
func (g *GenerateRoot) notActive(e NotActive) []Effect {
	was := g.awaits
	switch {
	case g.seat.at == knocking:
		g.seat.lose(e)
		return nil
	case was == rootIdle, was == rootStores, was == rootReadsKey:
		return nil
	}
	g.awaits = rootIdle
	g.set.drop()
	switch {
	case was == rootReads:
		g.notices.unread(g.seat.node.Name, g.reason, e.Err)
	case e.Err != nil:
		g.notices.say("%s could not be asked (%s). Nothing was sent.", g.seat.node.Name, vault.Reason(e.Err))
	case was == rootGives:
		g.notices.alarm("%s is not the active node any more. The share was not sent.", g.seat.node.Name)
	default:
		g.notices.say("%s is not the active node any more. Nothing was sent.", g.seat.node.Name)
	}
	g.seat.lose(e)
	return nil
}

// Wipe implements Machine.
func (g GenerateRoot) Wipe() { g.safe.close() }

// Notices implements Machine.
func (g GenerateRoot) Notices() []Notice { return g.notices }
