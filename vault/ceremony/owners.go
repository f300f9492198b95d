package ceremony

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"warder/keys"
	"warder/vault/roster"
)

// owners are the custodians to whose PGP keys shares are encrypted, in the order of the shares.
type owners struct {
	names    []string
	keys     []keys.PublicKey
	contacts []string
	last     roster.Roster // who they were at the end of the last ceremony
}

// named begins the next one; the key follows.
func (o *owners) named(name string) (problem string) {
	if name = strings.TrimSpace(name); name == "" {
		return "the custodian has to be named"
	}
	if why := noName(name); why != "" {
		return why
	}
	o.names = append(o.names[:len(o.keys):len(o.keys)], name)
	return ""
}

// reached takes how to reach the one named last, which nobody has to say.
func (o *owners) reached(contact string) (problem string) {
	if why := noName(contact); why != "" {
		return why
	}
	at := min(len(o.keys), len(o.contacts))
	o.contacts = append(o.contacts[:at:at], strings.TrimSpace(contact))
	return ""
}

// has says that a key is one of theirs already.
func (o owners) has(key keys.PublicKey) bool {
	return slices.ContainsFunc(o.keys, func(k keys.PublicKey) bool { return k.Fingerprint == key.Fingerprint })
}

// found takes the key of the one named last, if it is not the one of another.
func (o *owners) found(key keys.PublicKey) (problem string) {
	for i, k := range o.keys {
		if k.Fingerprint == key.Fingerprint {
			return fmt.Sprintf("that is the key of %s: one owner would have two shares", o.names[i])
		}
	}
	o.keys = append(o.keys[:len(o.keys):len(o.keys)], key)
	return ""
}

// forms are the keys as the servers want them.
func (o owners) forms() []string {
	var out []string
	for _, k := range o.keys {
		out = append(out, k.ServerForm())
	}
	return out
}

func (o owners) ask(of int, problem string) Fill {
	at := len(o.keys)
	var text []string
	if at > 0 {
		text = append(text, "The key of "+o.names[at-1]+":")
		text = append(text, describeKey(o.keys[at-1])...)
	}
	var before roster.Custodian
	if at < len(o.last.Custodians) {
		before = o.last.Custodians[at]
		text = append(text, fmt.Sprintf("Last time (%s) it was %s, %s.", o.last.Saved.Format(time.DateOnly), before.Name, strings.ToUpper(before.Fingerprint)))
	}
	return Fill{
		Title: fmt.Sprintf("PGP key %d of %d", at+1, of), Text: text, Problem: problem, Turn: at + 1,
		Fields: []Field{
			{Key: "name", Label: "Custodian", Default: before.Name, Refuse: noName},
			{Key: "key", Label: "Public key", Hint: "a file, a keyring, a directory of keys, or the key in base64"},
			{Key: "contact", Label: "Contact (may be empty)", Hint: "kept in the roster on this machine", Default: before.Contact, Refuse: noName},
		},
	}
}

func (o owners) show(now time.Time) Tell {
	t := Tell{Title: "Are these the keys?", Go: "These are the keys", Text: []string{"Compare every fingerprint with what its owner says. A share encrypted to another key is lost, or somebody else's."}}
	for i, k := range o.keys {
		t.Text = append(t.Text, o.names[i]+": "+strings.ToUpper(k.Fingerprint))
		for _, c := range k.Cautions(now) {
			t.Text = append(t.Text, "Attention, the key of "+o.names[i]+": "+c+".")
		}
	}
	return t
}
