// Package config reads the configuration file: the clusters that a person works with, each a context, and how the console looks.
//
// Its rules: what is not understood is refused, with its line and its key, and never passed over; a value of the file is never
// quoted in an error, since it may be a secret put into the wrong place; a token never stands in the file, only where it is to
// be found.
package config

import (
	"time"
)

// File is what the file says. The zero File is that of a person who has none.
type File struct {
	Path     string
	Default  string    // the context that is opened when none is named
	Contexts []Context // by name
	Keys     []Binding // by name
	Theme    string    // auto, dark, light or mono; "" says nothing
	ASCII    bool
}

// Context is one cluster. What is empty was not said.
type Context struct {
	Key  string // how it is called on the command line
	Name string // how it is called on the screen; never empty

	Addresses     []string
	Namespace     string
	CACert        string
	CAPath        string
	ClientCert    string
	ClientKey     string
	TLSServerName string

	Color      string // one of Colors
	Production bool
	ReadOnly   bool
	BlankAfter *time.Duration
	Source
	KeyStores []KeyStore
}

// Source is where a token is found: in a file, or in the output of a program with its arguments. At most one is set.
type Source struct {
	TokenFile    string
	TokenCommand []string
}

// Names says whether there is a source.
func (s Source) Names() bool { return s.TokenFile != "" || len(s.TokenCommand) > 0 }

// KeyStore is a storage system whose keys the cluster guards.
type KeyStore struct {
	Kind    string // the make
	Name    string
	Address string
	CACert  string
	Source
}

// Binding is a key that was chosen for something the console can do.
type Binding struct {
	Name, Key string
	Line      int
}

// Colors are those in which the name of a context can be written.
var Colors = []string{"blue", "green", "yellow", "red", "grey"}

// Find is the context of the name.
func (f File) Find(key string) (Context, bool) {
	for _, c := range f.Contexts {
		if c.Key == key {
			return c, true
		}
	}
	return Context{}, false
}
