package ceremony

import (
	"io"
	"slices"
	"strings"

	"warder/keys"
)

// handing is the way of shares to their custodians, step by step: ciphertexts to a file before anybody sees them, then one
// custodian after the other.
type handing struct {
	handout
	step   handStep
	random io.Reader // for the places of the characters that are typed back
	what   string    // how the shares are called
	whose  []string  // the custodians so far, and of ciphertexts all, in the order of the keys
	prints []string  // of the keys
	path   string    // where ciphertexts go
}

type handStep int

const (
	handNone         handStep = iota // nothing is handed out
	handStoring                      // the ciphertexts need a file
	handUnstored                     // they could not be written: which way out
	handUnsaved                      // that they are shown without a file is to be confirmed
	handNaming                       // who is the next custodian
	handRevealing                    // one share is shown
	handTypingBack                   // some of its characters are typed back
	handAcknowledged                 // all are handed out, which is to be acknowledged
	handOver
)

// begins takes the shares. From here on no other console has them.
func (h *handing) begins(d *desk, shares []keys.Secret, to owners) []Effect {
	h.handout = handout{shares: shares, encrypted: len(to.keys) > 0}
	h.whose, h.prints = to.names, printsOf(to.keys)
	if h.encrypted {
		return h.store(d)
	}
	h.next(d)
	return nil
}

// lone is how many shares are in this console and nowhere else.
func (h handing) lone() int {
	if h.saved {
		return 0
	}
	return h.left()
}

func (h handing) holder() string {
	if h.at < len(h.whose) {
		return h.whose[h.at]
	}
	return ""
}

// store writes the ciphertexts before anybody sees them. Without a path it asks for one.
func (h *handing) store(d *desk) []Effect {
	h.step = handStoring
	if h.path == "" {
		return nil
	}
	notes := notesFor(h.path, h.what, h.whose, h.prints)
	h.noted = len(notes) == len(h.shares)
	if !h.noted {
		notes = nil
	}
	return d.do(callStore, StoreSecret{Path: h.path, Content: h.shares, Notes: notes})
}

// stored goes on to the custodians, or to the ways out: nothing but this console has the ciphertexts.
func (h *handing) stored(d *desk, e Stored) {
	if e.Err != nil {
		d.problem, h.elsewhere, h.step = e.Err.Error(), e.Elsewhere, handUnstored
		return
	}
	d.problem, h.saved = "", true
	d.notices.say("The encrypted shares are in %s, one a line, in the order of the custodians.", e.Path)
	h.next(d)
}

// next asks for the next name, or takes the one given with the key.
func (h *handing) next(d *desk) {
	d.problem = ""
	switch {
	case h.complete():
		h.step = handAcknowledged
	case h.encrypted && h.at < len(h.whose):
		h.step = handRevealing
	default:
		h.step = handNaming
	}
}

// act is what a person does.
func (h *handing) act(d *desk, e Event) ([]Effect, bool) {
	switch e := e.(type) {
	case Back:
		return nil, h.back(d)
	case Picked:
		if h.step == handUnstored {
			return h.wayOut(d, e.Key)
		}
	case Filled:
		return h.filled(d, e.Values)
	case Shown:
		if h.step == handRevealing {
			h.hidden(d)
			return nil, true
		}
	case GaveSecret:
		if h.step == handTypingBack {
			h.typedBack(d, e.Secret)
			return nil, true
		}
	case Confirmed:
		switch h.step {
		case handUnsaved:
			h.next(d)
			return nil, true
		case handAcknowledged:
			h.step = handOver
			return nil, true
		}
	}
	return nil, false
}

func (h *handing) back(d *desk) bool {
	if h.step != handStoring && h.step != handUnsaved || h.path == "" {
		return false
	}
	h.step, d.problem = handUnstored, ""
	return true
}

func (h *handing) filled(d *desk, v map[string]string) ([]Effect, bool) {
	switch h.step {
	case handStoring:
		path, ok := d.fileNamed(v["path"])
		if !ok {
			return nil, true
		}
		h.path = path
		return h.store(d), true
	case handNaming:
		name := strings.TrimSpace(v["name"])
		if d.problem = h.nameProblem(name); d.problem == "" {
			h.whose = append(h.whose[:h.at:h.at], name)
			h.step = handRevealing
		}
		return nil, true
	}
	return nil, false
}

func (h *handing) wayOut(d *desk, key string) ([]Effect, bool) {
	switch at := slices.Index(h.elsewhere, key); {
	case at >= 0:
		h.path = key
		return h.store(d), true
	case key == "path":
		h.step, d.problem = handStoring, ""
	case key == "show":
		h.step = handUnsaved
	default:
		return nil, false
	}
	return nil, true
}

// hidden ends a reveal. What was written down is proved before it is the next one's turn.
func (h *handing) hidden(d *desk) {
	if h.encrypted {
		h.handout.next(h.holder(), d.prints)
		h.next(d)
		return
	}
	if err := h.draw(h.random); err != nil {
		d.notices.say("The share is shown once more: no randomness (%v).", err)
		return
	}
	h.step = handTypingBack
}

// typedBack compares some characters. Who has them wrong sees the share again.
func (h *handing) typedBack(d *desk, s keys.Secret) {
	d.safe.keep(s)
	defer s.Wipe()
	if !h.matches(s) {
		d.notices.say("%s", slipped(h.holder()))
		h.step = handRevealing
		return
	}
	h.handout.next(h.holder(), d.prints)
	h.next(d)
}

// prompt is what is asked. note is what is true of the keys meanwhile.
func (h handing) prompt(d desk, note string) Prompt {
	switch h.step {
	case handStoring:
		return askSharesFile(h.what, d.problem)
	case handUnstored:
		return h.waysOut(h.path, d.problem, note)
	case handUnsaved:
		return askUnsaved(note)
	case handRevealing:
		return h.reveal(h.what, h.holder(), h.path)
	case handTypingBack:
		return h.typeBack(h.what, h.holder())
	case handAcknowledged:
		return h.acknowledge(h.what, h.path, note)
	}
	return h.askName(h.what, d.problem, note)
}
