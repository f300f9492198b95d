package ceremony

import (
	"fmt"

	"warder/vault"
)

// Steps implements Machine.
func (g GenerateRoot) Steps() ([]string, int) {
	names := []string{"What happens", g.whom(), "Start", "Shares", "Token", "Done"}
	switch {
	case g.stage == rootTold:
		return names, 0
	case g.approaching() && g.stage < rootForeign:
		return names, 1
	case g.stage < rootForeign:
		return names, 2
	case g.stage == rootForeign || g.stage == rootCollecting || g.stage == rootElsewhere:
		return names, 3
	case g.stage == rootDone:
		return names, 5
	}
	return names, 4
}

// Prompt implements Machine.
func (g GenerateRoot) Prompt() Prompt {
	switch {
	case g.safe.shut:
		return End{Title: "Left", Text: g.Account()}
	case g.awaits != callNone && !g.polls() || g.next != nil:
		return g.waiting()
	case g.approaching():
		return g.seat.prompt(g.endpoints())
	}
	return g.ask()
}

func (g GenerateRoot) ask() Prompt {
	switch g.stage {
	case rootTold:
		return g.told()
	case rootChoosing:
		return g.choose()
	case rootKeying:
		return Fill{
			Title: "The PGP key", Problem: g.problem, Text: []string{"The server encrypts the token to this public key. Only the owner of the private key can read it then; this console cannot."},
			Fields: []Field{{Key: "key", Label: "Public key", Hint: "a file, armoured or binary, or the key in base64"}},
		}
	case rootKeyShown:
		return Tell{Title: "Is this the key?", Go: "Start", Text: append(describeKey(g.pgp), "Compare the whole fingerprint with what its owner says. A token encrypted to another key is lost, or somebody else's.")}
	case rootJoining:
		return g.join()
	case rootEnding:
		return TypeOut{Title: "End the attempt of somebody else", Want: "cancel", Text: []string{progressOf(g.attempt), "Whoever takes part loses it, and the shares given to it are dropped. The keys stay as they are."}}
	case rootForeign:
		return foreignKeys("attempt", g.owner(), rootPrints(g.attempt))
	case rootCollecting:
		return g.enter()
	case rootElsewhere:
		return EnterSecret{
			Title: "The encoded token, from the other console", Text: append(g.fate[:len(g.fate):len(g.fate)], "If it was completed at another console, that console shows an encoded token: type it here, where the one-time password is."),
			Options: []Option{{Key: "nothing", Label: "There is none", Hint: "it was cancelled, or the encoded token is lost; the one-time password is wiped"}},
		}
	}
	return g.askToken()
}

func (g GenerateRoot) waiting() Wait {
	w := g.desk.waiting("attempt", progressIn(g.attempt).completes())
	if w.Hold {
		w.Text = append(w.Text, g.whileCompleting()...)
	}
	w.Hold = w.Hold || g.awaits == callStart
	return w
}

func (g GenerateRoot) told() Tell {
	s := g.seal()
	who := "as many custodians as the threshold of the unseal shares"
	switch {
	case g.makes() == vault.RecoveryToken:
		who = g.holders()
	case shareless(s):
		who = "recovery shares, and there are none: a rekey of the recovery key makes the first ones"
	case s.Threshold > 0 && s.RecoverySeal:
		who = fmt.Sprintf("any %d of the %d holders of recovery shares", s.Threshold, s.Shares)
	case s.Threshold > 0:
		who = fmt.Sprintf("any %d of the %d holders of unseal shares", s.Threshold, s.Shares)
	}
	return Tell{Title: "Generate a " + g.noun(), Go: "Go on", Text: append(g.outcome(), []string{
		"It needs " + who + ". No key is changed.",
		"The server hides the token behind a one-time password, which stays in this console and is never shown, or encrypts it to a PGP key.",
		"Others may give shares at their consoles. The answer to the last share goes to whoever gave it and to nobody else: another console shows the encoded token then, to be carried here.",
	}...)}
}

func (g GenerateRoot) choose() Pick {
	return Pick{Title: "How is the token hidden?", Text: []string{"Nothing is under way. It is begun with the choice."}, Options: []Option{
		{Key: "otp", Label: "One-time password", Hint: "made by the server, kept inside this console until the token is decoded here"},
		{Key: "pgp", Label: "PGP key", Hint: "only the owner of the private key can read the token"},
	}}
}

func (g GenerateRoot) join() Pick {
	return Pick{Title: "Somebody began an attempt", Options: []Option{
		{Key: "join", Label: "Join it", Hint: "give shares here; what completes it is carried to the console that began it"},
		{Key: "end", Label: "End it", Hint: "cancels it for everybody, after a confirmation"},
	}, Text: []string{
		progressOf(g.attempt),
		"Did you start this? Ask who did, and compare the nonce: shares given to an attempt of a stranger make a " + g.noun() + " for him.",
		"The server does not say since when it runs.",
	}}
}

func progressOf(a vault.RootAttempt) string {
	how := "its token will be hidden behind a one-time password, which whoever began it holds"
	if a.PGPFingerprint != "" {
		how = "its token will be encrypted to the PGP key " + a.PGPFingerprint
	}
	return fmt.Sprintf("An attempt is under way with %d of %d shares; nonce %s; %s.", a.Progress, a.Required, a.Nonce, how)
}

func (g GenerateRoot) enter() EnterShare {
	a := g.attempt
	p := EnterShare{Title: "Give a share", Number: a.Progress + 1, Needed: a.Required, Text: []string{
		fmt.Sprintf("Nonce %s. The server has %d of %d.", a.Nonce, a.Progress, a.Required),
	}}
	if p.Number < p.Needed {
		return p
	}
	p.After = "This share completes the attempt. The answer holds the encoded token and comes to this console only."
	if !g.began {
		p.After += " It has to be carried to the console that holds the one-time password, or to the owner of the PGP key: make sure that it is still there."
	}
	return p
}
