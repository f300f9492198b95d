package ceremony

import (
	"slices"
	"strings"

	"warder/keys"
	"warder/vault"
)

// sameKeys says that the server encrypts to these keys and to no others, in their order, which is that of the shares.
func sameKeys(reported []string, given []keys.PublicKey) bool {
	return slices.EqualFunc(reported, given, func(r string, k keys.PublicKey) bool { return plainPrint(r) == plainPrint(k.Fingerprint) })
}

// plainPrint is a fingerprint as the servers write it; people and other tools set it in capitals and groups.
func plainPrint(s string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", ":", "").Replace(s))
}

// printed lists fingerprints of keys as they are compared.
func printed(prints []string) string {
	if len(prints) == 0 {
		return "none"
	}
	return strings.ToUpper(list(prints))
}

func printsOf(given []keys.PublicKey) []string {
	var out []string
	for _, k := range given {
		out = append(out, k.Fingerprint)
	}
	return out
}

// foreignKeys asks to end what would hand secrets to somebody else.
func foreignKeys(what string, given []keys.PublicKey, reported []string) Pick {
	return Pick{
		Title: "The server encrypts to other keys", Text: []string{
			"Asked for: " + printed(printsOf(given)) + ".",
			"The server says: " + printed(reported) + ".",
			"No share is given here any more. Whoever has the keys that the server names would get what is made: end it, and find out who changed them.",
		},
		Options: []Option{{Key: "end", Label: "End the " + what, Hint: "cancels it on the server, with its nonce"}},
	}
}

// betrayed says that a rekey begun here encrypts to other keys than those given.
func (r *Rekey) betrayed(reported []string) bool {
	if r.joined || sameKeys(reported, r.plan.keys) {
		return false
	}
	if r.stage != rekeyForeign {
		r.notices.alarm("The server does not encrypt the new shares to the keys that were given. Nothing is sent.")
	}
	r.stage = rekeyForeign
	return true
}

// betrayed says that an attempt begun here encrypts to another key than the one given.
func (g *GenerateRoot) betrayed() bool {
	if !g.began || sameKeys(rootPrints(g.attempt), g.owner()) {
		return false
	}
	if g.stage != rootForeign {
		g.notices.alarm("The server does not encrypt the token to the key that was given. Nothing is sent.")
	}
	g.stage = rootForeign
	return true
}

// owner is whose key the token is to be encrypted to: nobody's where a one-time password hides it.
func (g GenerateRoot) owner() []keys.PublicKey {
	if g.pgp.Fingerprint == "" {
		return nil
	}
	return []keys.PublicKey{g.pgp}
}

func rootPrints(a vault.RootAttempt) []string {
	if a.PGPFingerprint == "" {
		return nil
	}
	return []string{a.PGPFingerprint}
}
