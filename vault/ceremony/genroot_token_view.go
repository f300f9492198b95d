package ceremony

import "fmt"

// askToken is what is asked once there is something to hand over.
func (g GenerateRoot) askToken() Prompt {
	switch g.stage {
	case rootHandover:
		return g.handover()
	case rootStoring:
		p := askTokenFile(g.token.Empty(), g.problem)
		p.Fields[0].Default = g.file()
		return p
	case rootUnstored:
		return g.waysOut()
	case rootUnsaved:
		return TypeOut{Title: "Show the ciphertext unsaved", Want: "show it unsaved", Text: []string{
			"It is shown once and then forgotten. Nothing is written.",
			"It is some hundred characters of base64: with one of them wrong nobody can read the token, which exists all the same.",
		}}
	case rootWrapping:
		return askLife(g.problem)
	case rootShowing:
		return g.reveal()
	}
	return g.end()
}

func (g GenerateRoot) handover() Pick {
	p := Pick{Title: "The token is here", Text: []string{g.whatItIs()}, Options: []Option{showToken, fileToken}}
	p.Options = append(p.Options, g.serverOptions()...)
	return p
}

// serverOptions are what the active node is needed for.
func (g GenerateRoot) serverOptions() []Option {
	if !g.ordinary() {
		return g.retypeOption()
	}
	if g.seat.at != seated {
		return []Option{{Key: "reach", Label: "Find the active node again", Hint: "it is needed to wrap, look up or revoke the token"}}
	}
	var out []Option
	if g.stage == rootHandover {
		out = append(out, wrapToken)
	}
	if !g.looked {
		out = append(out, lookToken)
	}
	return append(out, revokeToken)
}

func (g GenerateRoot) reveal() Reveal {
	switch {
	case !g.wrapped.Empty():
		return g.revealWrapping()
	case !g.encoded.Empty() && g.began:
		return g.revealCiphertext()
	case !g.encoded.Empty():
		return revealed(g.encoded, "The encoded token", "Carry it to the console that began the attempt, which has a field for it. It is worthless without the one-time password, and the server does not say it again.")
	}
	r := g.revealToken()
	r.Title = "The " + g.noun()
	return r
}

func (g GenerateRoot) end() End {
	exists := "A " + g.noun() + " exists"
	e := End{Title: "No token was made here", Good: g.good, Text: g.fate[:len(g.fate):len(g.fate)]}
	switch {
	case g.revoked:
		e.Title = "The root token is revoked"
	case !g.token.Empty():
		e.Title = exists
		e.Text = append(e.Text, g.toldNow()...)
		e.Options = append(g.serverOptions(), Option{Key: "close", Label: "Done", Hint: "this console forgets the token"})
	case g.looked:
		e.Title = exists
		e.Text = append(e.Text, fmt.Sprintf("This console has forgotten it. It lives until it is revoked: vault token revoke -accessor %s", g.info.Accessor))
	case g.made && !g.ordinary():
		e.Title = exists
		e.Text = append(e.Text, g.unlisted())
	case g.made:
		e.Title = exists
	}
	return e
}
