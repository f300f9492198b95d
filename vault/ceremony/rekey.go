package ceremony

import (
	"io"

	"warder/keys"
	"warder/vault"
)

// Rekey replaces the shares of the barrier key or of the recovery key. The old ones stay in force until the new ones were
// given back, which is the verification; without it, until the last old share came.
type Rekey struct {
	desk
	random  io.Reader // for the places of the characters that are typed back
	stage   rekeyStage
	plan    rekeyPlan
	old     vault.SealStatus // the active node's word on the shares in force, when it began
	state   vault.Rekey      // as the server last told it
	verify  vault.RekeyVerify
	joined  bool // others began it
	check   challenge
	made    handout
	verdict rekeyVerdict
	last    size   // what the active node said in the end
	home    Node   // the one that said last that the rekey runs
	memory  memory // what that one has of it, where another leads now
	warned  bool   // that it goes on there
	kept    bool   // the roster is
	proofs  bool   // the verification was completed at another console
}

// rekeyPlan is what is to be begun.
type rekeyPlan struct {
	kind   vault.KeyKind
	config vault.RekeyConfig
	owners
	path string // where ciphertexts go
}

// NewRekey begins, or joins what is under way. skipVerify says that TLS is not verified.
func NewRekey(snapshot vault.Snapshot, skipVerify bool, prints *keys.Fingerprinter, random io.Reader) Rekey {
	r := Rekey{desk: desk{safe: &safe{}, prints: prints, seat: seat{snapshot: snapshot, skip: skipVerify}}, random: random}
	r.of(vault.BarrierKey)
	r.old = sealOf(seat{snapshot: snapshot})
	return r
}

// of chooses the key.
func (r *Rekey) of(kind vault.KeyKind) {
	r.plan.kind = kind
	r.seat.read = func(n Node, d vault.Doors) Effect { return ReadRekey{Node: n, Doors: d, Kind: kind} }
}

// Apply implements Machine.
func (r Rekey) Apply(e Event) (Machine, []Effect) {
	out := append(r.take(&r, e), r.remember()...)
	return r, out
}

// nonce is the verification's where no old share was asked for: the answer that holds the new ones says no other.
func (r *Rekey) nonce() string {
	if r.keyless() {
		return r.state.VerificationNonce
	}
	return r.state.Nonce
}

// answer takes what servers and files say.
func (r *Rekey) answer(e Event) []Effect {
	switch e := e.(type) {
	case Observed:
		return r.observed(e.Snapshot)
	case RekeyRead:
		return r.rekeyRead(e)
	case RekeyGiven:
		return r.given(e)
	case VerifyGiven:
		return r.proved(e)
	case Unsealed:
		return r.conclude(e)
	case Stored:
		return r.stored(e)
	case FormerRead:
		return r.formerRead(e)
	case RosterRead:
		r.rosterRead(e)
		return nil
	case RosterKept:
		if e.Err != nil {
			r.notices.say("The roster was not kept: %v. Next time this machine cannot tell what changed.", e.Err)
		}
		return nil
	}
	discard(e)
	return nil
}

// observed follows the active node, and reads how far the rekey is from time to time.
func (r *Rekey) observed(s vault.Snapshot) []Effect {
	if found, ok := active(s, r.seat.skip); ok && r.stage == rekeyDone && r.awaits == callNone {
		return r.lookBack(s, found)
	}
	return r.watch(s, r.following())
}

// lookBack asks a confirmed active node again where a snapshot says that the shares are others than in the end. Of a node
// that came to lead since, the snapshot itself is newer than the end.
func (r *Rekey) lookBack(s vault.Snapshot, found Node) []Effect {
	r.seat.snapshot = s
	if out := r.lookAgain(s, found); out != nil {
		return out
	}
	seal := sealOf(seat{snapshot: s, node: found})
	now := size{seal.Threshold, seal.Shares}
	switch {
	case r.fixed() || r.last == (size{}) || now == r.last || now == (size{}):
		return nil
	case !r.seat.agreed.has(found):
		r.replacedSince(now)
		return nil
	}
	r.seat.node = found
	return r.do(callSeal, ReadSeal{Node: found})
}

// following says that the rekey on the server still matters.
func (r *Rekey) following() bool {
	return r.stage >= rekeyApproach && r.stage < rekeyProvingRest &&
		r.verdict == oldInForce || r.stage == rekeyConcluding && r.seat.at == seeking
}
