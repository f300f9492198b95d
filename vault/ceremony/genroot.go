package ceremony

import (
	"warder/keys"
	"warder/vault"
)

// GenerateRoot makes a root token, or what a DR secondary or a node in recovery mode makes instead. The token comes hidden behind a one-time password, which stays in here, or encrypted to a
// PGP key. An attempt of others can be joined: what completes it is then carried to the console that holds the password.
type GenerateRoot struct {
	desk
	madeToken
	stage     rootStage
	attempt   vault.RootAttempt // as the server last told it, without its secrets
	began     bool              // by this console
	otp       keys.Secret
	copied    bool // the encoded token was typed in, and may be mistyped: the password is kept until the server knows the token
	pgp       keys.PublicKey
	tried     string    // the file that it was to go to last
	elsewhere []string  // where else it may be written, after a failure
	home      Node      // the one that said last that the attempt runs
	made      bool      // a token exists, whoever can read it
	then      rootStage // where it goes on after rootReturning, or once what is shown was hidden
	good      bool
	opened    bool // a node in recovery mode says that its token was made, here or elsewhere
}

// NewGenerateRoot begins, or joins what is under way. skipVerify says that TLS is not verified.
func NewGenerateRoot(snapshot vault.Snapshot, skipVerify bool, prints *keys.Fingerprinter) GenerateRoot {
	return GenerateRoot{desk: desk{
		safe: &safe{}, prints: prints,
		seat: seat{snapshot: snapshot, skip: skipVerify, read: func(n Node, d vault.Doors) Effect { return ReadRoot{Node: n, Doors: d} }},
	}}
}

// Apply implements Machine.
func (g GenerateRoot) Apply(e Event) (Machine, []Effect) {
	out := g.take(&g, e)
	return g, out
}

func (g *GenerateRoot) nonce() string { return g.attempt.Nonce }

// local is never so: what is done with the token waits for a read, too.
func (g *GenerateRoot) local() bool { return false }

// answer takes what servers and files say.
func (g *GenerateRoot) answer(e Event) []Effect {
	switch e := e.(type) {
	case Observed:
		return g.watch(e.Snapshot, g.following())
	case RootRead:
		return g.rootRead(e)
	case RootGiven:
		return g.given(e)
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

// following says that the attempt on the server still matters.
func (g *GenerateRoot) following() bool {
	return g.stage == rootApproach || g.stage == rootJoining || g.stage == rootForeign || g.stage == rootCollecting || !g.token.Empty() && g.seat.at == seeking
}
