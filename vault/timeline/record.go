package timeline

import (
	"fmt"
	"slices"
	"time"

	"warder/vault"
)

// record is what was last seen of one node. What a node did not say this time it holds to have stayed as it was.
type record struct {
	known bool        // it answered at least once
	last  vault.State // as it last answered
	heard bool        // it answered the last time
	tried time.Time   // the last try; zero: never

	version, clusterID string
	shown              []string // fingerprints of the certificates seen, the newest last
	seal               vault.Section[vault.SealStatus]
	backends           vault.Section[vault.SealBackendStatus]

	progress      int
	nonce         string
	progressSince time.Time

	latency, applied series
	appliedAt        time.Time
	appliedIndex     uint64
}

// look takes in what a node said, and says whether its state is another than before.
func (r *record) look(o *observation, n *vault.Node) (moved bool) {
	if n.Health.Tried.After(r.tried) {
		moved = r.pulse(o, n)
	}
	if n.Seal.Fresh() && n.Seal.At.After(r.seal.At) {
		r.shares(o, n)
		r.seal = n.Seal
	}
	if n.Backends.Fresh() && n.Backends.At.After(r.backends.At) {
		r.compareBackends(o, n)
		r.backends = n.Backends
	}
	if l := n.Leader; l.Fresh() && l.At.After(r.appliedAt) {
		if v, ok := rate(r.appliedIndex, l.Value.Applied, l.At.Sub(r.appliedAt)); ok && r.appliedIndex > 0 {
			r.applied.add(v)
		}
		r.appliedAt, r.appliedIndex = l.At, l.Value.Applied
	}
	return moved
}

// pulse compares the last two answers of sys/health, whatever silence lay between them.
func (r *record) pulse(o *observation, n *vault.Node) (moved bool) {
	first, at := r.tried.IsZero(), n.Health.Tried
	r.tried = at
	state := n.State()
	heard := n.Health.Err == nil || state == vault.Recovering
	was := r.last
	switch {
	case first:
	case r.heard && !heard:
		o.of(n, Silent, Worse, silence(n), at)
	case !r.heard && heard:
		o.of(n, Back, Better, "answers again", at)
	}
	moved = first || heard != r.heard || heard && state != was
	r.heard = heard
	r.certificate(o, n)
	if !heard {
		return moved
	}
	if n.RTT > 0 && n.Health.Err == nil {
		r.latency.add(float64(n.RTT) / float64(time.Millisecond))
	}
	// Behind a balancer another node answers each time: that they differ is no change in any of them.
	told := r.known && !n.Balanced()
	if told && state != was {
		r.turned(o, n, was, state)
	}
	r.words(o, n, told)
	r.known, r.last = true, state
	return moved
}

// silence says why a node is not heard.
func silence(n *vault.Node) string {
	if n.State() == vault.Down {
		return "stopped answering: " + vault.Reason(n.Health.Err)
	}
	return "does not answer as such a server does: " + vault.Reason(n.Health.Err)
}

// turned tells a change of state. Who leads is told of the cluster, and not here.
func (r *record) turned(o *observation, n *vault.Node, was, is vault.State) {
	at := n.Health.Tried
	switch is {
	case vault.RemovedState:
		o.of(n, Removed, Worse, "was removed from the cluster", at)
		return
	case vault.Recovering:
		o.of(n, Role, Worse, "is in recovery mode: it was started with -recovery", at)
		return
	case vault.Uninitialised:
		o.of(n, Wiped, Worse, "is not initialised any more", at)
		return
	}
	switch was {
	case vault.Recovering:
		o.of(n, Role, Better, "is out of recovery mode", at)
	case vault.RemovedState:
		o.of(n, Rejoined, Better, "is part of a cluster again", at)
	case vault.Uninitialised:
		o.of(n, Initial, Better, "has keys: it was initialised or joined a cluster", at)
	}
	switch {
	case is == vault.SealedState && was.Serving():
		o.of(n, Sealed, Worse, "sealed", at)
	case was == vault.SealedState && is.Serving():
		o.of(n, Unsealed, Better, "unsealed", at)
	}
	switch {
	case is == vault.CutOff:
		o.of(n, CutOff, Worse, "cannot reach the active node", at)
	case was == vault.CutOff && is.Serving():
		o.of(n, Connected, Better, "reaches the active node again", at)
	}
	switch {
	case is == vault.DRSecondary && was.Serving():
		o.of(n, Role, Neutral, "is a DR secondary now", at)
	case was == vault.DRSecondary && is.Serving():
		o.of(n, Role, Neutral, "is no DR secondary any more", at)
	}
}

// words compares what a node says of itself. What it hides, as a sealed one its cluster's id, it has not changed.
func (r *record) words(o *observation, n *vault.Node, told bool) {
	if v := n.Version(); v != "" {
		if told && r.version != "" && v != r.version {
			o.of(n, Version, Neutral, "runs "+v+" (before: "+r.version+")", n.Health.Tried)
		}
		r.version = v
	}
	if id := n.Health.Value.ClusterID; id != "" {
		if told && r.clusterID != "" && id != r.clusterID {
			o.of(n, ClusterID, Worse, "tells another cluster id: "+id+" (before: "+r.clusterID+")", n.Health.Tried)
		}
		r.clusterID = id
	}
}

// maxShown is how many fingerprints of a node are remembered.
const maxShown = 8

// certificate compares the certificates. One that was seen before is no new one: a balancer shows several in turn.
func (r *record) certificate(o *observation, n *vault.Node) {
	c := n.Certificate
	if c == nil || slices.Contains(r.shown, c.Fingerprint) {
		return
	}
	if len(r.shown) > 0 {
		text := fmt.Sprintf("shows another certificate, valid to %s", c.NotAfter.UTC().Format("2006-01-02 15:04 UTC"))
		o.of(n, Certified, Neutral, text, n.Health.Tried)
	}
	r.shown = append(r.shown, c.Fingerprint)
	r.shown = r.shown[max(0, len(r.shown)-maxShown):]
}
