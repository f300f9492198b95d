package ceremony

import (
	"context"
	"slices"

	"warder/vault/record"
)

// Recorded is a ceremony of which a record is kept. It observes: what the person does and what the machine concludes goes to
// the Recorder, and every effect waits until that is on the disk. It decides one thing only: when that cannot be done, a
// person says whether the ceremony goes on without a record.
type Recorded struct {
	Machine
	book    *Recorder
	stage   recordStage
	held    []Effect // not done, since the record could not be written
	trouble error
	problem string // what was wrong with a note
	head    string // the hash of the last line, once the record has ended
	closing string // how it ended
}

type recordStage int

const (
	recordUnopened recordStage = iota // the first page; there is no file yet
	recordOpen
	recordClosing // the last line is on its way
	recordClosed
)

// Noted is an exception that the people in the room want in the record.
type Noted struct{ Text string }

// Left says that the person wants to leave, so that a record ends.
type Left struct{}

// RecordWritten answers WriteRecord; Head is the last hash, where Over.
type RecordWritten struct {
	Over bool
	Head string
}

// RecordLost says that the record cannot be written, and that Effect was not done for that reason.
type RecordLost struct {
	Effect Effect
	Err    error
}

func (Noted) event()         {}
func (Left) event()          {}
func (RecordWritten) event() {}
func (RecordLost) event()    {}

// WriteRecord puts on the disk what is to be in the record by now, and Last as its last line.
type WriteRecord struct {
	here
	Last *record.Line
}

// Record has a record kept of a ceremony.
func Record(m Machine, book *Recorder) Recorded { return Recorded{Machine: m, book: book} }

// Recorder is what keeps the record.
func (r Recorded) Recorder() *Recorder { return r.book }

// Around has effects done with their lines before and after.
func (r Recorded) Around(do func(context.Context, Effect) Event) func(context.Context, Effect) Event {
	return func(ctx context.Context, e Effect) Event { return r.book.Do(ctx, e, do) }
}

// Unwrap is the ceremony itself.
func (r Recorded) Unwrap() Machine { return r.Machine }

// Unwrapped is a machine without what observes it.
func Unwrapped(m Machine) Machine {
	for {
		w, ok := m.(interface{ Unwrap() Machine })
		if !ok {
			return m
		}
		m = w.Unwrap()
	}
}

// Apply implements Machine.
func (r Recorded) Apply(e Event) (Machine, []Effect) {
	out := r.apply(e)
	if err := r.book.trouble(); err != nil {
		r.trouble = err
	}
	return r, out
}

func (r *Recorded) apply(e Event) []Effect {
	switch e := e.(type) {
	case RecordLost:
		r.lost(e)
		return nil
	case RecordWritten:
		if e.Over && r.stage == recordClosing {
			r.stage, r.head = recordClosed, e.Head
		}
		return nil
	}
	switch {
	case r.stage >= recordClosing:
		discard(e)
		return nil
	case !personal(e):
		return r.follow(e)
	case r.trouble != nil:
		return r.decide(e)
	}
	return r.person(e)
}

// personal says that a person did it, to the ceremony or to its record.
func personal(e Event) bool {
	switch e.(type) {
	case Noted, Left:
		return true
	}
	return fromPerson(e)
}

func (r *Recorded) lost(e RecordLost) {
	r.trouble = e.Err
	if e.Effect != nil && !isWriteRecord(e.Effect) {
		r.held = append(slices.Clip(r.held), e.Effect)
	}
	if r.stage == recordClosing {
		r.stage = recordOpen
	}
}

func isWriteRecord(e Effect) bool {
	_, is := e.(WriteRecord)
	return is
}

// decide takes the word that goes on without a record, and nothing else: what was held back is done then.
func (r *Recorded) decide(e Event) []Effect {
	if _, ok := e.(Confirmed); !ok {
		discard(e)
		return nil
	}
	r.book.goOff()
	out := r.held
	r.trouble, r.held, r.stage = nil, nil, recordOpen
	return out
}

// person takes what somebody did.
func (r *Recorded) person(e Event) []Effect {
	at := r.Machine.Prompt()
	picked, _ := e.(Picked)
	_, left := e.(Left)
	_, over := at.(End)
	switch note, is := e.(Noted); {
	case left && over, over && picked.Key == closeRecord:
		return r.close("The ceremony ended: "+titleOf(at), "ended: "+titleOf(at))
	case left:
		r.write(e, at)
		return r.close(brokenOff+"it was left at the step: "+titleOf(at), brokenOffOutcome)
	case is:
		return r.note(note, at)
	}
	r.problem, r.stage = "", recordOpen
	r.write(e, at)
	return r.follow(e)
}

// note takes an exception. It changes nothing but, where a plan is followed, what may be done next.
func (r *Recorded) note(e Noted, at Prompt) []Effect {
	if r.problem = ""; Unfit(e.Text) != nil {
		r.problem = "Not noted: " + Unfit(e.Text).Error() + "."
		return nil
	}
	r.stage = recordOpen
	r.write(e, at)
	if p, ok := r.Machine.(Planned); ok { // it lets a departure pass
		r.Machine, _ = p.Apply(e)
	}
	return r.flushed(nil)
}

func (r *Recorded) write(e Event, at Prompt) {
	if line, ok := person(e, at, r.book.prints); ok && !r.book.isOff() {
		r.book.add(entry{Line: line})
	}
}

// follow gives the event to the ceremony, and notes what it concludes.
func (r *Recorded) follow(e Event) []Effect {
	said := r.Machine.Notices()
	if fromPerson(e) {
		said = nil // the machine forgets them now, so that one which is there afterwards is said anew
	}
	_, from := r.Machine.Steps()
	var out []Effect
	r.Machine, out = r.Machine.Apply(e)
	if r.stage == recordUnopened || r.book.isOff() {
		return out
	}
	names, to := r.Machine.Steps()
	if to != from && to >= 0 && to < len(names) {
		r.book.add(entry{Line: record.Line{Kind: record.Step, Text: names[to]}})
	}
	for _, n := range r.Machine.Notices() {
		if !slices.Contains(said, n) {
			r.book.add(entry{Line: noticed(n)})
		}
	}
	r.book.remember(titleOf(r.Machine.Prompt()), r.Machine.Account())
	return r.flushed(out)
}

// flushed has what is queued written, also where nothing else is to be done.
func (r *Recorded) flushed(out []Effect) []Effect {
	if len(out) == 0 && r.book.waiting() {
		return []Effect{WriteRecord{}}
	}
	return out
}

// noticed is a remark of the machine as a line.
func noticed(n Notice) record.Line {
	if n.Alarm {
		return record.Line{Kind: record.Alarm, Text: n.Text}
	}
	return record.Line{Kind: record.Step, Text: n.Text}
}

// How a record says that its ceremony did not come to its end.
const (
	brokenOff        = "The ceremony was broken off: "
	brokenOffOutcome = "broken off"
)

// close wipes the ceremony and writes the last line.
func (r *Recorded) close(text, outcome string) []Effect {
	last := record.Line{Text: text, Facts: endFacts(outcome, r.Machine.Account())}
	r.closing, r.stage = text, recordClosing
	r.Machine.Wipe()
	return []Effect{WriteRecord{Last: &last}}
}

// endFacts are how it came out and what is true then.
func endFacts(outcome string, account []string) []record.Fact {
	out := []record.Fact{{Name: "outcome", Value: outcome}}
	for _, a := range account {
		out = append(out, record.Fact{Name: "true then", Value: a})
	}
	return out
}

// Leaves says that leaving has to be told first, so that the record ends.
func (r Recorded) Leaves() bool {
	return r.stage == recordOpen && r.trouble == nil && !r.book.isOff()
}

// Notes says that an exception can be noted now.
func (r Recorded) Notes() bool {
	return r.stage <= recordOpen && r.trouble == nil && !r.book.isOff()
}
