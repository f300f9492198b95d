package timeline

import (
	"fmt"
	"strings"
	"time"

	"warder/vault"
)

// hear takes in what a node told of the cluster.
func (h *History) hear(o *observation, n *vault.Node) {
	if newer(h.raft, n.Raft) {
		h.comparePeers(o, n.Raft)
		h.raft = n.Raft
	}
	if newer(h.autopilot, n.Autopilot) {
		h.compareAutopilot(o, n.Autopilot)
		h.autopilot = n.Autopilot
	}
	if newer(h.thresholds, n.AutopilotConfig) {
		h.compareThresholds(o, n.AutopilotConfig)
		h.thresholds = n.AutopilotConfig
	}
	if newer(h.keys, n.Keys) {
		h.compareKeys(o, n.Keys)
		h.keys = n.Keys
	}
	if newer(h.rewrap.Section, n.Rewrap) {
		h.compareRewrap(o, n)
		h.rewrap = rewrapping{n.Rewrap, n.Address}
	}
	h.hearShape(o, n)
	h.hearCeremonies(o, n)
}

// newer says that a section is a good answer, and younger than the one known.
func newer[T any](known, s vault.Section[T]) bool { return s.Fresh() && s.At.After(known.At) }

// comparePeers follows the Raft configuration.
func (h *History) comparePeers(o *observation, s vault.Section[[]vault.RaftServer]) {
	if !h.raft.Known() {
		return
	}
	was := map[string]vault.RaftServer{}
	for _, p := range h.raft.Value {
		was[p.ID] = p
	}
	tell := func(kind Kind, mood Mood, id, text string) { o.tell(kind, mood, id, text, s.At, time.Time{}) }
	for _, p := range s.Value {
		before, there := was[p.ID]
		delete(was, p.ID)
		switch {
		case !there && p.Voter:
			tell(PeerJoined, Better, p.ID, "joined the Raft configuration, with a vote")
		case !there:
			tell(PeerJoined, Better, p.ID, "joined the Raft configuration, without a vote")
		case p.Voter && !before.Voter:
			tell(Voter, Better, p.ID, "has a vote now")
		case !p.Voter && before.Voter:
			tell(NonVoter, Worse, p.ID, "has no vote any more")
		}
	}
	for _, p := range h.raft.Value { // in the server's order, which a map has not
		if _, gone := was[p.ID]; gone {
			tell(PeerLeft, Worse, p.ID, "is no longer in the Raft configuration")
		}
	}
}

// compareAutopilot follows the judgement of the peers and of how many may be lost.
func (h *History) compareAutopilot(o *observation, s vault.Section[vault.Autopilot]) {
	if !h.autopilot.Known() {
		return
	}
	was := map[string]bool{}
	for _, p := range h.autopilot.Value.Servers {
		was[p.ID] = p.Healthy
	}
	for _, p := range s.Value.Servers {
		healthy, there := was[p.ID]
		switch {
		case !there || healthy == p.Healthy:
		case p.Healthy:
			o.tell(PeerHealthy, Better, p.ID, "autopilot calls it healthy again", s.At, time.Time{})
		default:
			o.tell(PeerUnhealthy, Worse, p.ID, "autopilot calls it unhealthy", s.At, time.Time{})
		}
	}
	before, now := h.autopilot.Value.Tolerance, s.Value.Tolerance
	if now != before {
		text := fmt.Sprintf("%d of %d voters may be lost (before: %d of %d)", now, len(s.Value.Voters), before, len(h.autopilot.Value.Voters))
		o.tell(Tolerance, toWhich(now > before), "", text, s.At, time.Time{})
	}
}

// compareThresholds follows autopilot's settings, by the names that the servers have for them.
func (h *History) compareThresholds(o *observation, s vault.Section[vault.AutopilotConfig]) {
	if !h.thresholds.Known() || h.thresholds.Value == s.Value {
		return
	}
	was, is := h.thresholds.Value, s.Value
	var changed []string
	note := func(name string, was, is any) {
		if was != is {
			changed = append(changed, fmt.Sprintf("%s %v (before: %v)", name, is, was))
		}
	}
	note("cleanup_dead_servers", was.CleanupDead, is.CleanupDead)
	note("dead_server_last_contact_threshold", was.DeadThreshold, is.DeadThreshold)
	note("last_contact_threshold", was.ContactThreshold, is.ContactThreshold)
	note("max_trailing_logs", was.MaxTrailing, is.MaxTrailing)
	note("min_quorum", was.MinQuorum, is.MinQuorum)
	note("server_stabilization_time", was.StabilizationTime, is.StabilizationTime)
	o.tell(Thresholds, Neutral, "", "autopilot's settings changed: "+strings.Join(changed, ", "), s.At, time.Time{})
}

// compareKeys follows the term of the barrier's key.
func (h *History) compareKeys(o *observation, s vault.Section[vault.KeyStatus]) {
	if was := h.keys.Value.Term; h.keys.Known() && s.Value.Term != was {
		text := fmt.Sprintf("the barrier's key was rotated: term %d (before: %d)", s.Value.Term, was)
		o.tell(Rotated, Neutral, "", text, s.At, s.Value.Installed)
	}
}

// rewrapping is the last word on the rewrap, and whose.
type rewrapping struct {
	vault.Section[vault.Rewrap]
	by string
}

// compareRewrap follows the rewrap. Each node counts its own, so that the counts of two are not compared.
func (h *History) compareRewrap(o *observation, n *vault.Node) {
	was, is, at := h.rewrap.Value, n.Rewrap.Value, n.Rewrap.At
	if !h.rewrap.Known() {
		return
	}
	same := h.rewrap.by == n.Address
	if v, ok := rate(was.Processed, is.Processed, at.Sub(h.rewrap.At)); ok && same && was.Running {
		h.rewrapRate.add(v)
	}
	tell := func(kind Kind, mood Mood, text string) { o.tell(kind, mood, "", text, at, time.Time{}) }
	anew := is.Running && same && was.Running && is.Processed < was.Processed
	switch {
	case was.Running && !is.Running && !same:
		tell(RewrapEnded, Neutral, "no rewrap runs on "+o.name(n.Address)+", which is asked now")
	case was.Running && !is.Running:
		text := fmt.Sprintf("the rewrap ended: %d entries processed, %d failed", is.Processed, is.Failed)
		tell(RewrapEnded, toWhich(is.Failed == 0), text)
	case anew:
		tell(RewrapStarted, Neutral, "a rewrap was started again")
	case is.Running && !was.Running:
		tell(RewrapStarted, Neutral, "a rewrap was started")
	}
	if is.Running && is.Failed > 0 && (!was.Running || anew || was.Failed == 0) {
		tell(RewrapFailed, Worse, fmt.Sprintf("the rewrap failed on %d entries so far", is.Failed))
	}
}
