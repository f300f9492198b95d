package vault

import (
	"cmp"
	"context"
	"sync"
	"time"
)

// Clients holds one Client per address and fetches what is due. It is safe for use by several goroutines.
type Clients struct {
	settings Settings
	mu       sync.Mutex
	byAddr   map[string]*Client
	pinned   map[string]*Client // by address and fingerprint
}

// NewClients makes the clients of one cluster.
func NewClients(s Settings) *Clients {
	return &Clients{settings: s, byAddr: map[string]*Client{}, pinned: map[string]*Client{}}
}

// Client is the client of an address; learnt says that a server named it.
func (c *Clients) Client(address string, learnt bool) *Client {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := c.byAddr[address]
	if k == nil {
		k = newClient(c.settings, address, learnt)
		c.byAddr[address] = k
	}
	return k
}

// Close lets all idle connections go.
func (c *Clients) Close() {
	c.ClosePinned()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, k := range c.byAddr {
		k.close()
	}
}

// WatchedPaths are the paths on which capabilities are looked up: what the panes read and what they can start.
var WatchedPaths = []string{
	"sys/storage/raft/configuration", "sys/storage/raft/autopilot/state", "sys/ha-status", pathRewrap, "sys/key-status",
}

// Fetch asks one node what is due and gives the reading. A reading with failed parts is normal; each part says how it went.
func (c *Clients) Fetch(ctx context.Context, a Ask) *Node {
	k := c.Client(a.Address, a.Learnt)
	r := &Node{Address: a.Address, Learnt: a.Learnt, Withheld: k.withheld != nil}
	if a.Lane == Vital {
		k.vital(ctx, r, a.What)
	} else {
		k.details(ctx, r, a)
	}
	return r
}

// vital asks what a node is. Of a node that was heard before, all at once, so that a slow one costs its delay once; of
// another, health first, since one deadline is enough to learn that it does not answer.
func (c *Client) vital(ctx context.Context, r *Node, what Endpoints) {
	c.refresh(time.Now())
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { c.pulse(ctx, r) })
	c.vitalRest(ctx, r, &wg, what)
	wg.Wait()
	if Is(r.Health.Err, Unreachable) {
		return
	}
	if withoutHealth(r.Health.Err) {
		into(&r.Recovery, ctx, c.RecoveryMode)
	}
	if r.State() == Recovering {
		return // it has nothing else to say
	}
	rest := AskSeal
	if r.State().Serving() {
		rest |= AskLeader
	}
	c.vitalRest(ctx, r, &wg, rest&^what)
	wg.Wait()
}

func (c *Client) vitalRest(ctx context.Context, r *Node, wg *sync.WaitGroup, what Endpoints) {
	if what&AskSeal != 0 {
		wg.Go(func() { into(&r.Seal, ctx, c.SealStatus) })
	}
	if what&AskLeader != 0 {
		wg.Go(func() { into(&r.Leader, ctx, c.Leader) })
	}
}

// pulse asks the node's health, and notes what its answer tells on the way.
func (c *Client) pulse(ctx context.Context, r *Node) {
	h, raw, err := c.Health(ctx)
	now := time.Now()
	r.Health = fetched(now, h, err)
	r.RTT = raw.rtt
	r.Certificate = shown(raw.tls)
	if r.Certificate == nil {
		r.Certificate = rejected(err)
	}
	if raw.header != nil {
		r.RaftID = clean(raw.header.Get("X-Vault-Raft-Node-ID"))
	}
	if !h.ServerTime.IsZero() {
		r.Skew = skew(h.ServerTime, now, raw.rtt)
	}
}

// skew compares the clocks. The server tells whole seconds, cut off, so that anything within a second of what the flight
// of the answer explains is none.
func skew(server, now time.Time, rtt time.Duration) time.Duration {
	d := server.Add(500 * time.Millisecond).Sub(now.Add(-rtt / 2))
	if d.Abs() <= time.Second+rtt/2 {
		return 0
	}
	return d.Round(time.Second)
}

// maxAtOnce bounds the requests to one node at a time.
const maxAtOnce = 4

// details asks side by side; one endpoint that hangs costs its own section only.
func (c *Client) details(ctx context.Context, r *Node, a Ask) {
	var wg sync.WaitGroup
	room := make(chan struct{}, maxAtOnce)
	run := func(e Endpoints, f func()) {
		if a.What&e == 0 {
			return
		}
		wg.Go(func() {
			room <- struct{}{}
			defer func() { <-room }()
			f()
		})
	}
	run(AskBackends, func() { into(&r.Backends, ctx, c.SealBackendStatus) })
	run(AskDoors|AskCeremonies, func() { c.behindDoors(ctx, r, a) })
	run(AskHA, func() { into(&r.HA, ctx, c.HAStatus) })
	run(AskRaft, func() { into(&r.Raft, ctx, c.RaftConfiguration) })
	run(AskAutopilot, func() { into(&r.Autopilot, ctx, c.Autopilot) })
	run(AskAutopilotConfig, func() { into(&r.AutopilotConfig, ctx, c.AutopilotConfig) })
	run(AskRewrap, func() { into(&r.Rewrap, ctx, c.Rewrap) })
	run(AskKeys, func() { into(&r.Keys, ctx, c.KeyStatus) })
	run(AskRotation, func() { into(&r.Rotation, ctx, c.RotateConfig) })
	run(AskAudit, func() { into(&r.Audit, ctx, c.AuditDevices) })
	run(AskReplication, func() { into(&r.Replication, ctx, c.Replication) })
	run(AskToken, func() { into(&r.Token, ctx, c.LookupSelf) })
	run(AskCapabilities, func() {
		into(&r.Capabilities, ctx, func(ctx context.Context) (Capabilities, error) {
			return c.CapabilitiesSelf(ctx, WatchedPaths...)
		})
	})
	wg.Wait()
}

// behindDoors finds out how the ceremonies' doors are kept, and then looks behind them, so that the first reading holds both.
func (c *Client) behindDoors(ctx context.Context, r *Node, a Ask) {
	doors := a.Doors
	if a.What&AskDoors != 0 {
		into(&r.Doors, ctx, c.Doors)
		doors = cmp.Or(r.Doors.Value, doors)
	}
	if a.What&AskCeremonies != 0 && doors.askable(a.Active) {
		into(&r.Ceremonies, ctx, func(ctx context.Context) (Ceremonies, error) { return c.Ceremonies(ctx, doors) })
	}
}

// into fills a section with the outcome of one call.
func into[T any](s *Section[T], ctx context.Context, f func(context.Context) (T, error)) {
	v, err := f(ctx)
	*s = fetched(time.Now(), v, err)
}
