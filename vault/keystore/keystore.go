// Package keystore asks storage systems how they keep their data's keys: those whose keys are guarded by the clusters that
// warder watches. A provider knows one make of storage system.
//
// Its rules: a store is only read; what it says is shown in its own words where it says something that is not known here; a
// time that is not understood is shown and never guessed; its token is a secret like any other, and goes to its own address
// only.
package keystore

import (
	"context"
	"time"

	"warder/vault"
)

// Store is one storage system. It is safe for use by several goroutines.
type Store interface {
	Name() string    // as the configuration names it
	Kind() string    // the make
	Address() string // where it is asked
	// Status asks once. An error is a *vault.Error, whose short text says what happened.
	Status(ctx context.Context) (Status, error)
	Source() string // the endpoint that tells it
	// Command is the line by which the make's own tool shows the same; "" when there is none.
	Command() string
	Close() // lets idle connections go
}

// Status is what a store says of its keys. A time that is zero was not told.
type Status struct {
	Type         string    // "Local" or "KMS", in the store's word
	Text         string    // the status in the store's own words
	Condition    Condition // what Text means, where it is known
	CACertEnds   time.Time // of the certificate by which the store knows its key service
	ClientEnds   time.Time // of the certificate with which the store shows itself to its key service
	LastRotation time.Time // since when the current key is in use
	LastUpdate   time.Time // when the store last looked after its key service
	Unread       []Unread  // what is not understood
}

// Unread is a field whose text is not understood.
type Unread struct{ Field, Text string }

// Condition is what a status means.
type Condition int

// The conditions.
const (
	Unclear      Condition = iota // a text that is not known here
	KeptLocally                   // encrypted, the key on the store itself
	Available                     // encrypted, the key at a key service that answers
	NotEncrypted                  // no error, and no protection
	Corrupted                     // its configuration of the encryption is damaged
	Unauthorised                  // the key service does not take it for who it says it is
	CutOff                        // the key service cannot be reached
	KeyMissing                    // the key service does not have the key
	KeyInactive                   // the key service has it, but not for use
)

// Health is a condition in a word.
type Health int

// The healths.
const (
	Unknown Health = iota
	Good
	Plain // not encrypted at rest
	Bad
)

// Health says how good or bad a condition is.
func (c Condition) Health() Health {
	switch c {
	case KeptLocally, Available:
		return Good
	case NotEncrypted:
		return Plain
	case Corrupted, Unauthorised, CutOff, KeyMissing, KeyInactive:
		return Bad
	}
	return Unknown
}

// Reading is the last answer of a store, kept with its age.
type Reading struct {
	Name, Kind, Address string
	Source              string // the endpoint
	Command             string // the make's own, which shows the same
	vault.Section[Status]
}

// NewReading is the reading of a store that was not asked yet.
func NewReading(s Store) Reading {
	return Reading{Name: s.Name(), Kind: s.Kind(), Address: s.Address(), Source: s.Source(), Command: s.Command()}
}

// Cadence is how often a store should be asked. What it says changes with its own looking, which is no more often.
const Cadence = time.Minute

// Due says that it is time to ask again.
func (r Reading) Due(now time.Time) bool { return now.Sub(r.Tried) >= Cadence }

// With is the reading after a try that ended at the moment given. A failed try keeps what was known; one that we gave up
// ourselves says nothing of the store: it did not take place.
func (r Reading) With(s Status, err error, at time.Time) Reading {
	switch {
	case vault.GivenUp(err):
	case err != nil:
		r.Tried, r.Err = at, err
	default:
		r.Section = vault.Section[Status]{Value: s, At: at, Tried: at}
	}
	return r
}
