package vault

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"sync/atomic"
	"time"
)

// How long a stream may stand still. It has no other end: a snapshot may be of any size.
const (
	stallTimeout = 60 * time.Second
	// checkTimeout is how long a server may take for its answer once it has a whole snapshot, which it reads through and writes
	// to disk first.
	checkTimeout = 10 * time.Minute
)

var errStalled = errors.New("it stands still")

// stream is a call whose body or answer is of any size. Whoever opened it closes it.
type stream struct {
	client *Client
	op     string
	res    *http.Response
	ctx    context.Context
	cancel context.CancelCauseFunc
	stall  *time.Timer
	sent   atomic.Bool // all of the body
}

// open sends the call once, with what body gives, if anything, and gives the answer when its head has come. An answer that is
// not one of the codes wanted is an error.
func (c *Client) open(ctx context.Context, k call, body io.Reader, size int64, wanted ...int) (*stream, error) {
	if c.readOnly && k.writes() {
		return nil, &Error{Op: k.path, Address: c.address, Kind: ReadOnly}
	}
	if k.presents(c).Empty() {
		return nil, &Error{Op: k.path, Address: c.address, Kind: NoToken, Cause: c.withheld}
	}
	s := &stream{client: c, op: k.path}
	s.ctx, s.cancel = context.WithCancelCause(ctx)
	s.stall = time.AfterFunc(stallTimeout, func() { s.cancel(errStalled) })
	var f flight
	req, err := c.request(f.traced(s.ctx), k)
	if err != nil {
		s.close()
		return nil, &Error{Op: k.path, Address: c.address, Kind: Malformed, Cause: err}
	}
	if body != nil {
		// Of a length that is told, so that the server knows a body that was cut for what it is.
		req.Body, req.ContentLength = io.NopCloser(s.upload(body, size)), size
	}
	if s.res, err = c.transport.RoundTrip(req); err != nil {
		defer s.close()
		return nil, s.stalled(f.failure(k.path, c.address, err))
	}
	if slices.Contains(wanted, s.res.StatusCode) {
		return s, nil
	}
	defer s.close()
	told, err := io.ReadAll(io.LimitReader(s.res.Body, maxStatus))
	if err != nil {
		return nil, f.failure(k.path, c.address, err)
	}
	return nil, refusal(k.path, c.address, reply{status: s.res.StatusCode, header: s.res.Header, body: told})
}

// upload keeps the clock from running out while the body moves, and gives the server its time to check when all of it is sent.
func (s *stream) upload(body io.Reader, size int64) io.Reader {
	left := size
	return readerFunc(func(b []byte) (int, error) {
		n, err := body.Read(b)
		if left -= int64(n); left > 0 && err == nil {
			s.stall.Reset(stallTimeout)
			return n, err
		}
		s.sent.Store(true)
		s.stall.Reset(checkTimeout)
		return n, err
	})
}

// stalled says of a failure that we made it ourselves, where that is so.
func (s *stream) stalled(e *Error) *Error {
	if !errors.Is(context.Cause(s.ctx), errStalled) {
		return e
	}
	e.Kind, e.Why, e.Says = Unreachable, Timeout, "nothing moved for a minute"
	if s.sent.Load() {
		e.Says = "everything was sent, and no answer came for ten minutes"
	}
	return e
}

// Read gives what comes, as it comes. An answer that was cut short is an error of the kind Unreachable.
func (s *stream) Read(b []byte) (int, error) {
	n, err := s.res.Body.Read(b)
	s.stall.Reset(stallTimeout)
	return n, s.cut(err)
}

// cut is the error of an answer that did not come to its end.
func (s *stream) cut(err error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return err
	}
	return s.stalled(&Error{Op: s.op, Address: s.client.address, Kind: Unreachable, Why: Cut, Cause: err})
}

// patient lets the answer pause for as long as it likes, as a log does in which nothing happens.
func (s *stream) patient() io.Reader {
	s.stall.Stop()
	return readerFunc(func(b []byte) (int, error) {
		n, err := s.res.Body.Read(b)
		return n, s.cut(err)
	})
}

func (s *stream) close() {
	s.stall.Stop()
	s.cancel(nil)
	if s.res != nil {
		_ = s.res.Body.Close()
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }
