package ceremony

import (
	"fmt"
	"strings"

	"warder/keys"
	"warder/vault"
)

// How a token that nobody can read is got rid of.
const (
	toFind = "To find it: list auth/token/accessors, look each accessor up (auth/token/lookup-accessor), and revoke the one whose path is auth/token/root and whose creation time is that of this attempt (auth/token/revoke-accessor)."
)

// completed takes the one answer that holds the encoded token.
func (g *GenerateRoot) completed(a vault.RootAttempt) []Effect {
	g.encoded, g.made = a.EncodedToken, true
	g.attempt = bare(a)
	g.attempt.Started = false
	switch {
	case g.encoded.Empty():
		g.otp.Wipe()
		g.stage = rootDone
		g.fate = []string{"The server says that the attempt is complete, and its answer holds no encoded token. It says it in that answer only, so that a " + g.noun() + " most likely exists that nobody can read. " + g.toFind(), "Begin again for a token that can be read."}
		g.notices.alarm("The attempt is complete, and the server gave no encoded token.")
		return nil
	case !g.otp.Empty():
		return g.decode()
	case g.began:
		if to := rootPrints(a); len(to) > 0 && !sameKeys(to, g.owner()) {
			g.notices.alarm("The token is encrypted to the key %s, and not to the one given: whoever has that key can use it. %s", printed(to), g.toFind())
		}
		g.stage, g.problem = rootStoring, ""
		return nil
	}
	g.stage, g.then = rootShowing, rootDone
	g.fate = []string{"The attempt was completed here. The encoded token is to be carried to the console that holds the one-time password, or to the owner of the PGP key. " + g.unreadable()}
	return nil
}

// decode brings the token back; from then on the password is of no use.
func (g *GenerateRoot) decode() []Effect {
	token, err := decoded(g.encoded, g.otp)
	if err != nil {
		g.notices.alarm("The token could not be decoded: %v.", err)
		g.stage = rootElsewhere
		return nil
	}
	g.encoded.Wipe()
	if !g.copied {
		g.otp.Wipe()
	}
	g.made = true
	g.safe.keep(token)
	g.token, g.stage, g.then = token, rootHandover, rootHandover
	g.fate = []string{"A " + g.noun() + " was made."}
	if !g.ordinary() {
		return nil
	}
	return g.do(callLook, LookupToken{Node: g.seat.node, Token: token})
}

// decoded makes a string of the encoded token, which is worth nothing without the password.
func decoded(encoded, otp keys.Secret) (token keys.Secret, err error) {
	encoded.Use(func(b []byte) { token, err = keys.DecodeToken(strings.Clone(string(b)), otp) })
	return token, err
}

// carried takes the encoded token that another console showed.
func (g *GenerateRoot) carried(s keys.Secret) []Effect {
	g.safe.keep(s)
	token, err := decoded(s, g.otp)
	if err != nil {
		s.Wipe()
		g.notices.say("Not decoded: %v.", err)
		return nil
	}
	token.Wipe()
	g.encoded, g.copied = s, true
	return g.decode()
}

// mistyped goes back to where the encoded token is typed: what came out of it is no token.
func (g *GenerateRoot) mistyped() {
	g.token.Wipe()
	g.stage, g.copied, g.made = rootElsewhere, false, false
	g.fate = []string{g.unreadable()}
	if !g.ordinary() {
		return
	}
	g.notices.alarm("The server does not know what came out as a token: compare the encoded token letter by letter, capitals too, and type it again.")
}

// endedElsewhere says that the attempt is gone without a word of how. Whoever holds the password can still decode.
func (g *GenerateRoot) endedElsewhere(before vault.RootAttempt, why reason) {
	text := "The attempt has ended elsewhere: completed or cancelled, the server does not say which."
	switch {
	case g.opened:
		text = "The attempt was completed elsewhere: the node says that its token was made. " + endsRecovery
	case g.home.Address != "" && g.home.Address != g.seat.node.Address:
		text = g.stayedBehind(before.Nonce)
	}
	g.fate = []string{text}
	if why == afterLost && before.Progress+1 >= before.Required {
		g.fate = append(g.fate, "The answer to the share given last was lost. If that share completed it, the encoded token was in that answer and nowhere else.")
	}
	g.fate = append(g.fate, g.unreadable())
	g.notices.alarm("%s %s", text, givenHere(g.set.typed))
	if g.otp.Empty() {
		g.stage = rootDone
		return
	}
	g.stage = rootElsewhere
}

// stayedBehind says where the attempt is, once another node leads. OpenBao's node has it again when it leads again.
func (g GenerateRoot) stayedBehind(nonce string) string {
	const text = "Another node is active now and knows of no attempt: it was completed or ended at %s first, or is "
	if n := g.seat.snapshot.Node(g.seat.node.Address); n != nil && n.Product() == vault.OpenBao {
		return fmt.Sprintf(text+"in the memory of that node still, which goes on with it when it leads again, though it was sealed meanwhile. Cancel it then, or restart that node.", g.home.Name)
	}
	return fmt.Sprintf(text+"lost with it. If one with the nonce %s is there when that node leads again, cancel it.", g.home.Name, nonce)
}

// giveUp ends without a token.
func (g *GenerateRoot) giveUp() {
	g.otp.Wipe()
	g.encoded.Wipe()
	g.stage = rootDone
	g.fate = append(g.fate, "No token was decoded here, and the one-time password is wiped.")
}

// cancelled reads what became of the wish to end it.
func (g *GenerateRoot) cancelled(now vault.RootAttempt) {
	switch {
	case !now.Started:
		g.otp.Wipe()
		g.set.typed = nil
		g.stage, g.good = rootDone, true
		g.fate = []string{"The attempt is ended on the server; the shares given to it are dropped. The keys are as they were. If it was completed just before, elsewhere, its token exists all the same."}
	case g.refusal != nil:
		g.notices.say("It was not ended: %s.", vault.Reason(g.refusal))
		if g.stage != rootForeign {
			g.stage = rootJoining
		}
	default:
		g.replaced()
	}
}

// Account implements Machine.
func (g GenerateRoot) Account() []string {
	a := g.attempt
	var text []string
	switch {
	case g.stage == rootDone || g.stage >= rootElsewhere:
		text = append(text, g.fate...)
	case a.Started:
		text = append(text, progressOf(a), "Leaving does not end it: it waits for shares until somebody cancels it. If the active node changes before, it is out of reach, and may go on when that node leads again.")
	default:
		text = append(text, "No attempt to generate a "+g.noun()+" is known to be under way.")
	}
	if !g.otp.Empty() && g.token.Empty() {
		text = append(text, "This console holds the one-time password. Leaving wipes it, and then nobody can read the token of this attempt: cancel it instead, or stay.")
	}
	if !g.token.Empty() {
		text = append(text, "The token is still in this console, and wiped when it is left.")
	}
	if !g.encoded.Empty() && g.path == "" {
		text = append(text, "The encoded token is in this console only: leaving loses it, and then nobody can read the token.")
	}
	return append(text, "The shares are in force as before: generating a "+g.noun()+" changes no key.")
}
