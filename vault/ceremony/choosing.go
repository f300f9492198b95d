package ceremony

import (
	"fmt"
	"strings"
	"time"

	"warder/keys"
)

// choosing is for whom a key is chosen among several that were found in one place.
type choosing struct {
	place string // the file or directory, which the next custodian is offered, too
	found []keys.Candidate
}

// chooser is a clerk who asks which of several keys is meant.
type chooser interface {
	choosesFor() string         // the custodian's name
	chosen(keys.PublicKey) bool // that one is somebody's already
}

// mostSkipped is how many of those that are no keys are named.
const mostSkipped = 8

// which asks for one of the keys that were found.
func (c choosing) which(of chooser, now time.Time) Pick {
	p := Pick{Title: "Which is the key of " + of.choosesFor() + "?", Text: []string{"Found in " + c.place + ". Compare the fingerprint with what its owner says."}}
	var skipped []string
	for _, k := range c.found {
		why := k.Err
		if why == nil {
			why = k.Key.Problem(now)
		}
		switch {
		case why != nil:
			skipped = append(skipped, strings.TrimSpace(k.Source+" ")+": "+why.Error())
		case !of.chosen(k.Key):
			hint := strings.Join(k.Key.UserIDs, ", ")
			if k.Source != "" {
				hint = strings.TrimPrefix(hint+"; "+k.Source, "; ")
			}
			p.Options = append(p.Options, Option{Key: k.Key.Fingerprint, Label: strings.ToUpper(k.Key.Fingerprint), Hint: hint})
		}
	}
	p.Options = append(p.Options, Option{Key: noneOfThese, Label: "None of these", Hint: "another file or directory"})
	if over := len(skipped) - mostSkipped; over > 0 {
		skipped = append(skipped[:mostSkipped:mostSkipped], fmt.Sprintf("and %d more", over))
	}
	if len(skipped) > 0 {
		p.Text = append(p.Text, "Not offered: "+strings.Join(skipped, "; ")+".")
	}
	return p
}

// noneOfThese is the option of who finds his key not among them.
const noneOfThese = "elsewhere"

// fits are the keys that can be chosen.
func (c choosing) fits(of chooser, now time.Time) (out []keys.PublicKey) {
	for _, k := range c.found {
		if k.Err == nil && k.Key.Problem(now) == nil && !of.chosen(k.Key) {
			out = append(out, k.Key)
		}
	}
	return out
}

// choose takes one of them. What was found is forgotten then, and read again for the next custodian.
func (d *desk) choose(c clerk, e Event) ([]Effect, bool) {
	of, able := c.(chooser)
	if !able || len(d.several.found) == 0 {
		return nil, false
	}
	now := d.seat.snapshot.At()
	if _, back := e.(Back); back {
		d.several.found = nil
		return nil, true
	}
	p, ok := e.(Picked)
	if !ok {
		return nil, false
	}
	if p.Key == noneOfThese {
		d.several = choosing{}
		return nil, true
	}
	for _, k := range d.several.fits(of, now) {
		if k.Fingerprint == p.Key {
			d.several.found = nil
			d.fit(c, k)
			return nil, true
		}
	}
	return nil, false
}

// severalFound takes more than one candidate: it asks, where the ceremony can.
func (d *desk) severalFound(c clerk, place string, found []keys.Candidate) {
	of, able := c.(chooser)
	now := d.seat.snapshot.At()
	switch {
	case !able:
		d.problem = fmt.Sprintf("%s holds %d keys: give a file that holds the one that is meant", place, len(found))
	case len(choosing{found: found}.fits(of, now)) == 0:
		d.problem = "no key there can be used: " + strings.Join(choosing{found: found}.reasons(now), "; ")
	default:
		d.problem, d.several = "", choosing{place: place, found: found}
	}
}

// reasons say why not, of the first few.
func (c choosing) reasons(now time.Time) (out []string) {
	for _, k := range c.found[:min(len(c.found), mostSkipped)] {
		why := k.Err
		if why == nil {
			why = k.Key.Problem(now)
		}
		if why == nil {
			why = fmt.Errorf("%s is the key of another custodian", strings.ToUpper(k.Key.Fingerprint))
		}
		out = append(out, strings.TrimPrefix(k.Source+": "+why.Error(), ": "))
	}
	return out
}
