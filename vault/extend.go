package vault

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Request is one call of the system backend as package sys makes it. The rules of this package hold for it: a write is sent once,
// the answer is bounded, and the token goes where it may.
type Request struct {
	Method     string // GET where it is empty
	Path       string // below /v1/, made by Path where it holds a name
	Body       any    // encoded as JSON; nil for none
	Namespaced bool   // the endpoint lives in the namespace that warder was given, and not in the root namespace
	Reads      bool   // it changes nothing, though its method is not GET
}

// Path joins an endpoint and a name that a person or a server gave, so that the name can never lead to another endpoint: it may
// have slashes, as mount paths do, but no part of it is empty, a dot or two.
func Path(endpoint, name string) (string, error) {
	trimmed := strings.TrimSuffix(name, "/")
	var parts []string
	for part := range strings.SplitSeq(trimmed, "/") {
		if part == "" || part == "." || part == ".." || clean(part) != part {
			return "", &Error{Op: endpoint, Kind: Refused, Says: fmt.Sprintf("%q cannot be part of a path; nothing was sent", clean(name))}
		}
		parts = append(parts, url.PathEscape(part))
	}
	return endpoint + "/" + strings.Join(parts, "/"), nil
}

// Do sends the request, once, and decodes the data of the answer into out, which is nil where none is wanted.
func (c *Client) Do(ctx context.Context, r Request, out any) error {
	k := call{method: r.Method, path: r.Path, token: true, inNS: r.Namespaced, reads: r.Reads, limit: maxList}
	if k.method == "" {
		k.method = http.MethodGet
	}
	if r.Body != nil {
		body, err := json.Marshal(r.Body)
		if err != nil {
			return err
		}
		k.body = body
	}
	a, err := c.do(ctx, k)
	switch {
	case err != nil:
		return err
	case out == nil && (a.status == http.StatusNoContent || a.status == http.StatusOK || a.status == http.StatusAccepted):
		return nil // accepted is what will be done behind the answer
	case a.status != http.StatusOK:
		return refusal(r.Path, c.address, a)
	}
	var wire enveloped[json.RawMessage]
	if err = decode(a.body, &wire); err == nil && wire.Data == nil {
		err = errNoData
	}
	if err == nil {
		err = decode(*wire.Data, out)
	}
	if err != nil {
		return &Error{Op: r.Path, Address: c.address, Kind: Malformed, Status: a.status, Cause: err}
	}
	return nil
}

// Nothing says that a server found nothing to say: 404, with a list of errors that is there and has none.
func Nothing(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Status == http.StatusNotFound && len(e.Messages) == 0
}
