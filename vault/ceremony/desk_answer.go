package ceremony

import (
	"warder/keys"
	"warder/vault"
)

// give examines a share as one of n and sends it, once: no share goes to the active node by another way. fits says what else
// it has to be.
func (d *desk) give(c call, s keys.Share, n int, fits func(keys.Trace) error, send func(keys.Secret) Effect) []Effect {
	d.safe.keep(s.Secret())
	err := d.set.takes(s, n, d.prints)
	if err == nil {
		err = fits(d.set.last)
	}
	if err != nil {
		d.set.drop()
		s.Wipe()
		d.notices.say("Not sent: %v.", err)
		return nil
	}
	return d.do(c, send(s.Secret()))
}

// anyShare is what a share has to be that nobody here can recognise.
func anyShare(keys.Trace) error { return nil }

// failed takes the error of an answer to a share: it was not sent, or what became of it is read. It is false without one.
func (d *desk) failed(err error) ([]Effect, bool) {
	switch {
	case err == nil:
		return nil, false
	case unsent(err):
		d.set.drop()
		d.notices.say("The share was not sent: %s.", vault.Reason(err))
		d.seat.lose(NotActive{Err: err})
		return nil, true
	case lost(err):
		return d.reread(afterLost), true
	}
	d.refusal = err
	return d.reread(afterRefusal), true
}

// settle says what the status tells of the share given last, and of what others gave.
func (d *desk) settle(why reason, before, now progress) {
	switch why {
	case afterLost:
		d.set.settleLost(&d.notices, before, now)
	case afterRefusal:
		d.set.settleRefused(&d.notices, before, now, d.refusal)
	default:
		d.set.compare(&d.notices, before, now)
	}
}

// answered takes an answer about the whole, where it is the one awaited.
func (d *desk) answered(op string, err error, started, read func() []Effect) (out []Effect, ok bool) {
	was := d.awaits
	switch {
	case op == "start" && was == callStart:
		d.awaits = callNone
		return started(), true
	case op == "cancel" && was == callCancel:
		d.refusal = err
		return d.reread(afterCancel), true
	case op == "read" && (was == callRead || was == callNone && d.seat.at == knocking):
		d.awaits = callNone
		if err != nil {
			return d.unread(err), true
		}
		d.seat.sit()
		return read(), true
	}
	return nil, false
}

// unread tries the next endpoints, or looks for the active node again.
func (d *desk) unread(err error) []Effect {
	if out, ok := d.seat.refused(err); ok {
		return out
	}
	if d.reason == afterLost || d.reason == afterRefusal {
		d.set.drop()
		d.notices.unread(d.seat.node.Name, d.reason, err)
	}
	d.seat.lose(NotActive{Err: err})
	return nil
}

// notActive ends what was awaited: nothing was sent.
func (d *desk) notActive(e NotActive) {
	was, name := d.awaits, d.seat.node.Name
	switch {
	case d.seat.at == knocking:
		d.seat.lose(e)
		return
	case was == callNone, was == callStore, was == callKey, was == callFormer:
		return
	}
	d.awaits = callNone
	d.set.drop()
	switch {
	case was == callRead:
		d.notices.unread(name, d.reason, e.Err)
	case e.Err != nil:
		d.notices.say("%s could not be asked (%s). Nothing was sent.", name, vault.Reason(e.Err))
	case was == callGive || was == callProve:
		d.notices.alarm("%s is not the active node any more. The share was not sent.", name)
	default:
		d.notices.say("%s is not the active node any more. Nothing was sent.", name)
	}
	d.seat.lose(e)
}
