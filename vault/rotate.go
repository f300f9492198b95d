package vault

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// What the servers let be set of the automatic rotation.
const (
	LeastRotateInterval   = 24 * time.Hour
	LeastRotateOperations = 1_000_000
	MostRotateOperations  = 3_865_470_566 // beyond it AES-GCM with random nonces wears out
)

// Problem says what a server would refuse of the settings, or is nil.
func (r RotateConfig) Problem() error {
	switch {
	case r.Interval != 0 && r.Interval < LeastRotateInterval:
		return fmt.Errorf("an interval is %d hours at least, or 0", int(LeastRotateInterval/time.Hour))
	case r.MaxOperations < LeastRotateOperations || r.MaxOperations > MostRotateOperations:
		return fmt.Errorf("operations are from %d to %d", LeastRotateOperations, MostRotateOperations)
	}
	return nil
}

// RotateKey replaces the key of the barrier's keyring by a new one, once: POST sys/rotate, or OpenBao's sys/rotate/keyring. It
// needs a token with update (OpenBao: sudo) on the path. What is stored stays readable, since the old keys are kept; shares
// and seals are not touched. OpenBao's bare sys/rotate/root, which before 2.5.2 lost all shares, is never called.
func (c *Client) RotateKey(ctx context.Context, d Doors) error {
	path := "sys/rotate"
	if d == DoorsClosed {
		path = "sys/rotate/keyring"
	}
	return c.write(ctx, http.MethodPost, path, nil)
}

// SetRotateConfig says when the servers rotate by themselves: POST sys/rotate/config. It needs a token with update on it. An
// interval is 24 hours at least; 0 leaves it to the number of operations.
func (c *Client) SetRotateConfig(ctx context.Context, cfg RotateConfig) error {
	body, err := json.Marshal(struct {
		Enabled  bool   `json:"enabled"`
		Interval int64  `json:"interval"` // seconds
		Maximum  uint64 `json:"max_operations,omitempty"`
	}{cfg.Enabled, int64(cfg.Interval / time.Second), cfg.MaxOperations})
	if err != nil {
		return err
	}
	return c.write(ctx, http.MethodPost, "sys/rotate/config", body)
}

// write sends a request that changes something, once, with the token. 200 and 204 are its answers.
func (c *Client) write(ctx context.Context, method, path string, body []byte) error {
	r, err := c.do(ctx, call{method: method, path: path, body: body, token: true})
	if err == nil && r.status != http.StatusNoContent && r.status != http.StatusOK {
		err = refusal(path, c.address, r)
	}
	return err
}
