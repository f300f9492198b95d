// Package plan reads the plan of a ceremony: what is to be done, by whom, with which parameters, and what is checked before.
//
// Its rules: it is pure, and asks no cluster; a key that it does not know is an error, since what a plan says and nobody
// follows is worse than no plan; there is no secret in a plan, and no place for one.
package plan

import (
	"path/filepath"
	"slices"
)

// Kind is which ceremony is planned.
type Kind string

// The kinds.
const (
	Unseal       Kind = "unseal"
	Rekey        Kind = "rekey"
	GenerateRoot Kind = "generate-root"
	Initialise   Kind = "initialise"
)

// Plan is one ceremony as it is meant to go.
type Plan struct {
	Kind       Kind
	Title      string
	Cluster    Cluster
	Parameters Parameters
	Custodians []Custodian // in the order in which they come
	Roles      []Role
	Witnesses  []string
	Checks     []string // ticked before anything else
}

// Cluster is which one is meant. What is empty is not held against the cluster.
type Cluster struct{ Name, ID string }

// Parameters are the choices of the ceremony. What is nil or empty is left open.
type Parameters struct {
	Key          string // barrier or recovery
	Shares       int
	Threshold    int
	HandOut      string // screen or pgp; for a root token: screen hides it behind a one-time password
	Verification *bool
	Backup       *bool
	File         string // where ciphertexts go
}

// Custodian is who gets a new share.
type Custodian struct {
	Name   string
	PGPKey string // a file
}

// Role is what somebody does.
type Role struct{ Role, Name string }

// Words is the kind as people say it.
func (k Kind) Words() string {
	return map[Kind]string{Unseal: "Unseal", Rekey: "Rekey", GenerateRoot: "Generate root", Initialise: "Initialise"}[k]
}

// Beside takes the names of key files as those of files in a directory, unless they are whole paths.
func (p Plan) Beside(dir string) Plan {
	p.Custodians = slices.Clone(p.Custodians)
	for i, c := range p.Custodians {
		if c.PGPKey != "" && !filepath.IsAbs(c.PGPKey) {
			p.Custodians[i].PGPKey = filepath.Join(dir, c.PGPKey)
		}
	}
	return p
}
