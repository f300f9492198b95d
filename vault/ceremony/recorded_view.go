package ceremony

import (
	"slices"

	"warder/vault/record"
)

// closeRecord is the option that ends the record at the end of a ceremony.
const closeRecord = "close-record"

// Prompt implements Machine.
func (r Recorded) Prompt() Prompt {
	switch {
	case r.stage == recordClosed:
		return r.closed()
	case r.trouble != nil:
		return r.askWithout()
	case r.stage == recordClosing:
		return Wait{Title: "The record", Text: []string{"Its last line is written."}}
	}
	p := r.Machine.Prompt()
	switch t := p.(type) {
	case Tell:
		if r.stage == recordUnopened {
			t.Text = append([]string{"Record: " + r.book.Path() + ". It begins when you go on, and holds no secret. ctrl+n notes an exception in it."}, t.Text...)
			return t
		}
	case End:
		if !r.book.isOff() {
			t.Options = append(slices.Clip(t.Options), Option{Key: closeRecord, Label: "End the record", Hint: "its last hash is shown then, for the witnesses to write down"})
			return t
		}
	}
	return p
}

// askWithout tells that the record cannot be written, before anything else is done.
func (r Recorded) askWithout() Prompt {
	text := []string{
		"Why: " + r.trouble.Error() + ".",
		"What was to be sent next is held back: nothing of it was sent.",
		"Leave (esc) and mend that, or go on without a record: from here on nothing is written down.",
	}
	return TypeOut{Title: "The record cannot be written", Want: "no record", Text: text}
}

// closed shows what witnesses write down.
func (r Recorded) closed() Prompt {
	if r.head == "" {
		return End{Title: "The ceremony is left", Text: []string{"No record was kept."}}
	}
	half := len(r.head) / 2
	return End{Title: "The record's last hash, to be written down", Good: true, Text: []string{
		record.Spoken(r.head[:half]), record.Spoken(r.head[half:]),
		"Each witness writes it down: it alone proves later that no line was changed.",
		"File: " + r.book.Path(),
		r.closing + ".",
	}}
}

// Notices implements Machine.
func (r Recorded) Notices() []Notice {
	if r.stage >= recordClosing {
		return nil
	}
	out := r.Machine.Notices()
	if r.problem != "" {
		out = append(slices.Clip(out), Notice{Alarm: true, Text: r.problem})
	}
	return out
}

// Marks stand on every screen of the ceremony.
func (r Recorded) Marks() []string {
	var out []string
	if m, ok := r.Machine.(interface{ Marks() []string }); ok {
		out = m.Marks()
	}
	if r.book.isOff() {
		out = append(out, "no record")
	}
	return out
}

// Cancel implements Canceller.
func (r Recorded) Cancel() (Option, bool) {
	c, able := r.Machine.(Canceller)
	if !able || r.trouble != nil || r.stage >= recordClosing {
		return Option{}, false
	}
	return c.Cancel()
}

// Backs implements Backer.
func (r Recorded) Backs() bool {
	b, able := r.Machine.(Backer)
	return able && r.trouble == nil && r.stage < recordClosing && b.Backs()
}

// Keeps implements Keeper.
func (r Recorded) Keeps() string {
	k, able := r.Machine.(Keeper)
	if !able || r.stage >= recordClosing {
		return ""
	}
	return k.Keeps()
}
