// Package record keeps the account of a ceremony: a file of JSON Lines to which lines are only added, each bearing the
// SHA-256 of the line before it, so that whoever has written down the last hash can tell later that nothing was changed.
//
// Its rules: there is no secret in a record, and no place for one; a line is on the disk before Add returns; a record that
// cannot be written is said to be so at once, and never goes on with a gap; what a reader is shown was checked first.
//
// What a record does not prove: that its clock was right, that the warder which wrote its own hash was the one that it names,
// or, to who has no hash from the day itself, anything at all: who can write the file can write another one whole.
package record

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// Format is the version of the file's form, which its first line names.
const Format = "warder.record/1"

// Kind says what a line is.
type Kind string

// The kinds.
const (
	Begin     Kind = "begin"     // the first line: who writes, about which cluster
	Step      Kind = "step"      // the ceremony came to a step
	Person    Kind = "person"    // somebody did something here: confirmed, entered a share, took one
	Request   Kind = "request"   // a request that changes something was sent
	Answer    Kind = "answer"    // what came back, or that nothing did
	Alarm     Kind = "alarm"     // something that should not be
	Exception Kind = "exception" // noted by the people in the room
	End       Kind = "end"       // the last line
)

// Line is one entry. Seq, At and Prev are the writer's to set.
type Line struct {
	Seq   int       `json:"seq"`
	At    time.Time `json:"at"`
	Kind  Kind      `json:"kind"`
	Text  string    `json:"text"`            // a sentence for a reader
	Who   string    `json:"who,omitempty"`   // as the roster or the plan names them
	Node  string    `json:"node,omitempty"`  // with its address and its certificate's SHA-256 among the facts of its first mention
	Nonce string    `json:"nonce,omitempty"` // of the ceremony on the server
	Facts []Fact    `json:"facts,omitempty"`
	Prev  string    `json:"prev"` // the hash of the line before; empty in the first
}

// Fact is a parameter, a fingerprint, a version: a name and its value.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// hash is what the next line bears: SHA-256 of the line's bytes without the newline.
func hash(line []byte) string {
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:])
}

// encode is the line as it stands in the file, without its newline.
func (l Line) encode() ([]byte, error) { return json.Marshal(l) }
