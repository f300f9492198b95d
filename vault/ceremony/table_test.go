package ceremony

import (
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"warder/keys"
	"warder/vault"
)

// row is one event in one state: what comes of it.
type row struct {
	name    string
	event   Event
	effects string // their types, in order
	prompt  string // the type of what is asked next
	says    string // a notice holds these words
	alarms  bool   // and it is an alarm
}

// check applies the event to the machine.
func (w row) check(t *testing.T, m Machine) {
	t.Helper()
	m, effects := m.Apply(w.event)
	var types []string
	for _, e := range effects {
		types = append(types, strings.TrimPrefix(fmt.Sprintf("%T", e), "ceremony."))
	}
	if got := strings.Join(types, " "); got != w.effects {
		t.Errorf("effects %q, want %q", got, w.effects)
	}
	if got := strings.TrimPrefix(fmt.Sprintf("%T", m.Prompt()), "ceremony."); got != w.prompt {
		t.Errorf("asked a %s, want a %s", got, w.prompt)
	}
	if w.says == "" {
		return
	}
	for _, n := range m.Notices() {
		if strings.Contains(n.Text, w.says) && n.Alarm == w.alarms {
			return
		}
	}
	t.Errorf("said %+v, want %q (alarm %v)", m.Notices(), w.says, w.alarms)
}

// after is a machine that went through some events.
func after(m Machine, events ...Event) Machine {
	for _, e := range events {
		m, _ = m.Apply(e)
	}
	return m
}

func newPrints(t *testing.T) *keys.Fingerprinter {
	t.Helper()
	f, err := keys.NewFingerprinter(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &f
}

// shareNumber is a well-formed share with that x-coordinate.
func shareNumber(x byte) GaveShare {
	b := make([]byte, 33)
	for i := range b {
		b[i] = x + byte(i)
	}
	b[32] = x
	s, err := keys.NewShare(b)
	if err != nil {
		panic(err)
	}
	return GaveShare{s}
}

// sealedAt is the status of a node with so many of three shares.
func sealedAt(at int) vault.SealStatus {
	s := vault.SealStatus{Type: "shamir", Initialised: true, Sealed: true, Threshold: 3, Shares: 5, Progress: at}
	if at > 0 {
		s.Nonce = "round 1"
	}
	return s
}

const address = "https://n1:8200"

// leading is a snapshot of one node, which is active, seen at that second.
func leading(second int64, seal vault.SealStatus) Observed {
	now := time.Unix(1_900_000_000+second, 0)
	n := &vault.Node{Address: address, Certificate: &vault.Certificate{Fingerprint: "aa"}}
	n.Health = vault.Section[vault.Health]{At: now, Tried: now, Value: vault.Health{Code: vault.CodeActive}}
	n.Seal = vault.Section[vault.SealStatus]{At: now, Tried: now, Value: seal}
	return Observed{vault.Snapshot{Nodes: []*vault.Node{n}}}
}

var (
	errCut     = &vault.Error{Op: "x", Address: address, Kind: vault.Unreachable, Why: vault.Cut}
	errDown    = &vault.Error{Op: "x", Address: address, Kind: vault.Unreachable, Why: vault.ConnRefused}
	errRefused = &vault.Error{Op: "x", Address: address, Kind: vault.Refused, Status: 400, Messages: []string{"no"}}
	errDenied  = &vault.Error{Op: "x", Address: address, Kind: vault.Denied, Status: 403}
)
