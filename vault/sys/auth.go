package sys

import (
	"context"
	"net/http"
)

// AuthMethods asks GET sys/auth, by path. It needs read.
func (c Client) AuthMethods(ctx context.Context) ([]Mount, error) {
	var w map[string]wireMount
	err := c.get(ctx, "sys/auth", &w)
	return mounts(w), err
}

// EnableAuth sends POST sys/auth/{path}, once. It needs create or update, and sudo.
func (c Client) EnableAuth(ctx context.Context, path string, m MountConfig) error {
	return c.send(ctx, http.MethodPost, "sys/auth", path, m)
}

// DisableAuth sends DELETE sys/auth/{path}, once: every token that it gave is void. It needs delete and sudo.
func (c Client) DisableAuth(ctx context.Context, path string) error {
	return c.delete(ctx, "sys/auth", path)
}

// AuthTuning asks GET sys/auth/{path}/tune. It needs read and sudo. Times to live are in seconds on the line.
func (c Client) AuthTuning(ctx context.Context, path string) (Tuning, error) {
	var w wireTuning
	err := c.read(ctx, "sys/auth", path, "/tune", &w)
	return w.tuning(), err
}

// TuneAuth sends POST sys/auth/{path}/tune, once. It needs update and sudo.
func (c Client) TuneAuth(ctx context.Context, path string, settings map[string]any) error {
	return c.tune(ctx, "sys/auth", path, settings)
}
