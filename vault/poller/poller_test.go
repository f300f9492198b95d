package poller_test

import (
	"context"
	"reflect"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"warder/vault"
	"warder/vault/poller"
)

// slow answers for each node after its own delay, and notes how often a node is asked at a time.
type slow struct {
	delay map[string]time.Duration
	mu    sync.Mutex
	under map[string]int
	most  int
}

func (s *slow) Fetch(ctx context.Context, a vault.Ask) *vault.Node {
	if a.Lane == vault.Detail {
		return everything(a.Address, time.Now())
	}
	s.count(a.Address, 1)
	defer s.count(a.Address, -1)
	n := &vault.Node{Address: a.Address}
	select {
	case <-ctx.Done():
		return n
	case <-time.After(s.delay[a.Address]):
	}
	now := time.Now()
	n.Health = vault.Section[vault.Health]{Value: vault.Health{Code: vault.CodeStandby}, At: now, Tried: now}
	return n
}

func (s *slow) count(address string, by int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.under[address] += by
	s.most = max(s.most, s.under[address])
}

// everything is an answer to all that may be asked beside what the node is: that it failed.
func everything(address string, at time.Time) *vault.Node {
	n := &vault.Node{Address: address}
	v := reflect.ValueOf(n).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Struct && f.FieldByName("Tried").IsValid() {
			f.FieldByName("Tried").Set(reflect.ValueOf(at))
			f.FieldByName("Err").Set(reflect.ValueOf(&vault.Error{Kind: vault.Unsupported}))
		}
	}
	n.Health = vault.Section[vault.Health]{}
	return n
}

func TestPollGivesStepsUntilTheRangingEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const a, b = "http://127.0.0.1:1", "http://127.0.0.1:2"
		s := &slow{delay: map[string]time.Duration{a: 10 * time.Millisecond, b: 5 * time.Second}, under: map[string]int{}}
		began, steps, last := time.Now(), 0, vault.NewSnapshot(a, b)
		var idle time.Duration
		for step := range poller.Poll(t.Context(), s, last) {
			steps++
			if len(step.Was.Nodes) != 2 || step.Was.Nodes[0] != last.Nodes[0] || step.Was.Nodes[1] != last.Nodes[1] {
				t.Error("a step does not begin where the one before ended")
			}
			last = step.Is
			if step.Idle && idle == 0 {
				idle = step.Now.Sub(began)
				if step.Is.Node(b).State() != vault.Standby {
					t.Error("a step is called idle before the slow node answered")
				}
			}
			if step.Now.Sub(began) > 20*time.Second {
				break
			}
		}
		if idle == 0 {
			t.Error("no step was idle")
		}
		if s.most != 1 {
			t.Errorf("a node was asked %d times at once", s.most)
		}
		if steps < 15 || steps > 60 {
			t.Errorf("%d steps in twenty seconds", steps)
		}
	})
}

func TestPollEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const a = "http://127.0.0.1:1"
		ctx, stop := context.WithCancel(t.Context())
		s := &slow{delay: map[string]time.Duration{a: time.Hour}, under: map[string]int{}}
		began := time.Now()
		for step := range poller.Poll(ctx, s, vault.NewSnapshot(a)) {
			if step.Now.Sub(began) > 5*time.Second {
				stop()
			}
		}
		if got := time.Since(began); got > 7*time.Second {
			t.Errorf("it ended after %v", got)
		}
		if s.under[a] != 0 {
			t.Error("a request is left under way")
		}
		stop()
	})
}

func TestAnswersThatComeTogetherAreOneStep(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &slow{delay: map[string]time.Duration{}, under: map[string]int{}}
		var given []string
		for _, host := range []string{"a", "b", "c", "d"} {
			given = append(given, "http://"+host+":1")
			s.delay["http://"+host+":1"] = time.Millisecond * time.Duration(len(given))
		}
		for step := range poller.Poll(t.Context(), s, vault.NewSnapshot(given...)) {
			heard := 0
			for _, n := range step.Is.Nodes {
				if n.State() == vault.Standby {
					heard++
				}
			}
			if heard > 1 && heard < 4 {
				t.Errorf("a step with %d answers", heard)
			}
			if heard == 4 {
				break
			}
		}
	})
}
