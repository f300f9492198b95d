package ui

import (
	"context"
	"time"

	"warder/theme"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/ceremony"
	"warder/vault/keystore"
)

// Cluster is what the console asks of the outside.
type Cluster interface {
	Fetch(ctx context.Context, a vault.Ask) *vault.Node
	Client(address string, learnt bool) *vault.Client
	ReadOnly() bool
}

// Session is what belongs to one cluster. Another takes its place when the context is changed.
type Session struct {
	Context string // its name in the configuration; "" when it is of none
	Name    string // shown; "" shows the cluster's own
	Tone    theme.Tone
	// Production marks every screen.
	Production bool

	Cluster  Cluster
	Given    []string // addresses
	Recalled []vault.Known
	// Remember writes learnt addresses down for the next run; nil does not.
	Remember func(clusterID string, known []vault.Known) error
	Warnings []string // shown once, when it is opened

	// Ceremonies does the effects of ceremonies; SkipVerify says that TLS is not verified, which they have to ask about.
	Ceremonies func(ctx context.Context, e ceremony.Effect) ceremony.Event
	SkipVerify bool
	// Release gives back what a ceremony that was closed left in memory; it may take a moment. Nil does nothing.
	Release func()
	Idle    time.Duration // without a key for so long the screen of a ceremony goes blank; 0: never
	// LookupAccessor asks whether a token with the accessor is still there.
	LookupAccessor func(ctx context.Context, address string, learnt bool, accessor string) (there bool, err error)

	// Stores are the storage systems whose keys the cluster guards.
	Stores []keystore.Store
	// Close lets connections go; nil does nothing.
	Close func()
}

// Choice is a context that can be opened.
type Choice struct {
	Key                  string // its name in the configuration
	Name                 string
	Tone                 theme.Tone
	Addresses            []string
	Production, ReadOnly bool
}

func (c Choice) shown() views.Choice {
	return views.Choice{Key: c.Key, Addresses: c.Addresses, Where: views.Where{Name: c.Name, Tone: c.Tone, Production: c.Production, ReadOnly: c.ReadOnly}}
}

// where is what the screens say of the session.
func (s Session) where() views.Where {
	return views.Where{Name: s.Name, Tone: s.Tone, Production: s.Production, ReadOnly: s.Cluster.ReadOnly()}
}

// forbids says why nothing is written here, or "". It is only the word for it: what refuses is the client.
func (s Session) forbids() string {
	switch {
	case !s.Cluster.ReadOnly():
		return ""
	case s.Context != "":
		return "Read-only: context " + s.Context + " or --read-only lets nothing be changed here."
	}
	return "Read-only: --read-only lets nothing be changed here."
}

// called names the session among others.
func (s Session) called() string {
	if s.Context != "" {
		return s.Context
	}
	if s.Name != "" {
		return s.Name
	}
	return "the cluster that warder began with"
}

func (s Session) close() {
	if s.Close != nil {
		s.Close()
	}
	for _, store := range s.Stores {
		store.Close()
	}
}
