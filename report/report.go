// Package report is the one form in which a reading of a cluster leaves warder: as JSON for programs, as a table for a terminal,
// as Markdown for the channel of an incident.
//
// Its rules: the form has a version, and within it keys are added and never taken away or given another meaning; what was not
// told is not there, and never a zero or a guess; nothing that opens anything is in it, no share, no token, no accessor and no
// nonce; text of servers can neither move a cursor nor become markup.
package report

import "time"

// Schema names the form and its version.
const Schema = "warder.status/1"

// Report is a reading of a cluster and what follows from it. A key that is missing was not told or does not apply; no key is
// ever null. Times are UTC. Durations bear their unit in the name.
type Report struct {
	Schema     string      `json:"schema"`           // always warder.status/1
	At         time.Time   `json:"at"`               // when the report was made
	Name       string      `json:"name,omitzero"`    // how whoever asks calls the cluster: the context, or the simulated scenario
	Cluster    *Cluster    `json:"cluster,omitzero"` // what the cluster calls itself
	Verdict    Verdict     `json:"verdict"`          // the worst finding as one word; unknown when no node answered as a server
	Nodes      []Node      `json:"nodes"`            // every node that was asked or named, by name
	Raft       *Raft       `json:"raft,omitzero"`    // missing where the storage is not Raft or it could not be seen
	Rewrap     *Rewrap     `json:"rewrap,omitzero"`  // the seal rewrap, which only Vault Enterprise has
	BarrierKey *BarrierKey `json:"barrier_key,omitzero"`
	Ceremonies *Ceremonies `json:"ceremonies,omitzero"` // missing where it could not be seen whether any is under way
	Token      *Token      `json:"token,omitzero"`      // what is known of our own token, without it
	KeyStores  []KeyStore  `json:"key_stores,omitzero"` // storage systems whose keys this cluster guards, as configured
	Unseen     []Unseen    `json:"unseen"`              // what was asked for and not told, and why
	Findings   []Finding   `json:"findings"`            // the worst first
	Events     []Event     `json:"events,omitzero"`     // what changed while it was watched, the newest first; not in a single reading
}

// Cluster is what the nodes call their cluster.
type Cluster struct {
	Name string `json:"name,omitzero"` // listeners may hide it
	ID   string `json:"id,omitzero"`   // told by unsealed nodes only
}

// Verdict is one word for the whole.
type Verdict string

// Finding is one judgement.
type Finding struct {
	Rule     string     `json:"rule"`              // the rule's name, which stays the same
	Severity Severity   `json:"severity"`          // a notice leaves the cluster healthy
	Node     string     `json:"node,omitzero"`     // whom it concerns; missing for the cluster
	What     string     `json:"what"`              // what is
	Follows  string     `json:"follows,omitzero"`  // what follows from it
	Do       string     `json:"do,omitzero"`       // what to do next
	Key      string     `json:"key,omitzero"`      // the key of the console that helps
	Command  string     `json:"command,omitzero"`  // the line to type, quoted for a shell
	Evidence []Evidence `json:"evidence,omitzero"` // the answers on which it rests
}

// Severity ranks a finding.
type Severity string

// Evidence is one answer on which a finding rests.
type Evidence struct {
	Node   string    `json:"node,omitzero"`   // who said it
	Source string    `json:"source,omitzero"` // the endpoint
	Says   string    `json:"says,omitzero"`   // what it says
	At     time.Time `json:"at,omitzero"`     // when it was had
}

// Event is one change.
type Event struct {
	At         time.Time `json:"at"`
	ServerTime bool      `json:"server_time,omitzero"` // the time is a server's word, and not the moment at which it was seen here
	Kind       string    `json:"kind"`                 // docs/watch.md lists them
	Node       string    `json:"node,omitzero"`        // whom it concerns; missing for the cluster
	Text       string    `json:"text"`                 // what happened
	Mood       Mood      `json:"mood"`                 // whether it is for the better
}

// Mood says whether an event is for the better.
type Mood string

// Unseen is an answer that was not had.
type Unseen struct {
	Source      string `json:"source"`               // the endpoint
	Node        string `json:"node,omitzero"`        // of which node; missing where any would do
	Reason      string `json:"reason"`               // why it was not had
	Unsupported bool   `json:"unsupported,omitzero"` // the server has no such endpoint, so that nothing is missed
	Kept        bool   `json:"kept,omitzero"`        // the report has the answer of an earlier try, with its time
}
