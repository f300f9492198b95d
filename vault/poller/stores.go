package poller

import (
	"context"
	"slices"
	"sync"
	"time"

	"warder/vault/keystore"
)

// Stores asks key stores beside a cluster: each by itself, in its own cadence, and so that none is waited for.
type Stores struct {
	stores   []keystore.Store
	readings []keystore.Reading
	pending  []bool
	answers  chan storeAnswer
	wg       sync.WaitGroup
}

type storeAnswer struct {
	store  int
	status keystore.Status
	err    error
	at     time.Time
}

// NewStores begins with nothing known of them.
func NewStores(stores []keystore.Store) *Stores {
	s := &Stores{stores: stores, pending: make([]bool, len(stores)), answers: make(chan storeAnswer, len(stores))}
	for _, x := range stores {
		s.readings = append(s.readings, keystore.NewReading(x))
	}
	return s
}

// Refresh takes in what was answered meanwhile, asks those that are due, and gives what is known. Whole says that no answer is
// awaited.
func (s *Stores) Refresh(ctx context.Context, now time.Time) (readings []keystore.Reading, whole bool) {
	for taken := true; taken; {
		select {
		case a := <-s.answers:
			s.note(a)
		default:
			taken = false
		}
	}
	for i, r := range s.readings {
		if !s.pending[i] && r.Due(now) {
			s.ask(ctx, i)
		}
	}
	return slices.Clone(s.readings), !slices.Contains(s.pending, true)
}

// Await gives what is known once every store has answered, or ctx has ended.
func (s *Stores) Await(ctx context.Context) []keystore.Reading {
	for slices.Contains(s.pending, true) {
		select {
		case a := <-s.answers:
			s.note(a)
		case <-ctx.Done():
			s.wg.Wait() // whose requests end with ctx: what they say of it is why there is no answer
			readings, _ := s.Refresh(ctx, time.Time{})
			return readings
		}
	}
	return slices.Clone(s.readings)
}

// Close waits for the requests under way; their context has to have ended.
func (s *Stores) Close() { s.wg.Wait() }

func (s *Stores) note(a storeAnswer) {
	s.pending[a.store] = false
	s.readings[a.store] = s.readings[a.store].With(a.status, a.err, a.at)
}

func (s *Stores) ask(ctx context.Context, i int) {
	s.pending[i] = true
	s.wg.Go(func() {
		status, err := s.stores[i].Status(ctx)
		s.answers <- storeAnswer{i, status, err, time.Now()}
	})
}
