package ceremony

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"warder/keys"
	"warder/vault"
)

// madeToken is a root token that was made here, on its way to whoever is to have it.
type madeToken struct {
	token   keys.Secret // as text
	encoded keys.Secret // what hides it: behind a one-time password, or encrypted to a PGP key
	wrapped keys.Secret // a token that gives it once
	info    vault.TokenInfo
	looked  bool // info is what the server knows it as
	revoked bool // and it is gone
	path    string
}

// The lives that a wrapping token may have.
const (
	shortestLife = time.Minute
	longestLife  = 24 * time.Hour
)

func lifeOf(text string) (time.Duration, error) {
	life, err := time.ParseDuration(strings.TrimSpace(text))
	if err != nil || life < shortestLife || life > longestLife {
		return 0, errors.New("a life is between 1m and 24h, such as 30m")
	}
	return life, nil
}

func askLife(problem string) Fill {
	return Fill{
		Title: "A wrapping token", Problem: problem, Text: []string{
			"Whoever unwraps it first gets the root token, once (vault unwrap, bao unwrap). After its life nobody does.",
			"The root token itself lives on, wrapped or not, until it is revoked.",
		},
		Fields: []Field{{Key: "life", Label: "Life", Default: "30m", Hint: "1m to 24h"}},
	}
}

// askTokenFile asks where the token goes, or the ciphertext that only the owner of a PGP key can read.
func askTokenFile(hidden bool, problem string) Fill {
	text := "The file must not exist yet. It is made for its owner only (mode 0600); a link is refused."
	if hidden {
		text = "The token is encrypted to the PGP key. It is written before it is shown, since the server does not say it again. " + text
	}
	return Fill{Title: "To which file", Problem: problem, Text: []string{text}, Fields: []Field{{Key: "path", Label: "File", Default: "root-token.txt"}}}
}

// The ways to hand a token over.
var (
	showToken   = Option{Key: "show", Label: "Show it once", Hint: "on this screen, to whoever sits here"}
	fileToken   = Option{Key: "file", Label: "Write it to a new file", Hint: "of mode 0600; it is not shown"}
	wrapToken   = Option{Key: "wrap", Label: "Hand it on wrapped", Hint: "a token that gives it once, within a life of your choice"}
	lookToken   = Option{Key: "look", Label: "Look it up", Hint: "what it may do, and its accessor"}
	revokeToken = Option{Key: "revoke", Label: "Revoke it now", Hint: "and prove that it is gone"}
)

// What became of a token.
const (
	onceWrapped = "It is behind a wrapping token now, which gives it once, to whoever unwraps it first. If that turns out to be used already, somebody else has the root token: revoke it."
	tokenGone   = "It is revoked: the server was asked for it afterwards and knows it no more."
)

func inTokenFile(path string) string {
	return "It is in " + path + ", which only its owner can read (mode 0600). It was not shown."
}

func unwrapped(err error) string {
	return fmt.Sprintf("It was not wrapped: %s. A wrapping token whose answer was lost is known to nobody and ends with its life.", vault.Reason(err))
}

// lookedUp notes what the server knows of the token.
func (m *madeToken) lookedUp(e TokenLooked, r *remarks) {
	if e.Err != nil {
		r.say("What the token is could not be looked up: %s.", vault.Reason(e.Err))
		return
	}
	m.info, m.looked = e.Info, true
	if !e.Info.Root() {
		r.alarm("The token has the policies %s, and is no root token.", list(e.Info.Policies))
	}
}

// stillThere says that a token may have outlived its revocation.
func (m madeToken) stillThere(err error) string {
	return fmt.Sprintf("It is not proved that the token is gone: %s. Revoke it again, or by its accessor %s.", reasonOr(err, "the server still knows it"), m.info.Accessor)
}

func reasonOr(err error, otherwise string) string {
	if err == nil {
		return otherwise
	}
	return vault.Reason(err)
}

// known is what was looked up of the token.
func (m madeToken) known() string {
	if !m.looked {
		return "What the token is was not looked up: its accessor is not known."
	}
	life := "it never expires"
	if m.info.Expires {
		life = fmt.Sprintf("it expires in %s", m.info.TTL)
	}
	return fmt.Sprintf("The server knows it as %s with the policies %s; %s. Accessor: %s.", m.info.DisplayName, list(m.info.Policies), life, m.info.Accessor)
}

// Accessor is the accessor of the token that was made, "" where it is not known, and whether the token is known to be gone:
// for the reminder that stays when the ceremony is over.
func (m madeToken) Accessor() (accessor string, gone bool) { return m.info.Accessor, m.revoked }

func revealed(s keys.Secret, title string, text ...string) Reveal {
	return Reveal{Title: title, Text: text, Secret: s}
}

func (m madeToken) revealWrapping() Reveal {
	return revealed(m.wrapped, "The wrapping token", "Hand it to whoever is to have the root token. It gives it once.")
}

func (m madeToken) revealCiphertext() Reveal {
	if m.path == "" {
		return revealed(m.encoded, "The ciphertext", "It is in no file and not shown again. Only the owner of the PGP key can read it, and takes it down now.")
	}
	return revealed(m.encoded, "The ciphertext", "It is in "+m.path+" already. Only the owner of the PGP key can read it.")
}

func (m madeToken) revealToken() Reveal {
	return revealed(m.token, "The root token", "It is shown once. Blanking the screen does not use that up.")
}
