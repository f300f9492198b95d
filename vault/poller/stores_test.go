package poller_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"warder/vault/keystore"
	"warder/vault/poller"
)

// shelf is a key store that takes so long over an answer.
type shelf struct {
	name  string
	takes time.Duration
	asked *int
}

func (s shelf) Name() string  { return s.name }
func (s shelf) Kind() string  { return "Test" }
func (shelf) Address() string { return "https://store.example:8000" }
func (shelf) Source() string  { return "GET /status" }
func (shelf) Command() string { return "" }
func (shelf) Close()          {}

func (s shelf) Status(ctx context.Context) (keystore.Status, error) {
	*s.asked++
	select {
	case <-time.After(s.takes):
		return keystore.Status{Text: "KMS Available"}, nil
	case <-ctx.Done():
		return keystore.Status{}, errors.New("no answer in time")
	}
}

func TestStoresAreAskedBesideThePollAndNoneIsWaitedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		var fast, slow int
		s := poller.NewStores([]keystore.Store{shelf{"fast", time.Second, &fast}, shelf{"slow", 30 * time.Second, &slow}})
		r, whole := s.Refresh(ctx, time.Now())
		if whole || r[0].Known() || r[1].Name != "slow" {
			t.Errorf("before any answer: whole %v, %+v", whole, r)
		}
		time.Sleep(2 * time.Second)
		if r, whole = s.Refresh(ctx, time.Now()); whole || !r[0].Known() || r[1].Known() {
			t.Errorf("after the fast one's answer: whole %v, %+v", whole, r)
		}
		time.Sleep(30 * time.Second)
		if r, whole = s.Refresh(ctx, time.Now()); !whole || !r[1].Known() {
			t.Errorf("after both: whole %v, %+v", whole, r)
		}
		time.Sleep(keystore.Cadence)
		s.Refresh(ctx, time.Now())
		synctest.Wait()
		if fast != 2 || slow != 2 {
			t.Errorf("asked %d and %d times", fast, slow)
		}
		stop()
		s.Close()
	})
}

func TestWhoReadsOnceGetsWhatAnsweredInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
		defer stop()
		var fast, slow int
		s := poller.NewStores([]keystore.Store{shelf{"fast", time.Second, &fast}, shelf{"slow", time.Hour, &slow}})
		s.Refresh(ctx, time.Now())
		r := s.Await(ctx)
		if !r[0].Known() || r[1].Known() || r[1].Err == nil {
			t.Errorf("%+v", r)
		}
	})
}
