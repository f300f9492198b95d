// Package keystore asks storage systems how they keep their data's keys: those whose keys are guarded by the clusters that
// warder watches. A provider knows one make of storage system.
//
// Its rules: a store is only read; what it says is shown in its own words where it says something that is not known here; its
// token is a secret like any other.
package keystore

import (
	"context"
	"time"

	"warder/vault"
)

// Store is one storage system.
type Store interface {
	Name() string // as the configuration names it
	Kind() string // the make
	Status(ctx context.Context) (Status, error)
}

// Status is what a store says of its keys.
type Status struct {
	Type         string // "Local" or "KMS", in the store's word
	Text         string // the status in the store's own words
	Health       Health // what Text means, where it is known
	CACertEnds   time.Time
	ClientEnds   time.Time // of the client certificate with which the store shows itself to its key service
	LastRotation time.Time
	LastUpdate   time.Time
	Unread       []string // fields that hold what is not understood, as "name: value"
}

// Health is what a status means.
type Health int

// The meanings.
const (
	Unclear Health = iota // a text that is not known here
	Good
	Plain // not encrypted at rest: no error, and no protection
	Bad
)

// Reading is the last answer of a store, kept with its age.
type Reading struct {
	Name, Kind string
	vault.Section[Status]
}
