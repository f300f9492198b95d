package roster

import (
	"fmt"
	"strings"
)

// Kind is what changed.
type Kind int

// The kinds. Those up to Reused are alarms: a share would be encrypted to a key that is not the one of last time.
const (
	Replaced Kind = iota // the same name has another key
	Reused               // a key goes by another name
	Added                // somebody new
	Left                 // somebody gets no share any more
	Moved                // another contact
)

// Change is one difference between last time and now.
type Change struct {
	Kind    Kind
	Name    string
	Was, Is string // fingerprints, names or contacts, by the kind
}

// Alarm says that it has to be confirmed on purpose.
func (c Change) Alarm() bool { return c.Kind <= Reused }

// String is the change as a sentence.
func (c Change) String() string {
	switch c.Kind {
	case Replaced:
		return fmt.Sprintf("The key of %s is another than last time: it was %s, it is %s.", c.Name, strings.ToUpper(c.Was), strings.ToUpper(c.Is))
	case Reused:
		return fmt.Sprintf("The key that was of %s last time is given for %s now.", c.Was, c.Is)
	case Added:
		return fmt.Sprintf("%s is new, with the key %s.", c.Name, strings.ToUpper(c.Is))
	case Left:
		return fmt.Sprintf("%s gets no share any more (the key was %s).", c.Name, strings.ToUpper(c.Was))
	}
	return fmt.Sprintf("%s is reached by %q; it was %q.", c.Name, c.Is, c.Was)
}

// Compare says what changed since last time, alarms first, each kind in the order of the custodians.
func Compare(last, now []Custodian) []Change {
	byName, byKey := map[string]Custodian{}, map[string]Custodian{}
	for _, c := range last {
		byName[c.Name], byKey[c.Fingerprint] = c, c
	}
	var of [Moved + 1][]Change
	say := func(c Change) { of[c.Kind] = append(of[c.Kind], c) }
	here := map[string]bool{}
	for _, c := range now {
		here[c.Name] = true
		was, known := byName[c.Name]
		owner, seen := byKey[c.Fingerprint]
		if known && was.Fingerprint != c.Fingerprint {
			say(Change{Kind: Replaced, Name: c.Name, Was: was.Fingerprint, Is: c.Fingerprint})
		}
		if seen && owner.Name != c.Name {
			say(Change{Kind: Reused, Name: c.Name, Was: owner.Name, Is: c.Name})
		}
		switch {
		case !known && !seen:
			say(Change{Kind: Added, Name: c.Name, Is: c.Fingerprint})
		case known && was.Contact != c.Contact:
			say(Change{Kind: Moved, Name: c.Name, Was: was.Contact, Is: c.Contact})
		}
	}
	for _, c := range last {
		if !here[c.Name] {
			say(Change{Kind: Left, Name: c.Name, Was: c.Fingerprint})
		}
	}
	var out []Change
	for _, changes := range of {
		out = append(out, changes...)
	}
	return out
}
