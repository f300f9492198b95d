package ceremony

import (
	"context"
	"fmt"

	"warder/vault"
)

// memory is what the node where the rekey ran has of it, once another leads. OpenBao's keeps a rotation, shares and a pending
// verification included, until it is cancelled there, sealed or restarted, and goes on with it when it leads again. Vault's
// forgets, and so does OpenBao's where the old endpoints were used.
type memory int

const (
	forgets     memory = iota
	mayRemember        // it could not be asked
	remembers
)

type (
	// ReadFormer asks the node where a rekey ran whether it still has it, though it may lead no more.
	ReadFormer struct {
		Node
		Doors vault.Doors
		Kind  vault.KeyKind
		Nonce string
	}
	// EndFormer ends a rekey of that nonce there, and looks whether it is gone.
	EndFormer struct {
		Node
		Doors vault.Doors
		Kind  vault.KeyKind
		Nonce string
	}
	// FormerRead answers both. Ended says that it was there and is gone by this console's hand.
	FormerRead struct {
		There bool
		Ended bool
		Err   error
	}
)

func (FormerRead) event() {}

// doFormer asks a node that need not lead.
func doFormer(ctx context.Context, c *vault.Client, e Effect) Event {
	there := func(d vault.Doors, kind vault.KeyKind, nonce string) FormerRead {
		state, err := c.Rekey(ctx, d, kind)
		return FormerRead{There: err == nil && state.Started && state.Nonce == nonce, Err: err}
	}
	switch e := e.(type) {
	case ReadFormer:
		return there(e.Doors, e.Kind, e.Nonce)
	case EndFormer:
		if now := there(e.Doors, e.Kind, e.Nonce); !now.There {
			return now
		}
		cancelled := c.CancelRekey(ctx, e.Doors, e.Kind, e.Nonce)
		now := there(e.Doors, e.Kind, e.Nonce)
		now.Ended = now.Err == nil && !now.There
		if now.There {
			now.Err = cancelled
		}
		return now
	}
	return nil
}

// moved says that another node leads than the one that said last that the rekey runs.
func (r Rekey) moved() bool { return r.home.Address != "" && r.home.Address != r.seat.node.Address }

// keeps says that the servers are of the kind that remembers.
func (r Rekey) keeps() bool { return r.seat.doors == vault.DoorsClosed }

// askFormer asks the node where it ran, before anything is concluded.
func (r *Rekey) askFormer() []Effect {
	r.stage, r.memory = rekeyConcluding, mayRemember
	return r.do(callFormer, ReadFormer{Node: r.home, Doors: r.seat.doors, Kind: r.plan.kind, Nonce: r.state.Nonce})
}

// formerRead takes the word of the node where it ran.
func (r *Rekey) formerRead(e FormerRead) []Effect {
	if r.awaits != callFormer {
		return nil
	}
	r.awaits = callNone
	if e.Err == nil {
		r.memory = forgets
		if e.There {
			r.memory = remembers
		}
	}
	switch {
	case r.stage == rekeyConcluding:
		r.fate = append(r.fate, r.leftBehind(e.Err))
		return r.askVerdict()
	case r.stage == rekeyForgetting:
		r.stage = rekeyDone
		r.forgotten(e)
	case r.stage == rekeyDone:
		r.backAgain(e)
	}
	return nil
}

// leftBehind says what that node said.
func (r Rekey) leftBehind(err error) string {
	switch {
	case r.memory == remembers:
		return fmt.Sprintf("%s has it in its memory and goes on with it when it leads again: whoever has enough shares can bring it to its end then. Cancel it there.", r.home.Name)
	case r.memory == mayRemember:
		return fmt.Sprintf("%s could not be asked (%s) and may have it in its memory: it would go on with it when it leads again. A seal or a restart of it ends that.", r.home.Name, vault.Reason(err))
	}
	return r.home.Name + " says that it has it no more."
}

// forgotten says what came of the wish to end it there.
func (r *Rekey) forgotten(e FormerRead) {
	switch {
	case e.Ended:
		r.fate = append(r.fate[:1:1], fmt.Sprintf("It is cancelled at %s, which was asked afterwards and has it no more.", r.home.Name))
		r.void()
	case e.Err != nil:
		r.notices.alarm("It is not proved that %s has it no more: %s. Cancel it again, or seal or restart that node.", r.home.Name, vault.Reason(e.Err))
	case e.There:
		r.notices.alarm("%s took the cancel and has it all the same. Seal or restart that node.", r.home.Name)
	default:
		r.endedThere()
	}
}

// endedThere says that the node where it ran has it no more, and that this console has not ended it: with the same sizes
// nothing else tells that new shares have taken force.
func (r *Rekey) endedThere() {
	if r.verdict == oldInForce {
		r.verdict = notKnown
	}
	r.notices.alarm("%s has the rekey no more, and this console did not end it: it was completed, cancelled, or lost with a seal or a restart. Ask the others, and keep old and new shares until it is known.", r.home.Name)
}

// backAgain takes a look after the end, when the node where it ran leads again.
func (r *Rekey) backAgain(e FormerRead) {
	switch {
	case e.Err != nil:
	case !e.There:
		r.endedThere()
	case !r.warned:
		r.warned = true
		r.notices.alarm("%s leads again and goes on with the rekey: new shares that are given back take force. Cancel it, or open the ceremony anew and join it.", r.home.Name)
	}
}

// lookAgain asks the node where it ran from time to time once that leads again and may have the rekey.
func (r *Rekey) lookAgain(s vault.Snapshot, found Node) []Effect {
	if r.memory == forgets || !found.same(r.home) || s.At().Sub(r.seat.polled) < pollToken {
		return nil
	}
	r.seat.polled = s.At()
	return r.do(callFormer, ReadFormer{Node: r.home, Doors: vault.DoorsClosed, Kind: r.plan.kind, Nonce: r.state.Nonce})
}

// endFormer is the option that ends it where it is remembered.
func (r Rekey) endFormer() []Option {
	if r.memory == forgets {
		return nil
	}
	return []Option{{Key: "forget", Label: "Cancel it at " + r.home.Name, Hint: "after a confirmation; that node goes on with it otherwise when it leads again"}}
}

func (r Rekey) askForget() TypeOut {
	return TypeOut{Title: "Cancel the rekey at " + r.home.Name, Want: "cancel", Text: []string{
		fmt.Sprintf("The rekey with the nonce %s is ended there for everybody who takes part, and the shares given to it are dropped. What is in force stays in force.", r.state.Nonce),
	}}
}
