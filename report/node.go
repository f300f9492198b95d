package report

import "time"

// Node is one node of the cluster. What it said before it fell silent is kept, with the time of its last answer.
type Node struct {
	Name       string    `json:"name"`                    // its Raft id, or host and port where that is not known
	Address    string    `json:"address,omitzero"`        // where it is asked; missing where no server told it
	Learnt     bool      `json:"learnt,omitzero"`         // a server named the address; it was not configured
	State      State     `json:"state"`                   // what it is
	Reason     string    `json:"reason,omitzero"`         // why the last try had no answer
	Since      time.Time `json:"since,omitzero"`          // when the state began, where that was seen from here
	Version    string    `json:"version,omitzero"`        // listeners may hide it
	Product    string    `json:"product,omitzero"`        // Vault or OpenBao, by the shape of the answers
	LatencyMS  *float64  `json:"latency_ms,omitzero"`     // from the request written to the first byte of the answer
	SkewS      *float64  `json:"skew_s,omitzero"`         // its clock less ours, to the second
	AnsweredAt time.Time `json:"answered_at,omitzero"`    // its last answer to sys/health
	AgeS       *float64  `json:"age_s,omitzero"`          // how old that answer was when the report was made
	TLS        *TLS      `json:"tls,omitzero"`            // the certificate that it showed
	Seal       *Seal     `json:"seal,omitzero"`           // from sys/seal-status
	Backends   []Backend `json:"seal_backends,omitzero"`  // its own view of the seal's backends; OpenBao does not tell them
	Wrapped    *bool     `json:"fully_wrapped,omitzero"`  // every value is wrapped by all seals in use, where there is rewrap
	Withheld   bool      `json:"token_withheld,omitzero"` // the token is not sent here: the address was learnt, and TLS does not prove it
	Balanced   bool      `json:"balanced,omitzero"`       // different nodes answer at the address in turn
}

// State is what a node is, in one word.
type State string

// TLS is the certificate of a node.
type TLS struct {
	Expires time.Time `json:"expires"`
	Names   string    `json:"names,omitzero"`
	Issuer  string    `json:"issuer,omitzero"`
}

// Seal is how a node is sealed and unsealed.
type Seal struct {
	Type      string `json:"type,omitzero"` // shamir, or the automatic seal's
	Sealed    bool   `json:"sealed"`
	Threshold *int   `json:"threshold,omitzero"` // how many shares are needed
	Shares    *int   `json:"shares,omitzero"`    // how many there are
	Recovery  bool   `json:"recovery,omitzero"`  // they are recovery shares, which unseal nothing
	Progress  *int   `json:"progress,omitzero"`  // how many were given, while it is sealed
	Migration bool   `json:"migration,omitzero"` // a seal migration is under way
}

// Backend is one seal backend as a node sees it. A server tests a healthy one every ten minutes only.
type Backend struct {
	Name           string    `json:"name"`
	Healthy        bool      `json:"healthy"`
	UnhealthySince time.Time `json:"unhealthy_since,omitzero"`
	Configured     *bool     `json:"configured,omitzero"`
	Disabled       *bool     `json:"disabled,omitzero"`
}
