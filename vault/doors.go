package vault

import (
	"context"
	"net/http"
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
		return "open without a token"
	case DoorsToken:
		return "need a token"
	case DoorsClosed:
		return "OpenBao's rotate endpoints, with a token"
	default:
		return "not known"
	}
}

// Doors asks GET sys/generate-root/attempt without a token and judges by the status alone.
func (c *Client) Doors(ctx context.Context) (Doors, error) {
	k := call{method: http.MethodGet, path: "sys/generate-root/attempt"}
	r, err := c.do(ctx, k)
	if err != nil {
		return DoorsUnknown, err
	}
	switch r.status {
	case http.StatusOK:
		return DoorsOpen, nil
	case http.StatusForbidden:
		return DoorsToken, nil
	case http.StatusMethodNotAllowed, http.StatusNotFound:
		return DoorsClosed, nil
	}
	return DoorsUnknown, refusal(k.path, c.address, r)
}
