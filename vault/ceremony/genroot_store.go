package ceremony

import (
	"fmt"
	"slices"

	"warder/keys"
)

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
	g.tried = path
	return g.do(callStore, StoreSecret{Path: path, Content: []keys.Secret{secret}, Text: true})
}

// stored goes on, or to the ways out: of a ciphertext nothing but this console has a copy.
func (g *GenerateRoot) stored(e Stored) []Effect {
	if g.awaits != callStore {
		return nil
	}
	g.awaits = callNone
	switch {
	case e.Err != nil:
		g.problem = e.Err.Error()
		if g.token.Empty() {
			g.elsewhere, g.stage = e.Elsewhere, rootUnstored
		}
		return nil
	case g.token.Empty():
		g.path, g.problem, g.good = e.Path, "", true
		g.fate = []string{g.encryptedTo() + " The ciphertext is in " + e.Path + "; this console cannot read it" + g.andNoAccessor()}
		g.stage, g.then = rootShowing, rootDone
		return nil
	}
	g.path, g.problem, g.good = e.Path, "", true
	g.fate = append(g.fate, inTokenFile(e.Path))
	g.stage = rootDone
	g.otp.Wipe()
	return nil
}

func (g GenerateRoot) encryptedTo() string {
	return fmt.Sprintf("A %s was made, encrypted to the PGP key %s.", g.noun(), g.pgp.Fingerprint)
}

// wayOutPicked takes what becomes of a ciphertext that was not written.
func (g *GenerateRoot) wayOutPicked(key string) ([]Effect, bool) {
	switch {
	case slices.Contains(g.elsewhere, key):
		return g.store(key), true
	case key == "path":
		g.stage, g.problem = rootStoring, ""
	case key == "show":
		g.stage = rootUnsaved
	default:
		return nil, false
	}
	return nil, true
}

// showUnsaved shows a ciphertext that is in no file.
func (g *GenerateRoot) showUnsaved() {
	g.problem = ""
	g.fate = []string{g.encryptedTo() + " The ciphertext is in no file; this console cannot read it" + g.andNoAccessor() + " " + g.toFind()}
	g.stage, g.then = rootShowing, rootDone
}

// waysOut are what can be done with a ciphertext that could not be written.
func (g GenerateRoot) waysOut() Pick {
	p := Pick{Title: "The ciphertext is not written", Text: []string{"It is in this console only: leaving loses it, and then nobody can read the token, which exists all the same."}}
	if g.problem != "" {
		p.Text = append([]string{fmt.Sprintf("Not written to %s: %s.", g.tried, g.problem)}, p.Text...)
	}
	for _, path := range g.elsewhere {
		p.Options = append(p.Options, Option{Key: path, Label: "Write it to " + path, Hint: "a new file, for its owner only"})
	}
	p.Options = append(p.Options,
		Option{Key: "path", Label: "Write it to another file", Hint: "of a name to be typed; as often as it takes"},
		Option{Key: "show", Label: "Show it unsaved", Hint: "once, after a confirmation"})
	return p
}
