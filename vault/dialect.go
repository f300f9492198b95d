package vault

import (
	"context"
	"net/http"
)

// KeyKind is which key a rekey is of.
type KeyKind int

// The kinds of key.
const (
	BarrierKey  KeyKind = iota // its shares unseal
	RecoveryKey                // its shares authorise, where the seal is automatic
)

// rekeyPath is where a cluster keeps a step of a rekey: OpenBao calls it a rotation.
func (d Doors) rekeyPath(kind KeyKind, step string) string {
	switch {
	case d == DoorsClosed && kind == RecoveryKey:
		return "sys/rotate/recovery/" + step
	case d == DoorsClosed:
		return "sys/rotate/root/" + step
	case kind == RecoveryKey:
		return "sys/rekey-recovery-key/" + step
	}
	return "sys/rekey/" + step
}

// ceremony sends one request of a ceremony, once, and decodes the answer of status 200; 204 has none. The request's body and
// the answer's are zeroed, since either may hold shares.
func ceremony[T any](ctx context.Context, c *Client, d Doors, method, path string, body []byte) (T, error) {
	var out T
	r, err := c.do(ctx, call{method: method, path: path, body: body, token: d != DoorsOpen, secret: true})
	clear(body)
	defer clear(r.body)
	switch {
	case err != nil:
		return out, err
	case r.status == http.StatusNoContent:
		return out, nil
	case r.status != http.StatusOK:
		return out, refusal(path, c.address, r)
	}
	if d == DoorsClosed {
		out, err = decodeData[T](r.body)
	} else {
		err = decode(r.body, &out)
	}
	if err != nil {
		return out, &Error{Op: path, Address: c.address, Kind: Malformed, Status: r.status, Cause: err}
	}
	return out, nil
}
