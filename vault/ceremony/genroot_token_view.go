package ceremony

import (
	"fmt"

	"warder/keys"
)

// askToken is what is asked once there is something to hand over.
func (g GenerateRoot) askToken() Prompt {
	switch g.stage {
	case rootHandover:
		return g.handover()
	case rootStoring:
		text := "The file must not exist yet. It is made for its owner only (mode 0600); a link is refused."
		if g.token.Empty() {
			text = "The token is encrypted to the PGP key. It is written before it is shown, since the server does not say it again. " + text
		}
		return Fill{
			Title: "To which file", Problem: g.problem, Text: []string{text},
			Fields: []Field{{Key: "path", Label: "File", Default: "root-token.txt"}},
		}
	case rootWrapping:
		return Fill{
			Title: "A wrapping token", Problem: g.problem, Text: []string{
				"Whoever unwraps it first gets the root token, once (vault unwrap, bao unwrap). After its life nobody does.",
				"The root token itself lives on, wrapped or not, until it is revoked.",
			},
			Fields: []Field{{Key: "life", Label: "Life", Default: "30m", Hint: "1m to 24h"}},
		}
	case rootShowing:
		return g.reveal()
	}
	return g.end()
}

func (g GenerateRoot) handover() Pick {
	p := Pick{Title: "The token is here", Text: []string{g.known()}, Options: []Option{
		{Key: "show", Label: "Show it once", Hint: "on this screen, to whoever sits here"},
		{Key: "file", Label: "Write it to a new file", Hint: "of mode 0600; it is not shown"},
	}}
	p.Options = append(p.Options, g.serverOptions()...)
	return p
}

// serverOptions are what the active node is needed for.
func (g GenerateRoot) serverOptions() []Option {
	if g.seat.at != seated {
		return []Option{{Key: "reach", Label: "Find the active node again", Hint: "it is needed to wrap, look up or revoke the token"}}
	}
	var out []Option
	if g.stage == rootHandover {
		out = append(out, Option{Key: "wrap", Label: "Hand it on wrapped", Hint: "a token that gives it once, within a life of your choice"})
	}
	if !g.looked {
		out = append(out, Option{Key: "look", Label: "Look it up", Hint: "what it may do, and its accessor"})
	}
	return append(out, Option{Key: "revoke", Label: "Revoke it now", Hint: "and prove that it is gone"})
}

// known is what was looked up of the token.
func (g GenerateRoot) known() string {
	if !g.looked {
		return "What the token is was not looked up: its accessor is not known."
	}
	life := "it never expires"
	if g.info.Expires {
		life = fmt.Sprintf("it expires in %s", g.info.TTL)
	}
	return fmt.Sprintf("The server knows it as %s with the policies %s; %s. Accessor: %s.", g.info.DisplayName, list(g.info.Policies), life, g.info.Accessor)
}

func (g GenerateRoot) reveal() Reveal {
	shows := func(s keys.Secret, title string, text ...string) Reveal {
		return Reveal{Title: title, Text: text, Secret: s}
	}
	switch {
	case !g.wrapped.Empty():
		return shows(g.wrapped, "The wrapping token", "Hand it to whoever is to have the root token. It gives it once.")
	case !g.encoded.Empty() && g.began:
		return shows(g.encoded, "The ciphertext", "It is in "+g.path+" already. Only the owner of the PGP key can read it.")
	case !g.encoded.Empty():
		return shows(g.encoded, "The encoded token", "Carry it to the console that began the attempt, which has a field for it. It is worthless without the one-time password, and the server does not say it again.")
	}
	return shows(g.token, "The root token", "It is shown once. Blanking the screen does not use that up.")
}

func (g GenerateRoot) end() End {
	e := End{Title: "No token was made here", Good: g.good, Text: g.fate[:len(g.fate):len(g.fate)]}
	switch {
	case g.revoked:
		e.Title = "The root token is revoked"
	case !g.token.Empty():
		e.Title = "A root token exists"
		e.Text = append(e.Text, g.known(), "Revoke it as soon as it has done its work.")
		e.Options = append(g.serverOptions(), Option{Key: "close", Label: "Done", Hint: "this console forgets the token"})
	case g.looked:
		e.Title = "A root token exists"
		e.Text = append(e.Text, fmt.Sprintf("This console has forgotten it. It lives until it is revoked: vault token revoke -accessor %s", g.info.Accessor))
	case g.made:
		e.Title = "A root token exists"
	}
	return e
}
