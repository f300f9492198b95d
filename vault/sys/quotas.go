package sys

import (
	"context"
	"net/http"
	"time"

	"warder/vault"
)

// The kinds of quota are endpoints of their own.
const (
	rateLimits  = "sys/quotas/rate-limit"
	leaseCounts = "sys/quotas/lease-count" // Vault Enterprise
)

// RateLimit is a quota of requests.
type RateLimit struct {
	Name, Path, Role, Type string // Type is rate-limit in answers
	Rate                   float64
	Interval, Block        time.Duration
	Inheritable            bool
}

type wireRate struct {
	Name        string  `json:"name,omitempty"`
	Path        string  `json:"path"`
	Role        string  `json:"role,omitempty"`
	Type        string  `json:"type,omitempty"`
	Rate        float64 `json:"rate"`
	Interval    int64   `json:"interval,omitempty"`
	Block       int64   `json:"block_interval,omitempty"`
	Inheritable bool    `json:"inheritable,omitempty"`
}

// RateLimits asks LIST sys/quotas/rate-limit. It needs list. Quotas live in the root namespace.
func (c Client) RateLimits(ctx context.Context) ([]string, error) {
	return c.List(ctx, rateLimits, false)
}

// LeaseCounts asks LIST sys/quotas/lease-count. It needs list; only Vault Enterprise has it.
func (c Client) LeaseCounts(ctx context.Context) ([]string, error) {
	return c.List(ctx, leaseCounts, false)
}

// RateLimit asks GET sys/quotas/rate-limit/{name}. It needs read. Intervals are in seconds on the line.
func (c Client) RateLimit(ctx context.Context, name string) (RateLimit, error) {
	path, err := vault.Path(rateLimits, name)
	if err != nil {
		return RateLimit{}, err
	}
	var w wireRate
	err = c.Do(ctx, vault.Request{Path: path}, &w)
	return RateLimit{
		vault.Clean(w.Name), vault.Clean(w.Path), vault.Clean(w.Role), vault.Clean(w.Type), w.Rate, seconds(w.Interval), seconds(w.Block), w.Inheritable,
	}, err
}

// SetRateLimit sends POST sys/quotas/rate-limit/{name}, once. It needs create or update.
func (c Client) SetRateLimit(ctx context.Context, q RateLimit) error {
	return c.global(ctx, http.MethodPost, rateLimits, q.Name, wireRate{
		Path: q.Path, Role: q.Role, Rate: q.Rate, Interval: int64(q.Interval / time.Second), Block: int64(q.Block / time.Second), Inheritable: q.Inheritable,
	})
}

// DeleteRateLimit sends DELETE sys/quotas/rate-limit/{name}, once. It needs delete.
func (c Client) DeleteRateLimit(ctx context.Context, name string) error {
	return c.global(ctx, http.MethodDelete, rateLimits, name, nil)
}

// SetLeaseCount sends POST sys/quotas/lease-count/{name}, once. It needs create or update; only Vault Enterprise has it.
func (c Client) SetLeaseCount(ctx context.Context, name, path string, most int) error {
	return c.global(ctx, http.MethodPost, leaseCounts, name, map[string]any{"path": path, "max_leases": most})
}

// DeleteLeaseCount sends DELETE sys/quotas/lease-count/{name}, once. It needs delete.
func (c Client) DeleteLeaseCount(ctx context.Context, name string) error {
	return c.global(ctx, http.MethodDelete, leaseCounts, name, nil)
}

// global sends what is of the whole cluster, and so of the root namespace.
func (c Client) global(ctx context.Context, method, endpoint, name string, body any) error {
	path, err := vault.Path(endpoint, name)
	if err != nil {
		return err
	}
	return c.Do(ctx, vault.Request{Method: method, Path: path, Body: body}, nil)
}
