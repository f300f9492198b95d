package ceremony

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"warder/keys"
	"warder/vault/record"
)

// Recorder writes down what a ceremony does, around the Runner that does it: what the person did and the request are on the
// disk before anything is sent, and the answer after. When a line cannot be written nothing more is sent.
type Recorder struct {
	create func() (*record.Writer, error)
	path   string
	prints *keys.Fingerprinter

	queued sync.Mutex // held shortly: a machine adds lines while a screen waits
	queue  []entry
	step   string // where the ceremony was last, and what was true then: for an end that comes without a word
	state  []string
	err    error
	off    bool

	disk sync.Mutex // held while lines are written, in their order
	file *record.Writer
	over bool
	met  map[string]bool   // nodes that were named with address and certificate
	told map[string]string // what each read brought last
}

// entry is a line with the node that it is about.
type entry struct {
	record.Line
	to Node
}

// add puts lines in the queue. It waits for no disk.
func (r *Recorder) add(lines ...entry) {
	r.queued.Lock()
	defer r.queued.Unlock()
	r.queue = append(r.queue, lines...)
}

func (r *Recorder) waiting() bool {
	r.queued.Lock()
	defer r.queued.Unlock()
	return len(r.queue) > 0
}

// trouble is why nothing is written any more, unless somebody decided to go on without.
func (r *Recorder) trouble() error {
	r.queued.Lock()
	defer r.queued.Unlock()
	if r.off {
		return nil
	}
	return r.err
}

// goOff is the decision to go on without a record.
func (r *Recorder) goOff() {
	r.queued.Lock()
	defer r.queued.Unlock()
	r.off, r.queue = true, nil
}

func (r *Recorder) isOff() bool {
	r.queued.Lock()
	defer r.queued.Unlock()
	return r.off
}

// Path is the file of the record.
func (r *Recorder) Path() string { return r.path }

// Do does an effect by do, between the lines of the record. An effect that was not done since the record cannot be written
// comes back in RecordLost, and nothing of it was sent.
func (r *Recorder) Do(ctx context.Context, e Effect, do func(context.Context, Effect) Event) Event {
	to, _ := e.addressee()
	line, writes := request(e)
	if writes {
		r.add(entry{line, to})
	}
	if err := r.flush(); err != nil {
		return RecordLost{Effect: e, Err: err}
	}
	if w, only := e.(WriteRecord); only {
		return r.written(w)
	}
	out := do(ctx, e)
	if said := answer(out); writes || r.news(e, to, said) {
		r.add(entry{said, to})
		_ = r.flush() // the answer must reach the machine all the same, which finds the trouble at its next event
	}
	return out
}

// news says that a read brought something else than the one before it.
func (r *Recorder) news(e Effect, to Node, said record.Line) bool {
	r.disk.Lock()
	defer r.disk.Unlock()
	key, now := fmt.Sprintf("%T %s", e, to.Address), fmt.Sprint(said.Text, said.Nonce, said.Facts)
	old := r.told[key]
	r.told[key] = now
	return old != now
}

func (r *Recorder) written(w WriteRecord) Event {
	if w.Last == nil {
		return RecordWritten{}
	}
	r.disk.Lock()
	defer r.disk.Unlock()
	if r.isOff() || r.file == nil {
		return RecordWritten{Over: true}
	}
	if err := r.file.Close(w.Last.Text, w.Last.Facts...); err != nil {
		r.fail(err)
		return RecordLost{Err: err}
	}
	r.over = true // an answer that comes later finds the last line written
	return RecordWritten{Over: true, Head: r.file.Head()}
}

// flush writes what is queued, and begins the file before the first line.
func (r *Recorder) flush() error {
	r.disk.Lock()
	defer r.disk.Unlock()
	r.queued.Lock()
	lines, err, off := r.queue, r.err, r.off
	r.queue = nil
	r.queued.Unlock()
	switch {
	case off || r.over || err == nil && len(lines) == 0:
		return nil
	case err != nil:
		return err
	case r.file == nil:
		if r.file, err = r.create(); err != nil {
			r.fail(err)
			return err
		}
	}
	for _, l := range lines {
		if err := r.file.Add(r.introduced(l)); err != nil {
			r.fail(err)
			return err
		}
	}
	return nil
}

func (r *Recorder) fail(err error) {
	r.queued.Lock()
	defer r.queued.Unlock()
	r.err = err
}

// introduced names the node, and with its address and certificate where it comes first or shows another one.
func (r *Recorder) introduced(e entry) record.Line {
	l, n := e.Line, e.to
	if n.Address == "" {
		return l
	}
	l.Node = n.Name
	if key := n.Address + " " + n.Certificate; !r.met[key] {
		r.met[key] = true
		l.Facts = append([]record.Fact{{Name: "address", Value: n.Address}, {Name: "certificate (SHA-256)", Value: proof(n)}}, l.Facts...)
	}
	return l
}

// BreakOff ends a record whose ceremony was not left by a person's word: the program ends. It writes, and so is not for a
// model's Update. Without a line so far there is no file, and none is made.
func (r *Recorder) BreakOff(why string) error {
	r.disk.Lock()
	begun := r.file != nil
	r.disk.Unlock()
	if !begun || r.isOff() {
		return nil
	}
	err := r.flush()
	step, state := r.last()
	r.disk.Lock()
	defer r.disk.Unlock()
	r.over = true
	return errors.Join(err, r.file.Close(brokenOff+why+" at the step: "+step, endFacts(brokenOffOutcome, state)...))
}

func (r *Recorder) last() (step string, account []string) {
	r.queued.Lock()
	defer r.queued.Unlock()
	return r.step, r.state
}

// remember keeps what is true now for an end that comes without a word.
func (r *Recorder) remember(step string, account []string) {
	r.queued.Lock()
	defer r.queued.Unlock()
	r.step, r.state = step, account
}
