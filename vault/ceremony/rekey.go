package ceremony

import (
	"io"

	"warder/keys"
	"warder/vault"
)

// Rekey replaces the shares of the barrier key or of the recovery key. The old ones stay in force until the new ones were
// given back, which is the verification; without it, until the last old share came.
type Rekey struct {
	safe    *safe
	prints  *keys.Fingerprinter
	random  io.Reader // for the places of the characters that are typed back
	seat    seat
	stage   rekeyStage
	awaits  rekeyCall
	reason  reason // why it is read
	refusal error
	plan    rekeyPlan
	old     vault.SealStatus // the active node's word on the shares in force, when it began
	state   vault.Rekey      // as the server last told it
	verify  vault.RekeyVerify
	joined  bool  // others began it
	set     tally // of old shares, and then of new ones
	made    handout
	problem string
	verdict rekeyVerdict
	last    size // what the active node said in the end
	fate    []string
	next    Event  // what a person did while a read was under way
	meant   string // the nonce of what he did it to
	notices remarks
}

// rekeyPlan is what is to be begun.
type rekeyPlan struct {
	kind   vault.KeyKind
	config vault.RekeyConfig
	keys   []keys.PublicKey
	names  []string // of the owners of the keys
	path   string   // where ciphertexts go
}

// NewRekey begins, or joins what is under way. skipVerify says that TLS is not verified.
func NewRekey(snapshot vault.Snapshot, skipVerify bool, prints *keys.Fingerprinter, random io.Reader) Rekey {
	r := Rekey{safe: &safe{}, prints: prints, random: random, seat: seat{snapshot: snapshot, skip: skipVerify}}
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
	if r.safe.shut {
		discard(e)
		return r, nil
	}
	if fromPerson(e) {
		r.notices = nil
		if r.polls() && !r.local() {
			r.later(e)
			return r, nil
		}
		return r, r.person(e)
	}
	out := r.answer(e)
	if next := r.next; next != nil && r.awaits == rekeyIdle {
		r.next = nil
		if r.state.Nonce != r.meant {
			discard(next)
			r.notices.alarm("Nothing was done: what is under way is not what was on the screen.")
			return r, out
		}
		out = append(out, r.person(next)...)
	}
	return r, out
}

// polls says that it is being read how far things are, and nothing hangs on it.
func (r Rekey) polls() bool {
	return r.awaits == rekeyReads && r.reason == plainly && r.stage != rekeyApproach
}

// later keeps what a person did until the read is answered: there is one call at a time, so that no answer is taken for
// another's.
func (r *Rekey) later(e Event) {
	r.safe.keep(secretsOf(e)...)
	if r.next != nil {
		discard(e)
		return
	}
	r.next, r.meant = e, r.state.Nonce
}

// answer takes what servers and files say.
func (r *Rekey) answer(e Event) []Effect {
	switch e := e.(type) {
	case Observed:
		return r.observed(e.Snapshot)
	case NotActive:
		return r.notActive(e)
	case DoorsFound:
		return r.seat.doorsFound(e)
	case RekeyRead:
		return r.rekeyRead(e)
	case RekeyGiven:
		return r.given(e)
	case VerifyGiven:
		return r.proved(e)
	case Unsealed:
		return r.conclude(e)
	case PublicKeyRead:
		return r.keyRead(e)
	case Stored:
		return r.stored(e)
	}
	discard(e)
	return nil
}

// observed follows the active node, and reads how far the rekey is from time to time.
func (r *Rekey) observed(s vault.Snapshot) []Effect {
	if found, ok := active(s, r.seat.skip); ok && r.stage == rekeyDone && r.awaits == rekeyIdle {
		return r.lookBack(s, found)
	}
	idle := r.awaits == rekeyIdle && r.following()
	out, reads := r.seat.observed(s, idle)
	if reads {
		r.awaits, r.reason = rekeyReads, plainly
	}
	return out
}

// lookBack asks a confirmed active node again where a snapshot says that the shares are others than in the end. Of a node
// that came to lead since, the snapshot itself is newer than the end.
func (r *Rekey) lookBack(s vault.Snapshot, found Node) []Effect {
	r.seat.snapshot = s
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
	return r.do(rekeyReadsSeal, ReadSeal{Node: found})
}

// following says that the rekey on the server still matters.
func (r *Rekey) following() bool {
	return r.stage >= rekeyApproach && r.stage != rekeyProvingRest && r.stage != rekeyDone && r.stage != rekeyConcluding &&
		r.verdict == oldInForce || r.stage == rekeyConcluding && r.seat.at == seeking
}

// do notes what is awaited.
func (r *Rekey) do(c rekeyCall, e Effect) []Effect {
	r.awaits = c
	return []Effect{e}
}

// reread asks what is true after a write whose outcome has to be read.
func (r *Rekey) reread(why reason) []Effect {
	r.reason = why
	return r.do(rekeyReads, ReadRekey{Node: r.seat.node, Doors: r.seat.doors, Kind: r.plan.kind})
}

// notActive ends what was awaited: nothing was sent.
func (r *Rekey) notActive(e NotActive) []Effect {
	was := r.awaits
	switch {
	case r.seat.at == knocking:
		r.seat.lose(e)
		return nil
	case was == rekeyIdle, was == rekeyStores, was == rekeyReadsKey:
		return nil
	}
	r.awaits = rekeyIdle
	r.set.drop()
	switch {
	case was == rekeyReads:
		r.notices.unread(r.seat.node.Name, r.reason, e.Err)
	case e.Err != nil:
		r.notices.say("%s could not be asked (%s). Nothing was sent.", r.seat.node.Name, vault.Reason(e.Err))
	case was == rekeyGives || was == rekeyProves:
		r.notices.alarm("%s is not the active node any more. The share was not sent.", r.seat.node.Name)
	default:
		r.notices.say("%s is not the active node any more. Nothing was sent.", r.seat.node.Name)
	}
	r.seat.lose(e)
	return nil
}

// Wipe implements Machine.
func (r Rekey) Wipe() { r.safe.close() }

// Notices implements Machine.
func (r Rekey) Notices() []Notice { return r.notices }
