package timeline

import (
	"slices"
	"time"

	"warder/vault"
)

// History is what was seen of one cluster since it is watched. Its owner feeds it; who judges only reads. A nil History has
// seen nothing, and says so.
type History struct {
	events []Event // the oldest first
}

// Observe notes the step from one snapshot to the next, and gives the events in it.
func (h *History) Observe(_, _ vault.Snapshot, _ time.Time) []Event { return nil }

// Events are those kept, the newest first.
func (h *History) Events() []Event {
	if h == nil {
		return nil
	}
	out := slices.Clone(h.events)
	slices.Reverse(out)
	return out
}

// LeaderChanges is how often another node came to lead since the moment.
func (h *History) LeaderChanges(time.Time) int { return 0 }

// ProgressSince is since when the count of shares entered at a sealed node stands as it does; ok is false at a count of 0.
func (h *History) ProgressSince(string) (since time.Time, ok bool) { return time.Time{}, false }

// CeremonySince is since when nonce and progress of a ceremony stand as they do; ok is false where none is under way.
func (h *History) CeremonySince(Ceremony) (since time.Time, ok bool) { return time.Time{}, false }

// Ceremony is one that a server tells to be under way.
type Ceremony string

// The ceremonies.
const (
	RekeyBarrier  Ceremony = "rekey"
	RekeyRecovery Ceremony = "rekey-recovery"
	GenerateRoot  Ceremony = "generate-root"
)

// Latency is a node's usual round trip and its recent one; ok is false as long as there is too little past to compare with.
func (h *History) Latency(string) (usual, recent time.Duration, ok bool) { return 0, 0, false }
