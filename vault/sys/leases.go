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

// Leases asks LIST sys/leases/lookup/{prefix}. It needs list and sudo. 10,000 at most are taken; more are an error.
func (c Client) Leases(ctx context.Context, prefix string) ([]string, error) {
	path, err := vault.Path("sys/leases/lookup", prefix)
	if err != nil {
		return nil, err
	}
	return c.List(ctx, path, true)
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

// RevokePrefix sends PUT sys/leases/revoke-prefix/{prefix}, once: every lease below it ends. It needs update and sudo.
func (c Client) RevokePrefix(ctx context.Context, prefix string) error {
	return c.send(ctx, http.MethodPut, "sys/leases/revoke-prefix", prefix, struct{}{})
}

// RevokeForce sends PUT sys/leases/revoke-force/{prefix}, once: as RevokePrefix, and what a backend fails to revoke is forgotten
// all the same, so that it may live on there. It needs update and sudo.
func (c Client) RevokeForce(ctx context.Context, prefix string) error {
	return c.send(ctx, http.MethodPut, "sys/leases/revoke-force", prefix, struct{}{})
}
