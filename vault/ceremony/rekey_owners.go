package ceremony

import (
	"time"

	"warder/keys"
)

// The way of the PGP keys: read, compared with last time, and proved by their owners.

// asksOwners begins to ask for the keys, with the roster if there is one.
func (r *Rekey) asksOwners() []Effect {
	r.stage, r.problem, r.several, r.check = rekeyKeying, "", choosing{}, challenge{}
	return r.do(callKey, ReadRoster{Cluster: clusterOf(r.seat.snapshot)})
}

func (r *Rekey) rosterRead(e RosterRead) {
	if r.awaits != callKey {
		return
	}
	r.awaits = callNone
	if e.Err != nil {
		r.notices.alarm("%v. What changed since last time is not known: compare every fingerprint.", e.Err)
		return
	}
	r.plan.last = e.Roster
}

func (r Rekey) choosesFor() string { return r.plan.names[len(r.plan.names)-1] }

func (r Rekey) chosen(key keys.PublicKey) bool { return r.plan.has(key) }

// askKey asks for the next key, in the place where the last one was found.
func (r Rekey) askKey() Prompt {
	if len(r.several.found) > 0 {
		return r.several.which(r, r.seat.snapshot.At())
	}
	p := r.plan.ask(r.plan.config.Shares, r.problem)
	p.Fields[1].Default = r.several.place
	return p
}

// keysAgreed goes on once the fingerprints were compared.
func (r *Rekey) keysAgreed() {
	if len(r.plan.changes()) > 0 {
		r.stage = rekeyComparing
		return
	}
	if !r.plan.last.Empty() {
		r.notices.say("The custodians and their keys are those of %s.", r.plan.last.Saved.Format(time.DateOnly))
	}
	r.challenges()
}

func (r *Rekey) challenges() {
	r.stage = rekeyChallenging
	r.check.begins(r.plan.owners, r.random)
}

// challenged gives the challenge what a person did.
func (r *Rekey) challenged(e Event) ([]Effect, bool) {
	out, ok := r.check.act(&r.desk, e)
	if r.check.over() {
		r.stage = rekeyBacking
	}
	return out, ok
}

// remember keeps the roster once the new shares are in force, and nothing more urgent is on its way.
func (r *Rekey) remember() []Effect {
	if r.kept || r.awaits != callNone || r.verdict != newInForce || r.joined || len(r.plan.keys) == 0 || r.safe.shut {
		return nil
	}
	r.kept = true
	return []Effect{r.plan.keep(r.seat.snapshot)}
}
