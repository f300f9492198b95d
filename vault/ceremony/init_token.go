package ceremony

import (
	"slices"

	"warder/keys"
	"warder/vault"
)

// handsOut takes the shares to their custodians, and goes on to the root token.
func (i *Initialise) handsOut(e Event) ([]Effect, bool) {
	out, ok := i.hand.act(&i.desk, e)
	if i.hand.step == handOver {
		i.toToken()
	}
	return out, ok
}

// holdsToken says that the root token is here, readable or not, and nobody has it yet.
func (i Initialise) holdsToken() bool {
	return !i.given && (!i.token.Empty() || !i.encoded.Empty())
}

func (i *Initialise) toToken() {
	if i.stage = initHub; i.holdsToken() {
		i.stage, i.problem = initToken, ""
	}
}

func (i *Initialise) askToken() Pick {
	p := Pick{Title: "The root token is here", Text: []string{
		"It may do everything and never expires. Use it for setting the cluster up, and revoke it.",
	}, Options: []Option{showToken, fileToken}}
	if !i.encoded.Empty() {
		p.Text = []string{"It is encrypted to " + printed([]string{i.plan.root.Fingerprint}) + ": only the owner of that key can read it. No server says it again."}
		p.Options = []Option{fileToken, {Key: "show", Label: "Show it once, unsaved", Hint: "some hundred characters of base64"}}
		return p
	}
	if i.leads() {
		p.Options = append(p.Options, wrapToken, revokeToken)
	} else {
		p.Options = append(p.Options, Option{Key: "later", Label: "Keep it here for now", Hint: "once " + i.seat.node.Name + " is unsealed it can be handed on wrapped; leaving loses it"})
	}
	return p
}

func (i *Initialise) tokenPicked(key string) ([]Effect, bool) {
	plain := !i.token.Empty()
	i.problem = ""
	switch {
	case key == "show":
		i.stage = initTokenShowing
	case key == "file":
		i.stage = initTokenStoring
	case key == "wrap" && plain && i.leads():
		i.stage = initTokenWrapping
	case key == "revoke" && plain && i.leads():
		return i.do(callRevoke, RevokeToken{Node: i.seat.node, Token: i.token}), true
	case key == "later" && plain && !i.leads():
		i.stage = initHub
	default:
		return nil, false
	}
	return nil, true
}

func (i *Initialise) storeToken(path string) []Effect {
	path, ok := i.fileNamed(path)
	if !ok {
		return nil
	}
	secret := i.token
	if secret.Empty() {
		secret = i.encoded
	}
	return i.do(callStore, StoreSecret{Path: path, Content: []keys.Secret{secret}, Text: true})
}

// stored goes on with what was written: shares, or the token.
func (i *Initialise) stored(e Stored) {
	if i.awaits != callStore {
		return
	}
	i.awaits = callNone
	switch {
	case i.stage == initChallenging:
		i.check.stored(&i.desk, e)
		return
	case i.stage == initHanding:
		i.hand.stored(&i.desk, e)
		return
	case e.Err != nil:
		i.problem = e.Err.Error()
		return
	}
	i.path, i.problem = e.Path, ""
	i.handedOver("The root token: " + inTokenFile(e.Path))
}

func (i *Initialise) lifeGiven(text string) []Effect {
	life, err := lifeOf(text)
	if err != nil {
		i.problem = err.Error()
		return nil
	}
	return i.do(callWrap, WrapToken{Node: i.seat.node, Token: i.token, Life: life})
}

func (i *Initialise) tokenWrapped(e TokenWrapped) {
	i.safe.keep(e.Wrapping)
	if i.awaits != callWrap {
		discard(e)
		return
	}
	i.awaits = callNone
	if e.Err != nil || e.Wrapping.Empty() {
		i.stage = initToken
		i.notices.say("%s", unwrapped(e.Err))
		return
	}
	i.wrapped, i.stage = e.Wrapping, initTokenShowing
}

func (i Initialise) revealsToken() Reveal {
	switch {
	case !i.wrapped.Empty():
		return i.revealWrapping()
	case !i.encoded.Empty():
		return revealed(i.encoded, "The ciphertext", "It is in no file and not shown again. Only the owner of the PGP key can read it.")
	}
	return i.revealToken()
}

// tokenShown ends a reveal. The token itself stays for the check of the nodes, and for its revocation.
func (i *Initialise) tokenShown() {
	said := "The root token was shown here, once."
	switch {
	case !i.wrapped.Empty():
		said = "The root token: " + onceWrapped
	case !i.encoded.Empty():
		said = "The root token was shown here, encrypted, and is in no file."
	}
	i.wrapped.Wipe()
	i.handedOver(said)
}

func (i *Initialise) handedOver(said string) {
	i.fate = append(slices.Clip(i.fate), said)
	i.encoded.Wipe()
	i.given, i.stage = true, initHub
}

func (i *Initialise) tokenLooked(e TokenLooked) {
	if i.awaits != callLook {
		return
	}
	i.awaits = callNone
	i.lookedUp(e, &i.notices)
}

func (i *Initialise) tokenRevoked(e TokenRevoked) {
	if i.awaits != callRevoke {
		return
	}
	i.awaits = callNone
	if !e.Gone {
		i.notices.alarm("%s", i.stillThere(e.Err))
		return
	}
	i.token.Wipe()
	i.given, i.revoked, i.stage = true, true, initHub
	i.fate = append(slices.Clip(i.fate), "The root token: "+tokenGone)
}

// leads says that the node where the keys were made is the active one.
func (i Initialise) leads() bool {
	n := i.seat.snapshot.Node(i.seat.node.Address)
	return n != nil && n.State() == vault.Active && NodeOf(n, "", i.seat.skip).Certificate == i.seat.node.Certificate
}
