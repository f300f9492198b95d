package cli

import (
	"context"
	"errors"
	"slices"
	"time"

	"warder/vault"
	"warder/vault/keystore"
	"warder/vault/poller"
	"warder/vault/rules"
	"warder/vault/timeline"
)

// conditions are what can be waited for; waiting for nothing is reading once.
var conditions = map[string]func(rules.Scene) bool{
	"":         nil,
	"healthy":  func(s rules.Scene) bool { return rules.Verdict(s.Snapshot, s.Judge()) == rules.Well },
	"unsealed": unsealed,
	"leader":   func(s rules.Scene) bool { return len(s.Active()) == 1 },
}

// unsealed says that every node which was given answers and serves, and that no other says that it does not. A silent node is
// not known to be unsealed; one that only a server named may be out of reach from here.
func unsealed(s rules.Scene) bool {
	return !slices.ContainsFunc(s.Nodes, func(n *vault.Node) bool {
		heard := n.State() != vault.Unknown && n.State() != vault.Down && n.State() != vault.Broken
		return !n.State().Serving() && (heard || !n.Learnt)
	})
}

// reading is a cluster that is about to be read.
type reading struct {
	cluster poller.Cluster
	start   vault.Snapshot
	stores  []keystore.Store
}

// once reads once, the key stores beside the nodes.
func (r reading) once(ctx context.Context, patience time.Duration) rules.Scene {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	stores := poller.NewStores(r.stores)
	stores.Refresh(ctx, time.Now())
	snap := poller.Once(ctx, r.cluster, r.start)
	return rules.NewScene(snap, time.Now(), rules.Past{Stores: stores.Await(ctx)})
}

// until polls in the console's cadence until a whole picture is as wanted, or the time is over; it gives the last picture.
func (r reading) until(ctx context.Context, timeout time.Duration, wanted func(rules.Scene) bool) (last rules.Scene, met bool) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	past, stores := rules.Past{History: &timeline.History{}}, poller.NewStores(r.stores)
	defer stores.Close()
	defer cancel()
	last = rules.NewScene(r.start, time.Now(), past)
	for step := range poller.Poll(ctx, r.cluster, r.start) {
		past.History.Observe(step.Was, step.Is, step.Now)
		var whole bool
		past.Stores, whole = stores.Refresh(ctx, step.Now)
		last = rules.NewScene(step.Is, step.Now, past)
		if step.Idle && whole && wanted(last) {
			return last, true
		}
	}
	return last, false
}

// somebodyListens refuses to look for a cluster where none was configured and none is.
func somebodyListens(ctx context.Context, s vault.Settings) error {
	if s.Given || vault.Listens(ctx, s) {
		return nil
	}
	return errors.New("no address is configured and nothing listens at " + s.Addresses[0] +
		": set VAULT_ADDR or BAO_ADDR, give --address, or try --demo")
}
