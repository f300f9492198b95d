package poller_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"warder/vault"
	"warder/vault/poller"
)

const (
	addressA = "http://127.0.0.1:1"
	addressB = "http://127.0.0.1:2"
	addressC = "http://127.0.0.1:3"
)

// peers are nodes that answer after their delay with their code; 0 never answers. They note what they were asked.
type peers struct {
	delay map[string]time.Duration
	code  map[string]int
	names string // the address that every node names as the active one's
	mu    sync.Mutex
	asks  []vault.Ask
}

func (p *peers) Fetch(ctx context.Context, a vault.Ask) *vault.Node {
	p.mu.Lock()
	p.asks = append(p.asks, a)
	p.mu.Unlock()
	n := &vault.Node{Address: a.Address}
	if p.code[a.Address] == 0 {
		<-ctx.Done()
	} else {
		time.Sleep(p.delay[a.Address])
	}
	now := time.Now()
	switch {
	case p.code[a.Address] == 0:
		n.Health = vault.Section[vault.Health]{Tried: now, Err: &vault.Error{Kind: vault.Unreachable, Why: vault.Timeout}}
	case a.Lane == vault.Detail:
		return everything(a.Address, now)
	default:
		n.Health = vault.Section[vault.Health]{Value: vault.Health{Code: p.code[a.Address]}, At: now, Tried: now}
		n.Leader = vault.Section[vault.Leader]{Value: vault.Leader{HAEnabled: true, Address: p.names}, At: now, Tried: now}
	}
	return n
}

// ofCluster are the addresses that were asked for what is the cluster's.
func (p *peers) ofCluster() []string {
	var out []string
	for _, a := range p.asks {
		if a.What&vault.AskRaft != 0 {
			out = append(out, a.Address)
		}
	}
	return out
}

func TestOneReadingAsksEachOnceAndTheActiveNodeForTheCluster(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &peers{
			delay: map[string]time.Duration{addressB: 300 * time.Millisecond},
			code:  map[string]int{addressA: vault.CodeStandby, addressB: vault.CodeActive},
			names: addressB,
		}
		s := poller.Once(t.Context(), p, vault.NewSnapshot(addressA))
		if len(s.Nodes) != 2 || s.Nodes[1].State() != vault.Active {
			t.Fatalf("the learnt node was not asked: %+v", s.Nodes)
		}
		if len(p.asks) != 4 {
			t.Errorf("%d questions, want the two lanes of two nodes: %+v", len(p.asks), p.asks)
		}
		if got := p.ofCluster(); !slices.Equal(got, []string{addressB}) {
			t.Errorf("asked for the cluster's: %v", got)
		}
	})
}

func TestASilentNodeCostsItsDeadlineAndNobodysAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		leads string // "" when the silent one may lead
		asked time.Duration
	}{
		"another leads": {addressA, 0}, "nobody is known to lead": {"", 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := &peers{code: map[string]int{addressA: vault.CodeStandby, addressB: vault.CodeStandby, addressC: 0}}
				if c.leads != "" {
					p.code[c.leads] = vault.CodeActive
				}
				ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second)
				defer cancel()
				began := time.Now()
				s := poller.Once(ctx, p, vault.NewSnapshot(addressA, addressB, addressC))
				if took := time.Since(began); took != 8*time.Second {
					t.Errorf("took %s", took)
				}
				if s.Node(addressC).State() != vault.Down {
					t.Errorf("the silent node is %v", s.Node(addressC).State())
				}
				raft, _ := s.Raft()
				if got := raft.Tried.Sub(began); got != c.asked {
					t.Errorf("what is the cluster's was answered after %s, want %s", got, c.asked)
				}
			})
		})
	}
}
