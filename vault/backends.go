package vault

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// SealTestInterval is how often a server itself tests a healthy seal: between two tests an outage does not show. An unhealthy
// one it tests every minute, so that the end of an outage shows soon.
const SealTestInterval = 10 * time.Minute

// SealBackend is one seal of a node.
type SealBackend struct {
	Name           string
	Healthy        bool
	UnhealthySince time.Time // zero when healthy, or when the server does not say
	SinceText      string    // the server's own text, when it is no time that we can read
	Configured     *bool     // newer Vault says; nil elsewhere
	Disabled       *bool
}

// SealBackendStatus is the answer of sys/seal-backend-status: the node's own view, not the cluster's.
type SealBackendStatus struct {
	Healthy        bool
	UnhealthySince time.Time
	Backends       []SealBackend
	FullyWrapped   bool // means something only where rewrap exists
}

// ErrNoBackend is what Backend answers for a name that the node does not have.
var ErrNoBackend = errors.New("no such seal backend")

// Backend finds one backend by name.
func (s SealBackendStatus) Backend(name string) (SealBackend, error) {
	for _, b := range s.Backends {
		if b.Name == name {
			return b, nil
		}
	}
	return SealBackend{}, fmt.Errorf("%w: %q (this node has %v)", ErrNoBackend, name, s.Names())
}

// AllHealthy says that the node calls itself healthy and no backend contradicts.
func (s SealBackendStatus) AllHealthy() bool { return s.Healthy && len(s.Unhealthy()) == 0 }

// InUse are the backends that are not disabled.
func (s SealBackendStatus) InUse() []SealBackend {
	var out []SealBackend
	for _, b := range s.Backends {
		if b.Disabled == nil || !*b.Disabled {
			out = append(out, b)
		}
	}
	return out
}

// Unhealthy are the backends in use that are not healthy, in the server's order.
func (s SealBackendStatus) Unhealthy() []SealBackend {
	var out []SealBackend
	for _, b := range s.InUse() {
		if !b.Healthy {
			out = append(out, b)
		}
	}
	return out
}

// Names are the backends' names, in the server's order.
func (s SealBackendStatus) Names() []string {
	out := make([]string, len(s.Backends))
	for i, b := range s.Backends {
		out[i] = b.Name
	}
	return out
}

type wireBackends struct {
	Healthy  *bool         `json:"healthy"`
	Since    string        `json:"unhealthy_since"`
	Backends []wireBackend `json:"backends"`
	Wrapped  bool          `json:"fully_wrapped"`
}

type wireBackend struct {
	Name       string `json:"name"`
	Healthy    bool   `json:"healthy"`
	Since      string `json:"unhealthy_since"`
	Configured *bool  `json:"configured"`
	Disabled   *bool  `json:"disabled"`
}

// SealBackendStatus asks GET sys/seal-backend-status. On Vault it needs no token and answers while sealed; OpenBao has no
// such endpoint.
func (c *Client) SealBackendStatus(ctx context.Context) (SealBackendStatus, error) {
	return ask(ctx, c, call{path: "sys/seal-backend-status"}, decodeBackends)
}

func decodeBackends(body []byte) (SealBackendStatus, error) {
	var w wireBackends
	if err := decode(body, &w); err != nil {
		return SealBackendStatus{}, err
	}
	if w.Healthy == nil {
		return SealBackendStatus{}, errors.New("healthy is missing")
	}
	s := SealBackendStatus{Healthy: *w.Healthy, FullyWrapped: w.Wrapped}
	// A time we cannot read costs the time, not the answer: that a backend is unhealthy is the fact that matters.
	s.UnhealthySince, _ = parseTime(w.Since)
	for _, b := range w.Backends {
		since, err := parseTime(b.Since)
		out := SealBackend{
			Name: clean(b.Name), Healthy: b.Healthy, UnhealthySince: since, Configured: b.Configured, Disabled: b.Disabled,
		}
		if err != nil {
			out.SinceText = clean(b.Since)
		}
		s.Backends = append(s.Backends, out)
	}
	return s, nil
}
