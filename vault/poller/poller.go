// Package poller watches a cluster without a screen: the loop that the console has in its messages, for commands that print.
//
// Its rules: a node that still owes an answer is not asked again; answers that come together are one step; whoever stops
// ranging, or ends the context, has no request left under way.
package poller

import (
	"context"
	"iter"
	"sync"
	"time"

	"warder/vault"
)

// Cluster is what is asked; vault.Clients is one.
type Cluster interface {
	Fetch(ctx context.Context, a vault.Ask) *vault.Node
}

// round is how often is looked whether something is due, and foldEvery how long answers wait for others to come along.
const (
	round     = 2 * time.Second
	foldEvery = 50 * time.Millisecond
)

// Step leads from one snapshot to the next. Without an answer in a round both are the same: only the clock went on.
type Step struct {
	Was, Is vault.Snapshot
	Now     time.Time
	// Idle says that nothing is awaited: whatever was due was answered or failed. The first such step is the first whole picture.
	Idle bool
}

// Poll asks what is due, beginning at once, and gives a step for each batch of answers and for each round, until ctx ends or
// the ranging does. The requests have the clients' own deadlines.
func Poll(ctx context.Context, cluster Cluster, start vault.Snapshot) iter.Seq[Step] {
	return func(yield func(Step) bool) {
		ctx, stop := context.WithCancel(ctx)
		p := poll{cluster: cluster, snap: start, pending: map[lane]bool{}, answers: make(chan answer)}
		defer p.wg.Wait()
		defer stop()
		tick := time.NewTicker(round)
		defer tick.Stop()
		p.ask(ctx)
		for step, ok := p.next(ctx, tick.C); ok && yield(step); step, ok = p.next(ctx, tick.C) {
		}
	}
}

// poll is what is under way.
type poll struct {
	cluster Cluster
	snap    vault.Snapshot
	pending map[lane]bool
	answers chan answer
	folded  time.Time
	wg      sync.WaitGroup
}

type lane struct {
	address string
	lane    vault.Lane
}

type answer struct {
	from lane
	node *vault.Node
}

// next waits for answers or for the round; ok is false when ctx ended.
func (p *poll) next(ctx context.Context, tick <-chan time.Time) (step Step, ok bool) {
	var inbox []*vault.Node
	select {
	case <-ctx.Done():
		return Step{}, false
	case <-tick:
	case a := <-p.answers:
		inbox = p.gather(ctx, a)
	}
	if ctx.Err() != nil {
		return Step{}, false // what was cut off is no answer
	}
	step = Step{Was: p.snap, Is: p.snap, Now: time.Now()}
	if len(inbox) > 0 {
		p.snap = p.snap.Merge(inbox...)
		step.Is, p.folded = p.snap, step.Now
	}
	p.ask(ctx)
	step.Idle = len(p.pending) == 0
	return step, true
}

// gather takes the answers that come along with the first: those of a burst, so that a thousand nodes are not a thousand steps.
func (p *poll) gather(ctx context.Context, first answer) []*vault.Node {
	wait := time.NewTimer(max(0, foldEvery-time.Since(p.folded)))
	defer wait.Stop()
	delete(p.pending, first.from)
	inbox := []*vault.Node{first.node}
	for {
		select {
		case <-ctx.Done():
			return inbox
		case <-wait.C:
			return inbox
		case a := <-p.answers:
			delete(p.pending, a.from)
			inbox = append(inbox, a.node)
		}
	}
}

// ask sends for what is due.
func (p *poll) ask(ctx context.Context) {
	busy := func(address string, l vault.Lane) bool { return p.pending[lane{address, l}] }
	for _, a := range p.snap.Due(time.Now(), false, busy) {
		from := lane{a.Address, a.Lane}
		p.pending[from] = true
		p.wg.Go(func() {
			n := p.cluster.Fetch(ctx, a)
			select {
			case p.answers <- answer{from, n}:
			case <-ctx.Done():
			}
		})
	}
}
