package timeline

import (
	"slices"
	"time"

	"warder/vault"
)

// keptEvents bounds the time line; who needs more writes down what Observe gives.
const keptEvents = 500

// History is what was seen of one cluster since it is watched. Its owner feeds it; who judges only reads. A nil History has
// seen nothing, and says so.
type History struct {
	events []Event // the oldest first
	nodes  map[string]*record
	leader leadership

	// What was last told of the cluster, by whichever node.
	raft       vault.Section[[]vault.RaftServer]
	autopilot  vault.Section[vault.Autopilot]
	thresholds vault.Section[vault.AutopilotConfig]
	keys       vault.Section[vault.KeyStatus]
	shape      shape
	rewrap     rewrapping
	rewrapRate series

	ceremonies vault.Section[vault.Ceremonies]
	standings  map[Ceremony]standing
}

// Observe notes the step from one snapshot to the next, and gives the events in it. Only nodes that changed are looked at.
func (h *History) Observe(was, is vault.Snapshot, now time.Time) []Event {
	if h == nil {
		return nil
	}
	if h.nodes == nil {
		h.nodes = map[string]*record{}
		h.look(vault.Snapshot{}, was, now) // what was before we came is learnt, and no event
	}
	fresh := h.look(was, is, now)
	h.forget(is)
	h.events = append(h.events, fresh...)
	if over := len(h.events) - keptEvents; over > 0 {
		h.events = slices.Delete(h.events, 0, over)
	}
	return fresh
}

// look takes in the nodes that differ.
func (h *History) look(was, is vault.Snapshot, now time.Time) []Event {
	o := observation{is: is, now: now}
	moved := false
	for i, n := range is.Nodes {
		if i < len(was.Nodes) && was.Nodes[i] == n {
			continue
		}
		rec := h.nodes[n.Address]
		if rec == nil {
			rec = &record{}
			h.nodes[n.Address] = rec
		}
		moved = rec.look(&o, n) || moved || n.State() == vault.Active // it may have been elected again
		h.hear(&o, n)
	}
	if moved || h.leader.awaits() {
		h.leader.look(&o)
	}
	return o.events
}

// forget drops the records of nodes that are no longer asked. It looks only when there are more records than nodes.
func (h *History) forget(is vault.Snapshot) {
	if len(h.nodes) <= len(is.Nodes) {
		return
	}
	keep := make(map[string]*record, len(is.Nodes))
	for _, n := range is.Nodes {
		if rec := h.nodes[n.Address]; rec != nil {
			keep[n.Address] = rec
		}
	}
	h.nodes = keep
}

// Events are those kept, the newest first.
func (h *History) Events() []Event {
	if h == nil {
		return nil
	}
	out := slices.Clone(h.events)
	slices.Reverse(out)
	return out
}

// LeaderChanges is how often another node came to lead since the moment, or the same one anew, as seen here.
func (h *History) LeaderChanges(since time.Time) int {
	if h == nil {
		return 0
	}
	count := 0
	for _, at := range h.leader.changes {
		if !at.Before(since) {
			count++
		}
	}
	return count
}

// ProgressSince is since when the count of shares entered at a sealed node stands as it does; ok is false at a count of 0.
// A count that was there at the first look stands at least since then.
func (h *History) ProgressSince(address string) (since time.Time, ok bool) {
	if h == nil || h.nodes[address] == nil || h.nodes[address].progress == 0 {
		return time.Time{}, false
	}
	return h.nodes[address].progressSince, true
}
