package ceremony

import (
	"io"

	"warder/keys"
)

// challenge has every custodian prove, before anything starts, that he can decrypt what is encrypted to his key: a message for
// him holds a code, which he types back. A key that is the right one and whose private half is lost, on another machine, or
// behind a forgotten passphrase is found out while nothing hangs on it.
type challenge struct {
	owners
	step     challengeStep
	random   io.Reader
	dir      string // where the messages are written
	at       int    // whose turn it is
	code     keys.Secret
	message  string
	written  string   // the file of the message, "" when it is in none
	excepted []string // who did not prove it, by a confirmation
}

type challengeStep int

const (
	challengeNone      challengeStep = iota
	challengeTold                    // what it is for, and where the messages go
	challengeShown                   // the message of one custodian
	challengeTyping                  // the code is typed back
	challengeExcepting               // that he cannot is to be confirmed
	challengeOver
)

// begins takes the owners of the keys.
func (c *challenge) begins(to owners, random io.Reader) {
	*c = challenge{owners: to, step: challengeTold, random: random}
}

// over says that all have proved it, or are excepted.
func (c challenge) over() bool { return c.step == challengeOver }

func (c challenge) holder() string { return c.names[c.at] }

// act is what a person does. The custodians come one after the other, in the order of the shares.
func (c *challenge) act(d *desk, e Event) ([]Effect, bool) {
	switch e := e.(type) {
	case Filled:
		if c.step == challengeTold {
			if dir, ok := d.fileNamed(e.Values["dir"]); ok {
				c.dir = dir
				return c.turn(d), true
			}
			return nil, true
		}
	case Continue:
		if c.step == challengeShown {
			c.step = challengeTyping
			return nil, true
		}
	case GaveSecret:
		if c.step == challengeTyping {
			return c.answered(d, e.Secret), true
		}
	case Picked:
		if c.step == challengeTyping {
			return nil, c.picked(e.Key)
		}
	case Confirmed:
		if c.step == challengeExcepting {
			c.excepted = append(c.excepted[:len(c.excepted):len(c.excepted)], c.holder())
			return c.next(d), true
		}
	}
	return nil, false
}

func (c *challenge) picked(key string) bool {
	switch key {
	case "again":
		c.step = challengeShown
	case "cannot":
		c.step = challengeExcepting
	default:
		return false
	}
	return true
}

// back goes to the step before within the turn of a custodian.
func (c *challenge) back() bool {
	switch c.step {
	case challengeTyping:
		c.step = challengeShown
	case challengeExcepting:
		c.step = challengeTyping
	default:
		return false
	}
	return true
}

// turn makes the code and the message of the one whose turn it is, and has the message written.
func (c *challenge) turn(d *desk) []Effect {
	code, message, err := challengeFor(c.holder(), c.keys[c.at], c.random)
	if err != nil {
		d.problem = err.Error()
		return nil
	}
	d.safe.keep(code)
	c.code, c.message, c.written, c.step = code, message, "", challengeShown
	content := keys.NewSecret([]byte(message))
	d.safe.keep(content)
	return d.do(callStore, StoreSecret{Path: c.file(), Content: []keys.Secret{content}, Text: true})
}

// stored goes on with the file, or without: the message is on the screen, too.
func (c *challenge) stored(d *desk, e Stored) {
	d.awaits = callNone
	if e.Err != nil {
		d.notices.say("The message is on the screen only, and not written to %s: %v.", e.Path, e.Err)
		return
	}
	c.written = e.Path
}

// answered compares the code. Who mistyped tries again: nothing is used up.
func (c *challenge) answered(d *desk, typed keys.Secret) []Effect {
	d.safe.keep(typed)
	defer typed.Wipe()
	if !sameCode(typed, c.code) {
		d.notices.say("That is not the code in the message for %s.", c.holder())
		return nil
	}
	return c.next(d)
}

func (c *challenge) next(d *desk) []Effect {
	c.code.Wipe()
	c.message, c.written = "", ""
	if c.at++; c.at < len(c.keys) {
		return c.turn(d)
	}
	c.step = challengeOver
	return nil
}
