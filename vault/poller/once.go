package poller

import (
	"context"
	"time"

	"warder/vault"
)

// settling is how long an active node is waited for before another is asked for what is the cluster's: a silent node must not
// keep the rest from being told.
const settling = 2 * time.Second

// Once asks every address once, the learnt ones too, and gives what was known when the last one answered or ctx ended. Its
// deadline is that of the whole reading: what has not answered by then is told as that.
func Once(ctx context.Context, cluster Cluster, start vault.Snapshot) vault.Snapshot {
	o := once{cluster: cluster, snap: start, asked: map[lane]bool{}, answers: make(chan answer)}
	settled := time.NewTimer(settling)
	defer settled.Stop()
	o.ask(ctx)
	for o.vital+o.detail > 0 {
		select {
		case a := <-o.answers:
			*o.of(a.from.lane)--
			o.snap = o.snap.Merge(a.node)
		case <-settled.C:
			o.settled = true
		}
		o.ask(ctx)
	}
	return o.snap
}

// once is one reading under way.
type once struct {
	cluster       Cluster
	snap          vault.Snapshot
	asked         map[lane]bool
	answers       chan answer
	vital, detail int // how many answers are awaited
	settled       bool
}

// of counts the answers that are awaited in a lane.
func (o *once) of(l vault.Lane) *int {
	if l == vault.Vital {
		return &o.vital
	}
	return &o.detail
}

// ask sends for what was not asked yet. Details wait until it is clear who leads, or that nobody does, so that a standby
// is not asked for what the active node is asked for too. Fetch ends with ctx, so that every answer comes.
func (o *once) ask(ctx context.Context) {
	busy := func(address string, l vault.Lane) bool {
		return o.asked[lane{address, l}] || ctx.Err() != nil
	}
	asks := o.snap.Due(time.Now(), false, busy)
	vital := o.vital
	for _, a := range asks {
		if a.Lane == vault.Vital {
			vital++
		}
	}
	clearly := o.settled || vital == 0 || len(o.snap.Active()) > 0
	for _, a := range asks {
		if a.Lane == vault.Vital || clearly {
			o.send(ctx, a)
		}
	}
}

func (o *once) send(ctx context.Context, a vault.Ask) {
	from := lane{a.Address, a.Lane}
	o.asked[from] = true
	*o.of(a.Lane)++
	go func() { o.answers <- answer{from, o.cluster.Fetch(ctx, a)} }()
}
