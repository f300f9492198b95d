package timeline

import (
	"fmt"
	"time"

	"warder/vault"
)

// shares follows the count of shares entered at a sealed node.
func (r *record) shares(o *observation, n *vault.Node) {
	now, before := n.Seal.Value, r.seal.Value
	count := now.Progress
	if !now.Sealed {
		count = 0
	}
	if count != r.progress || now.Nonce != r.nonce {
		r.progress, r.nonce, r.progressSince = count, now.Nonce, n.Seal.At
	}
	if !r.seal.Known() || !before.Sealed || !now.Sealed || n.Balanced() || count == before.Progress {
		return
	}
	switch {
	case count == 0:
		o.of(n, Progress, Neutral, fmt.Sprintf("no shares entered any more (before: %d)", before.Progress), n.Seal.At)
	default:
		o.of(n, Progress, toWhich(count > before.Progress), fmt.Sprintf("%d of %d shares entered", count, now.Threshold), n.Seal.At)
	}
}

// compareBackends follows the health of each seal backend, by its name. One that is new or gone is another configuration.
func (r *record) compareBackends(o *observation, n *vault.Node) {
	if !r.backends.Known() || n.Balanced() {
		return
	}
	before := map[string]bool{}
	for _, b := range r.backends.Value.InUse() {
		before[b.Name] = b.Healthy
	}
	for _, b := range n.Backends.Value.InUse() {
		healthy, there := before[b.Name]
		switch {
		case !there || healthy == b.Healthy:
		case b.Healthy:
			o.of(n, BackendOK, Better, "seal backend "+b.Name+" is healthy again", n.Backends.At)
		default:
			o.tell(BackendBad, Worse, o.name(n.Address), "seal backend "+b.Name+" failed", n.Backends.At, b.UnhealthySince)
		}
	}
}

// shape is how many shares there are and how many are needed, as the active node last said.
type shape struct {
	shares, threshold int
	recovery          bool
}

// settled is how long a node must be active before its word on the shares counts: until then it may still tell what it
// knew as a standby.
const settled = time.Second

// hearShape follows the shares. A standby tells the old ones after a rekey until it is restarted, so only the active node is heard.
func (h *History) hearShape(o *observation, n *vault.Node) {
	s := n.Seal
	if n.State() != vault.Active || n.Balanced() || !s.Fresh() || s.Value.Sealed || s.At.Sub(n.Since) < settled {
		return
	}
	is, was := shape{s.Value.Shares, s.Value.Threshold, s.Value.RecoverySeal}, h.shape
	if is.shares == 0 || is == was {
		return
	}
	h.shape = is
	if was.shares == 0 {
		return
	}
	what := "unseal"
	if is.recovery {
		what = "recovery"
	}
	text := fmt.Sprintf("%s shares are %d of %d now (before: %d of %d)", what, is.threshold, is.shares, was.threshold, was.shares)
	o.tell(Rekeyed, Neutral, "", text, s.At, time.Time{})
}
