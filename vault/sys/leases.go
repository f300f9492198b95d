package sys

import (
	"context"
	"net/http"
	"time"

	"warder/vault"
)

// Lease is one lease.
type Lease struct {
	ID        string
	TTL       time.Duration
	Renewable bool
	Expires   string // RFC 3339, as the server gave it; empty where it does not expire
}

// Lease sends PUT sys/leases/lookup, which changes nothing. It needs update.
func (c Client) Lease(ctx context.Context, id string) (Lease, error) {
	var w struct {
		ID        string  `json:"id"`
		TTL       int64   `json:"ttl"`
		Renewable bool    `json:"renewable"`
		Expires   *string `json:"expire_time"`
	}
	err := c.Do(ctx, vault.Request{
		Method: http.MethodPut, Path: "sys/leases/lookup", Body: map[string]string{"lease_id": id}, Namespaced: true, Reads: true,
	}, &w)
	l := Lease{ID: vault.Clean(w.ID), TTL: seconds(w.TTL), Renewable: w.Renewable}
	if w.Expires != nil {
		l.Expires = vault.Clean(*w.Expires)
	}
	return l, err
}

// Leases asks LIST sys/leases/lookup/{prefix} for a page of what is right below the prefix: leases, and prefixes with a slash at the
// end. It needs list and sudo. The empty prefix is the top.
func (c Client) Leases(ctx context.Context, prefix string, want vault.Want) (vault.Page, error) {
	path := "sys/leases/lookup"
	if prefix != "" {
		var err error
		if path, err = vault.Path(path, prefix); err != nil {
			return vault.Page{}, err
		}
	}
	return c.ListPage(ctx, path, true, want)
}

// Irrevocable is how many leases the servers gave up to revoke, by the accessor of their mount. What they were for may live on.
type Irrevocable struct {
	Total   int
	ByMount map[string]int
}

// IrrevocableLeases asks GET sys/leases/count for the leases that could not be revoked. It needs read. (The servers count no others.)
func (c Client) IrrevocableLeases(ctx context.Context) (Irrevocable, error) {
	var w struct {
		Total  int            `json:"lease_count"`
		Counts map[string]int `json:"counts"`
	}
	err := c.get(ctx, "sys/leases/count?type=irrevocable", &w)
	out := Irrevocable{Total: w.Total, ByMount: map[string]int{}}
	for mount, n := range w.Counts {
		out.ByMount[vault.Clean(mount)] = n
	}
	return out, err
}

// RenewLease sends PUT sys/leases/renew, once. It needs update. An increment of 0 leaves the length to the server.
func (c Client) RenewLease(ctx context.Context, id string, increment time.Duration) error {
	return c.Do(ctx, vault.Request{Method: http.MethodPut, Path: "sys/leases/renew", Namespaced: true, Body: struct {
		ID        string `json:"lease_id"`
		Increment int64  `json:"increment,omitempty"`
	}{id, int64(increment / time.Second)}}, nil)
}

// RevokeLease sends PUT sys/leases/revoke, once, and waits for it to be done. It needs update.
func (c Client) RevokeLease(ctx context.Context, id string) error {
	return c.Do(ctx, vault.Request{Method: http.MethodPut, Path: "sys/leases/revoke", Namespaced: true, Body: map[string]any{"lease_id": id, "sync": true}}, nil)
}

// RevokePrefix sends PUT sys/leases/revoke-prefix/{prefix}, once: every lease below it ends. It needs update and sudo. The server
// queues them and answers at once: to wait for thousands takes longer than any answer is waited for.
func (c Client) RevokePrefix(ctx context.Context, prefix string) error {
	return c.send(ctx, http.MethodPut, "sys/leases/revoke-prefix", prefix, map[string]bool{"sync": false})
}

// RevokeForce sends PUT sys/leases/revoke-force/{prefix}, once: as RevokePrefix, and what a backend fails to revoke is forgotten
// all the same, so that it may live on there. It needs update and sudo.
func (c Client) RevokeForce(ctx context.Context, prefix string) error {
	return c.send(ctx, http.MethodPut, "sys/leases/revoke-force", prefix, struct{}{})
}
