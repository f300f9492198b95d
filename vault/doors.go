package vault

import (
	"context"
	"errors"
)

// Doors says how a cluster keeps its ceremony endpoints. The active node is asked; versions are not trusted for it.
type Doors int

// The ways of keeping them.
const (
	DoorsUnknown Doors = iota
	DoorsOpen          // sys/rekey and sys/generate-root need no token: Vault 1.x, or a listener that reopens them
	DoorsToken         // the same endpoints with a token: Vault 2
	DoorsClosed        // OpenBao: sys/rotate and sys/generate-root-token, with a token
)

// String says it in a phrase.
func (d Doors) String() string {
	switch d {
	case DoorsOpen:
		return "endpoints open without a token"
	case DoorsToken:
		return "endpoints that need a token"
	case DoorsClosed:
		return "OpenBao's own endpoints, with a token"
	default:
		return "not known"
	}
}

// askable says that a node can tell of the ceremonies behind these doors: OpenBao's standbys know only their own.
func (d Doors) askable(active bool) bool {
	return d == DoorsOpen || d == DoorsToken || d == DoorsClosed && active
}

// Doors asks GET sys/generate-root/attempt without a token and judges by how it is answered.
func (c *Client) Doors(ctx context.Context) (Doors, error) {
	k := call{path: "sys/generate-root/attempt"}
	_, err := ask(ctx, c, k, decodeAttempt)
	switch {
	case err == nil:
		return DoorsOpen, nil
	case Is(err, Denied):
		return DoorsToken, nil
	case Is(err, Unsupported):
		return DoorsClosed, nil
	}
	return DoorsUnknown, err
}

// decodeAttempt looks only whether it is the answer that it seems to be.
func decodeAttempt(body []byte) (started bool, err error) {
	var w struct {
		Started *bool `json:"started"`
	}
	if err := decode(body, &w); err != nil {
		return false, err
	}
	if w.Started == nil {
		return false, errors.New("started is missing")
	}
	return *w.Started, nil
}
