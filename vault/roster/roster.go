// Package roster keeps who the custodians of a cluster are: name, fingerprint of the PGP key, and how to reach them.
//
// Its rules: there is no secret in a roster. It is what this machine saw last time, and proves nothing: whoever can write the
// file can change it, so that a fingerprint is still compared with what its owner says. A roster that cannot be read is said
// to be so, and never taken for an empty one, since then every change would look like a beginning.
package roster

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Version is that of the file's form.
const Version = 1

// The bounds of a roster: shares are 255 at most.
const (
	maxPeople = 255
	maxText   = 200
)

// Custodian is one person.
type Custodian struct {
	Name        string `json:"name"`
	Fingerprint string `json:"fingerprint"` // of the primary key, lower-case hex
	Contact     string `json:"contact,omitempty"`
}

// Roster is the custodians as they were at the end of the last ceremony, in the order of their shares.
type Roster struct {
	Version    int         `json:"version"`
	Cluster    string      `json:"cluster"` // its id, or its name
	Saved      time.Time   `json:"saved"`
	Custodians []Custodian `json:"custodians"`
}

// Empty says that there was no ceremony with custodians' keys yet, as far as this machine knows.
func (r Roster) Empty() bool { return len(r.Custodians) == 0 }

// check refuses what was not written here.
func (r Roster) check() error {
	switch {
	case r.Version != Version:
		return fmt.Errorf("version %d, where %d is known", r.Version, Version)
	case len(r.Custodians) > maxPeople:
		return fmt.Errorf("%d custodians, more than there can be shares", len(r.Custodians))
	}
	for i, c := range r.Custodians {
		switch {
		case c.Name == "" || c.Name != plain(c.Name) || c.Contact != plain(c.Contact):
			return fmt.Errorf("custodian %d: a name or contact that is empty, too long or not plain text", i+1)
		case !isFingerprint(c.Fingerprint):
			return fmt.Errorf("custodian %d: no fingerprint of a key", i+1)
		}
	}
	return nil
}

// plain is text of one line, without what could steer a terminal.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	for i := range s {
		if i >= maxText {
			return s[:i]
		}
	}
	return s
}

// isFingerprint takes those of version 4 and of version 6.
func isFingerprint(s string) bool {
	return (len(s) == 40 || len(s) == 64) && strings.Trim(s, "0123456789abcdef") == ""
}
