package ceremony

import (
	"strings"

	"warder/keys"
	"warder/vault"
)

// desk is what the ceremonies with the active node have in common: there is one call at a time, so that no answer is taken
// for another's, and a write whose outcome is not known is followed by a read.
type desk struct {
	safe    *safe
	prints  *keys.Fingerprinter
	seat    seat
	awaits  call
	reason  reason // why it is read how far things are
	refusal error
	set     tally // what was given here
	problem string
	several choosing // keys of which one is to be chosen
	fate    []string // what became of it
	next    Event    // what a person did while a read was under way
	meant   string   // the nonce of what he did it to
	notices remarks
}

// call is the one call whose answer has not come.
type call int

const (
	callNone call = iota
	callRead
	callStart
	callCancel
	callGive
	callProve
	callRestart
	callKey
	callStore
	callSeal
	callLook
	callWrap
	callRevoke
	callFormer
	callInit
	callJoin
	callFile
	callRaft
)

// clerk is what a ceremony has of its own at the desk.
type clerk interface {
	act(Event) ([]Effect, bool) // what a person did; false where it does not belong to the stage
	answer(Event) []Effect      // what servers and files say
	keyFound(keys.PublicKey)    // a public key that is fit
	nonce() string              // of what is under way
	local() bool                // the stage asks nothing of a server
}

// take gives an event to the ceremony.
func (d *desk) take(c clerk, e Event) []Effect {
	switch {
	case d.safe.shut:
		discard(e)
		return nil
	case !fromPerson(e):
		return append(d.hear(c, e), d.resume(c)...)
	}
	d.notices = nil
	if d.polls() && !c.local() {
		d.later(c, e)
		return nil
	}
	return d.person(c, e)
}

// hear takes what servers and files say.
func (d *desk) hear(c clerk, e Event) []Effect {
	switch e := e.(type) {
	case NotActive:
		d.notActive(e)
		return nil
	case DoorsFound:
		return d.seat.doorsFound(e)
	case PublicKeyRead:
		d.keyRead(c, e)
		return nil
	}
	return c.answer(e)
}

// polls says that it is being read how far things are, and nothing hangs on it.
func (d *desk) polls() bool { return d.awaits == callRead && d.reason == plainly }

// free says that a person may ask something of the active node now.
func (d *desk) free() bool { return d.awaits == callNone && d.seat.at == seated }

// later keeps what a person did until the read is answered.
func (d *desk) later(c clerk, e Event) {
	d.safe.keep(secretsOf(e)...)
	if d.next != nil {
		discard(e)
		return
	}
	d.next, d.meant = e, c.nonce()
}

// resume does what a person did meanwhile, if it still is about what was on the screen.
func (d *desk) resume(c clerk) []Effect {
	next := d.next
	if next == nil || d.awaits != callNone {
		return nil
	}
	d.next = nil
	if c.nonce() == d.meant {
		return d.person(c, next)
	}
	discard(next)
	d.notices.alarm("Nothing was done: what is under way is not what was on the screen.")
	return nil
}

// person takes what somebody did. What does not belong to the stage changes nothing.
func (d *desk) person(c clerk, e Event) []Effect {
	if d.awaits == callNone || d.polls() && c.local() {
		if out, ok := d.choose(c, e); ok {
			return out
		}
		if out, ok := c.act(e); ok {
			return out
		}
	}
	discard(e)
	d.notices.say("Nothing was done: that does not belong here.")
	return nil
}

// approach is what can be done while the active node is not found or lets nobody in.
func (d *desk) approach(e Event) ([]Effect, bool) {
	switch e.(type) {
	case Continue:
		if d.seat.at == shut {
			return d.seat.knock(), true
		}
	case Confirmed:
		if d.seat.at == agreeing {
			return d.seat.confirmed(), true
		}
	}
	return nil, false
}

// watch follows the active node, and reads from time to time how far things are, where that still matters.
func (d *desk) watch(s vault.Snapshot, matters bool) []Effect {
	out, reads := d.seat.observed(s, matters && d.awaits == callNone)
	if reads {
		d.awaits, d.reason = callRead, plainly
	}
	return out
}

// do notes what is awaited.
func (d *desk) do(c call, e Effect) []Effect {
	d.awaits = c
	return []Effect{e}
}

// reread asks what is true after a write whose outcome has to be read.
func (d *desk) reread(why reason) []Effect {
	d.reason = why
	return d.do(callRead, d.seat.read(d.seat.node, d.seat.doors))
}

// waiting says what is awaited. completes says that the share under way is the last one.
func (d *desk) waiting(what string, completes bool) Wait {
	w := Wait{Title: "Waiting for " + d.seat.node.Name, Text: []string{"The answer is awaited."}}
	switch d.awaits {
	case callGive:
		w.Hold = completes
		w.Text = []string{"The share is on its way. Its answer comes to this console only: do not leave before it is there."}
	case callRead:
		w.Text = []string{"It is read how far the " + what + " is, before anything else is done."}
	}
	return w
}

// keyNamed takes a public key as text, or the name of the file that holds it.
func (d *desk) keyNamed(c clerk, text string) []Effect {
	if text = strings.TrimSpace(text); text == "" {
		d.problem = "a file, or the key in base64, has to be given"
		return nil
	}
	key, err := keys.ParsePublicKey([]byte(text))
	if err != nil {
		return d.do(callKey, ReadPublicKey{Path: text})
	}
	d.fit(c, key)
	return nil
}

func (d *desk) keyRead(c clerk, e PublicKeyRead) {
	if d.awaits != callKey {
		return
	}
	d.awaits = callNone
	if e.Err != nil {
		d.problem = e.Err.Error()
		return
	}
	if len(e.Found) > 0 {
		d.severalFound(c, e.Place, e.Found)
		return
	}
	d.fit(c, e.Key)
}

// fit takes a key that can be encrypted to.
func (d *desk) fit(c clerk, key keys.PublicKey) {
	if err := key.Problem(d.seat.snapshot.At()); err != nil {
		d.problem = err.Error()
		return
	}
	d.problem = ""
	c.keyFound(key)
}

// fileNamed takes where a secret goes.
func (d *desk) fileNamed(path string) (named string, ok bool) {
	if d.problem = ""; strings.TrimSpace(path) == "" {
		d.problem = "a file has to be named"
	}
	return strings.TrimSpace(path), d.problem == ""
}

// Wipe implements Machine.
func (d desk) Wipe() { d.safe.close() }

// Notices implements Machine.
func (d desk) Notices() []Notice { return d.notices }
