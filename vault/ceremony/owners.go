package ceremony

import (
	"fmt"
	"strings"

	"warder/keys"
)

// owners are the custodians to whose PGP keys shares are encrypted, in the order of the shares.
type owners struct {
	names []string
	keys  []keys.PublicKey
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
	return Fill{
		Title: fmt.Sprintf("PGP key %d of %d", at+1, of), Text: text, Problem: problem,
		Fields: []Field{
			{Key: "name", Label: "Custodian", Refuse: noName},
			{Key: "key", Label: "Public key", Hint: "a file, armoured or binary, or the key in base64"},
		},
	}
}

func (o owners) show() Tell {
	t := Tell{Title: "Are these the keys?", Go: "These are the keys", Text: []string{"Compare every fingerprint with what its owner says. A share encrypted to another key is lost, or somebody else's."}}
	for i, k := range o.keys {
		t.Text = append(t.Text, o.names[i]+": "+strings.ToUpper(k.Fingerprint))
	}
	return t
}
