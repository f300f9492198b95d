package conformance

import (
	"testing"
	"time"
)

// patience is how long anything may take, far more than it does: an election on a busy machine, a vote after the ten seconds
// that autopilot watches a newcomer.
const patience = 2 * time.Minute

// eventually asks again and again until all is well, and fails with what was last amiss.
func eventually(t *testing.T, what string, amiss func() error) {
	t.Helper()
	patient := time.After(patience)
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		err := amiss()
		if err == nil {
			return
		}
		select {
		case <-patient:
			t.Fatalf("waited for this in vain: %s: %v", what, err)
		case <-t.Context().Done():
			t.Fatalf("given up waiting: %s: %v", what, err)
		case <-again.C:
		}
	}
}
