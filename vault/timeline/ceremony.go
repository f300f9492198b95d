package timeline

import (
	"fmt"
	"time"

	"warder/vault"
)

// Ceremony is one that a server tells to be under way.
type Ceremony string

// The ceremonies.
const (
	RekeyBarrier  Ceremony = "rekey"
	RekeyRecovery Ceremony = "rekey-recovery"
	GenerateRoot  Ceremony = "generate-root"
)

// ceremonies in the order in which their events are told, with what they are called.
var ceremonies = []struct {
	which Ceremony
	name  string
	of    func(vault.Ceremonies) vault.Underway
}{
	{RekeyBarrier, "rekey", func(c vault.Ceremonies) vault.Underway { return c.Rekey }},
	{RekeyRecovery, "rekey of the recovery key", func(c vault.Ceremonies) vault.Underway { return c.Recovery }},
	{GenerateRoot, "generate-root", func(c vault.Ceremonies) vault.Underway { return c.Root }},
}

// standing is how a ceremony stands, and since when.
type standing struct {
	vault.Underway
	since time.Time
}

// still says that nothing moved.
func (s standing) still(u vault.Underway) bool {
	return s.Started == u.Started && s.Nonce == u.Nonce && s.Progress == u.Progress && s.Verifying == u.Verifying
}

// CeremonySince is since when nonce and progress of a ceremony stand as they do; ok is false where none is under way. One that
// was there at the first look stands at least since then.
func (h *History) CeremonySince(c Ceremony) (since time.Time, ok bool) {
	if h == nil || !h.standings[c].Started {
		return time.Time{}, false
	}
	return h.standings[c].since, true
}

// hearCeremonies follows what is under way. Only the active node is heard: OpenBao keeps the state of a rekey on the node
// that was asked, and what a standby knows of none is no end.
func (h *History) hearCeremonies(o *observation, n *vault.Node) {
	s := n.Ceremonies
	if !newer(h.ceremonies, s) || n.State() != vault.Active || n.Balanced() {
		return
	}
	first := !h.ceremonies.Known()
	h.ceremonies = s
	if h.standings == nil {
		h.standings = map[Ceremony]standing{}
	}
	for _, c := range ceremonies {
		was, is := h.standings[c.which], c.of(s.Value)
		if !first && was.still(is) {
			continue
		}
		h.standings[c.which] = standing{is, s.At}
		if kind, text := moved(c.name, was.Underway, is); !first && kind != "" {
			o.tell(kind, Neutral, "", text, s.At, time.Time{})
		}
	}
}

// moved is what happened to a ceremony; the kind is "" when nothing did.
func moved(name string, was, is vault.Underway) (Kind, string) {
	if is.Verifying || was.Verifying && !is.Started {
		name = "verification of the " + name
	}
	count := fmt.Sprintf("%d of %d shares given", is.Progress, is.Required)
	switch {
	case was.Started && !is.Started:
		return CeremonyEnded, fmt.Sprintf("the %s is not under way any more (before: %d of %d shares given)", name, was.Progress, was.Required)
	case !is.Started:
		return "", ""
	case !was.Started, is.Verifying && !was.Verifying:
		return CeremonyBegun, "a " + name + " began: " + count
	case was.Verifying != is.Verifying, was.Nonce != is.Nonce:
		return CeremonyReplaced, "the " + name + " was begun anew: " + count
	}
	return CeremonyMoved, fmt.Sprintf("%s: %s (before: %d)", name, count, was.Progress)
}
