package vault

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// stallTimeout is how long a stream may stand still. It has no other end: a snapshot may be of any size.
const stallTimeout = 60 * time.Second

var errStalled = errors.New("nothing came for a minute")

// TakeSnapshot asks GET sys/storage/raft/snapshot and streams the answer, a compressed archive, to w. It needs a token with read
// on the path, and goes to the active node. An answer that was cut short is an error where HTTP shows it, and has to be read
// through where it does not.
func (c *Client) TakeSnapshot(ctx context.Context, w io.Writer) error {
	const op = "sys/storage/raft/snapshot"
	if c.token.Empty() {
		return &Error{Op: op, Address: c.address, Kind: NoToken, Cause: c.withheld}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stall := time.AfterFunc(stallTimeout, func() { cancel(errStalled) })
	defer stall.Stop()
	var f flight
	req, err := c.request(f.traced(ctx), call{method: http.MethodGet, path: op, token: true})
	if err != nil {
		return &Error{Op: op, Address: c.address, Kind: Malformed, Cause: err}
	}
	res, err := c.transport.RoundTrip(req)
	if err != nil {
		return f.failure(op, c.address, err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		body, err := io.ReadAll(io.LimitReader(res.Body, maxStatus))
		if err != nil {
			return f.failure(op, c.address, err)
		}
		return refusal(op, c.address, reply{status: res.StatusCode, header: res.Header, body: body})
	}
	alive := readerFunc(func(b []byte) (int, error) {
		n, err := res.Body.Read(b)
		stall.Reset(stallTimeout)
		if err != nil && !errors.Is(err, io.EOF) {
			err = &Error{Op: op, Address: c.address, Kind: Unreachable, Why: Cut, Cause: errors.Join(err, context.Cause(ctx))}
		}
		return n, err
	})
	_, err = io.Copy(w, alive)
	return err
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }
