package views

import (
	"strings"
	"testing"
	"time"

	"warder/vault/rules"
)

// The detail of a finding told what to do, and not on whose word.
func TestFindingDetailWithoutItsEvidence(t *testing.T) {
	now := time.Date(2026, 11, 25, 2, 0, 0, 0, time.UTC)
	x := rules.Finding{Rule: "sealed", What: "vault-3 is sealed", Evidence: []rules.Evidence{
		{Node: "vault-3", Source: "sys/seal-status", Says: "sealed, 0 of 3", At: now.Add(-4 * time.Second)},
		{Source: "sys/leader", Says: "vault-2 leads"},
	}}
	p := &Picture{Scene: rules.Scene{Now: now}}
	var said []string
	for _, f := range findingDetail(p, x).Facts {
		said = append(said, strings.TrimSpace(f.Label+" "+f.Value.Text))
	}
	all := strings.Join(said, "\n")
	for _, want := range []string{"vault-3 sys/seal-status: sealed, 0 of 3, 4 s ago", "sys/leader: vault-2 leads"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing in:\n%s", want, all)
		}
	}
	if strings.Contains(all, "vault-2 leads,") {
		t.Errorf("an age that nobody knows:\n%s", all)
	}
	if got := evidence(p, rules.Finding{}); got != nil {
		t.Errorf("a heading over nothing: %v", got)
	}
}
