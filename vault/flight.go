package vault

import (
	"context"
	"net/http/httptrace"
	"strings"
	"sync"
	"time"
)

// flight times one request. The transport tells of it from goroutines of its own, at any time and in any order: a server
// may answer before it was asked.
type flight struct {
	mu           sync.Mutex
	wrote, first time.Time
}

// traced is the context in which the request has to be sent.
func (f *flight) traced(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteRequest:         func(httptrace.WroteRequestInfo) { f.note(&f.wrote) },
		GotFirstResponseByte: func() { f.note(&f.first) },
	})
}

func (f *flight) note(at *time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	*at = time.Now()
}

// rtt is the time from the request written to the first byte of the answer; 0 when that cannot be told.
func (f *flight) rtt() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.wrote.IsZero() || f.first.Before(f.wrote) {
		return 0
	}
	return f.first.Sub(f.wrote)
}

// failure makes the error of a request without an answer. What spoke, but no HTTP, is not unreachable.
func (f *flight) failure(op, address string, err error) *Error {
	e := unreachable(op, address, err)
	f.mu.Lock()
	defer f.mu.Unlock()
	if e.Why == Elsewise && !f.first.IsZero() {
		e.Kind, e.Messages = Malformed, []string{clean(strings.TrimPrefix(err.Error(), brokenHTTP))}
	}
	return e
}

// brokenHTTP is how net/http begins to complain of what it cannot parse.
const brokenHTTP = "net/http: HTTP/1.x transport connection broken: "
