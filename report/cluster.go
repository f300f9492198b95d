package report

import "time"

// Raft is the Raft configuration and autopilot's judgement of it.
type Raft struct {
	At        time.Time `json:"at"`                 // when the configuration was told
	Voters    int       `json:"voters"`             // in the configuration
	Tolerance *int      `json:"tolerance,omitzero"` // how many voters may still be lost, as autopilot says
	Peers     []Peer    `json:"peers"`              // in the configuration's order
}

// Peer is one member of the Raft configuration.
type Peer struct {
	ID        string    `json:"id"`
	Address   string    `json:"address,omitzero"`    // its cluster address
	Role      Role      `json:"role"`                // as the configuration has it
	Healthy   *bool     `json:"healthy,omitzero"`    // autopilot's word
	Status    string    `json:"status,omitzero"`     // of its process: alive, left, failed
	ContactMS *float64  `json:"contact_ms,omitzero"` // since its last contact with the leader
	Lag       *uint64   `json:"lag,omitzero"`        // log entries that the leader had and it had not
	Stable    time.Time `json:"stable_since,omitzero"`
	Version   string    `json:"version,omitzero"`
}

// Role is what a peer is in the configuration.
type Role string

// Rewrap is the state of the seal rewrap. There is no total, and so no share of the whole.
type Rewrap struct {
	At        time.Time `json:"at"`
	Running   bool      `json:"running"`
	Processed uint64    `json:"processed"`
	Succeeded uint64    `json:"succeeded"`
	Failed    uint64    `json:"failed"`
}

// BarrierKey is the key that encrypts the storage; not it, only how old it is.
type BarrierKey struct {
	At          time.Time `json:"at"`
	Term        uint64    `json:"term"`
	Installed   time.Time `json:"installed,omitzero"`
	Encryptions uint64    `json:"encryptions"` // as the asked node counts them
}

// Ceremonies are those under way.
type Ceremonies struct {
	At       time.Time `json:"at"`
	Rekey    *Underway `json:"rekey,omitzero"`          // of the unseal shares
	Recovery *Underway `json:"rekey_recovery,omitzero"` // of the recovery shares
	Root     *Underway `json:"generate_root,omitzero"`
}

// Underway is how far a ceremony is.
type Underway struct {
	Progress  int  `json:"progress"`           // shares given
	Required  int  `json:"required"`           // shares that it takes
	Verifying bool `json:"verifying,omitzero"` // a rekey whose new shares are awaited; the old ones stay in force
}

// Token is what is known of our own token. The token and its accessor are not in a report.
type Token struct {
	At       time.Time `json:"at"`
	Policies []string  `json:"policies"`
	TTLS     *float64  `json:"ttl_s,omitzero"` // what was left of its life when the report was made; missing where it does not expire
	Root     bool      `json:"root,omitzero"`
}

// KeyStore is the at-rest encryption of one storage system.
type KeyStore struct {
	Name         string        `json:"name"`                         // as configured
	Kind         string        `json:"kind"`                         // the make
	Address      string        `json:"address,omitzero"`             // where it is asked
	At           time.Time     `json:"at,omitzero"`                  // of the last good answer
	Reason       string        `json:"reason,omitzero"`              // why the last try had none
	Type         string        `json:"type,omitzero"`                // in the store's word
	Status       string        `json:"status,omitzero"`              // in the store's own words
	Health       StoreHealth   `json:"health,omitzero"`              // what the status means
	CACertEnds   time.Time     `json:"ca_cert_expires,omitzero"`     // of the authority that it trusts for its key service
	ClientEnds   time.Time     `json:"client_cert_expires,omitzero"` // of the certificate with which it shows itself there
	LastRotation time.Time     `json:"last_rotation,omitzero"`
	LastUpdate   time.Time     `json:"last_update,omitzero"`
	Unread       []UnreadField `json:"unread,omitzero"` // what it told and is not understood here
}

// StoreHealth is what a store's status means.
type StoreHealth string

// UnreadField is one text of a store that is not understood here.
type UnreadField struct {
	Field string `json:"field"`
	Text  string `json:"text"`
}
