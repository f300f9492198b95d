package ceremony

import (
	"fmt"
	"slices"

	"warder/keys"
)

// nextCustodian asks for the next name, or takes the one given with the key.
func (r *Rekey) nextCustodian() {
	r.problem = ""
	switch {
	case r.made.complete():
		r.stage = rekeyHandedOut
	case r.made.encrypted && r.made.at < len(r.plan.names):
		r.stage = rekeyRevealing
	default:
		r.stage = rekeyNaming
	}
}

// named begins the turn of a custodian. Two of one name could not be told apart afterwards.
func (r *Rekey) named(name string) {
	switch {
	case name == "":
		r.problem = "the custodian has to be named"
		return
	case slices.Contains(r.made.names, name):
		r.problem = name + " has a share already: whoever has two counts twice"
		return
	}
	r.plan.names = append(r.plan.names[:r.made.at:r.made.at], name)
	r.problem, r.stage = "", rekeyRevealing
}

func (r Rekey) holder() string {
	if r.made.at < len(r.plan.names) {
		return r.plan.names[r.made.at]
	}
	return ""
}

// hidden ends a reveal. What was written down is proved before it is the next one's turn.
func (r *Rekey) hidden() {
	if r.made.encrypted {
		r.made.next(r.holder(), r.prints)
		r.nextCustodian()
		return
	}
	if err := r.made.draw(r.random); err != nil {
		r.notices.say("The share is shown once more: no randomness (%v).", err)
		return
	}
	r.stage = rekeyTypingBack
}

// typedBack compares some characters. Who has them wrong sees the share again.
func (r *Rekey) typedBack(s keys.Secret) {
	r.safe.keep(s)
	defer s.Wipe()
	if !r.made.matches(s) {
		r.notices.say("Those are not the characters. The share is shown to %s again: compare it letter by letter, capitals too.", r.holder())
		r.stage = rekeyRevealing
		return
	}
	r.made.next(r.holder(), r.prints)
	r.nextCustodian()
}

// acknowledged leaves the handing out.
func (r *Rekey) acknowledged() []Effect {
	if r.verdict == newInForce {
		return r.askVerdict()
	}
	r.stage = rekeyProvingSome
	return nil
}

func (r Rekey) reveal() Reveal {
	at, n := r.made.at+1, len(r.made.shares)
	p := Reveal{Title: fmt.Sprintf("New share %d of %d", at, n), Holder: r.holder(), Secret: r.made.shares[r.made.at], Binary: true}
	if r.made.encrypted {
		p.Title = fmt.Sprintf("Encrypted share %d of %d", at, n)
		p.Text = []string{"It is in " + r.plan.path + " already. Only " + r.holder() + " can read it."}
		if !r.made.saved {
			p.Text = []string{"It is in no file and not shown again. Only " + r.holder() + " can read it, and takes it down now."}
		}
		return p
	}
	p.Text = []string{"For the eyes of " + r.holder() + " alone. Write it down: it is not shown again once it is proved that it was. Blanking the screen does not use it up."}
	return p
}

func (r Rekey) typeBack() TypeBack {
	return TypeBack{Title: fmt.Sprintf("New share %d of %d: is it written down?", r.made.at+1, len(r.made.shares)), Positions: r.made.positions, Text: []string{
		r.holder() + " types these characters of the share, from what was written down, without blanks between them.",
	}}
}

func (r Rekey) name() Fill {
	return Fill{
		Title: fmt.Sprintf("Who gets new share %d of %d?", r.made.at+1, len(r.made.shares)), Problem: r.problem,
		Text: []string{
			"One custodian at a time. The others look away; the screen is blank until the one named here is in front of it.",
			r.inForce(),
		},
		Fields: []Field{{Key: "name", Label: "Name"}},
	}
}

func (r Rekey) handedOut() TypeOut {
	p := TypeOut{Title: "All new shares are handed out", Want: "all shares are written down", Text: []string{
		"They went to " + list(r.made.names) + ". This console has forgotten them.",
	}}
	if r.made.encrypted {
		p.Want = "all shares are handed out"
		p.Text = []string{"They are in " + r.plan.path + ", encrypted for " + list(r.made.names) + "."}
		if !r.made.saved {
			p.Text = []string{"They were shown, encrypted, to " + list(r.made.names) + ", and are in no file."}
		}
	}
	p.Text = append(p.Text, r.inForce())
	return p
}
