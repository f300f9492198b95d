package cli

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"warder/vault/keystore"
	"warder/vault/rules"
)

// brokenStore is a key store that has lost its key service.
type brokenStore struct{}

func (brokenStore) Name() string    { return "archive-1" }
func (brokenStore) Kind() string    { return "Qumulo" }
func (brokenStore) Address() string { return "https://archive-1.example:8000" }
func (brokenStore) Source() string  { return "GET /v2/encryption/key-store/status" }
func (brokenStore) Command() string { return "" }
func (brokenStore) Close()          {}

func (brokenStore) Status(context.Context) (keystore.Status, error) {
	return keystore.Status{Type: "KMS", Text: "Cannot connect to KMS server.", Condition: keystore.CutOff}, nil
}

func TestWaitingForHealthIsNotOverWhileAKeyStoreIsBroken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r, _ := simulated(t, "healthy")
		r.stores = []keystore.Store{brokenStore{}}
		s, met := r.until(t.Context(), time.Minute, conditions["healthy"])
		if met || rules.Verdict(s.Snapshot, s.Judge()) != rules.Weak {
			t.Errorf("met %v, though the store is broken: %v", met, rules.Verdict(s.Snapshot, s.Judge()))
		}
		if _, met := r.until(t.Context(), time.Minute, conditions["leader"]); !met {
			t.Error("a leader is not seen because a store is broken")
		}
	})
}

func TestWatchTellsABrokenKeyStore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r, _ := simulated(t, "healthy")
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
		defer stop()
		var told []string
		err := follow(ctx, r.cluster, r.start, []keystore.Store{brokenStore{}}, func(l line) error {
			told = append(told, l.Text)
			return nil
		})
		if all := strings.Join(told, "\n"); err != nil || !strings.HasPrefix(all, "DEGRADED") || !strings.Contains(all, "archive-1") {
			t.Errorf("%v:\n%s", err, all)
		}
	})
}
