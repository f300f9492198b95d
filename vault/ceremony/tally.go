package ceremony

import (
	"slices"

	"warder/keys"
	"warder/vault"
)

// tally is what this console gave to a set of shares that the server gathers. It counts nothing: how far the set is, the
// server says.
type tally struct {
	hand  keys.Share   // the share that is on its way
	last  keys.Trace   // of the one sent last
	typed []keys.Trace // those given here that are in the present set
}

// progress is how far the server says that the set is.
type progress struct{ at, needed int }

// completes says that one more share makes the set whole.
func (p progress) completes() bool { return p.at+1 >= p.needed }

// takes examines a share as one of n, and holds it.
func (t *tally) takes(s keys.Share, n int, prints *keys.Fingerprinter) error {
	if s.Secret().Empty() {
		return errNoShare
	}
	trace := prints.Trace(s)
	if err := examine(s, n, trace, t.typed); err != nil {
		return err
	}
	t.hand, t.last = s, trace
	return nil
}

// count notes the share sent last among those of the set.
func (t *tally) count() { t.typed = append(slices.Clip(t.typed), t.last) }

// drop wipes the share at hand.
func (t *tally) drop() {
	t.hand.Wipe()
	t.hand = keys.Share{}
}

// compare tells what others did.
func (t *tally) compare(r *remarks, before, now progress) {
	switch {
	case now.at < before.at:
		r.alarm("It is back at %d of %d: somebody else gave a share that completed a wrong set, or began anew. All shares have to be given again. %s", now.at, now.needed, givenHere(t.typed))
		t.typed = nil
	case now.at > before.at:
		r.say("It is at %d of %d: somebody else gives shares too, and they count.", now.at, now.needed)
	}
}

// given takes a good answer to the share at hand.
func (t *tally) given(r *remarks, before, now progress) {
	t.count()
	t.drop()
	if now.at != before.at+1 {
		before.at++
		t.compare(r, before, now)
	}
}

// settleLost says what the status tells of a share whose answer was lost.
func (t *tally) settleLost(r *remarks, before, now progress) {
	switch {
	case now.at == before.at+1:
		t.count()
		r.say("The answer was lost. The server says %d of %d now, one more than before: the share counted.", now.at, now.needed)
	case now.at == before.at:
		r.say("The answer was lost. The server says %d of %d, as before: the share did not count. It can be typed again.", now.at, now.needed)
	case now.at < before.at:
		t.count()
		r.alarm("The answer was lost, and the server is back at %d of %d: the set was wrong, or somebody began anew. All shares have to be given again. %s", now.at, now.needed, givenHere(t.typed))
		t.typed = nil
	default:
		t.count()
		r.say("The answer was lost. The server says %d of %d: others give shares too, and whether this one is among them is not known.", now.at, now.needed)
	}
}

// settleRefused tells a wrong set from a share that was refused by itself.
func (t *tally) settleRefused(r *remarks, before, now progress, refusal error) {
	if before.completes() && now.at == 0 {
		t.count()
		r.alarm("With this share there were %d, and together they are wrong (%s). It goes on, but all shares have to be given again. %s One of them, or one that was given elsewhere, is mistyped or of another set.", before.needed, vault.Reason(refusal), givenHere(t.typed))
		t.typed = nil
		return
	}
	r.say("The share was refused: %s. It is at %d of %d.", vault.Reason(refusal), now.at, now.needed)
	if now.at < before.at {
		t.compare(r, before, now)
	}
}
