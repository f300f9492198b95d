// Package sys is the rest of the system backend: what a cluster is made of, and what is configured of it. What the console shows
// all the time, and the ceremonies, are in package vault.
//
// Its rules are those of package vault. A name that a caller gives is one part, or several parts, of a path and never leads to
// another endpoint; names and descriptions are cleaned of control characters when they are decoded.
package sys

import (
	"context"
	"net/http"
	"time"

	"warder/vault"
)

// Client asks one address for what this package knows.
type Client struct{ *vault.Client }

// get asks for what is in the namespace.
func (c Client) get(ctx context.Context, path string, out any) error {
	return c.Do(ctx, vault.Request{Path: path, Namespaced: true}, out)
}

// send writes to what has a name in the namespace, once.
func (c Client) send(ctx context.Context, method, endpoint, name string, body any) error {
	path, err := vault.Path(endpoint, name)
	if err != nil {
		return err
	}
	return c.Do(ctx, vault.Request{Method: method, Path: path, Body: body, Namespaced: true}, nil)
}

func (c Client) delete(ctx context.Context, endpoint, name string) error {
	return c.send(ctx, http.MethodDelete, endpoint, name, nil)
}

// read asks for what has a name in the namespace.
func (c Client) read(ctx context.Context, endpoint, name, rest string, out any) error {
	path, err := vault.Path(endpoint, name)
	if err != nil {
		return err
	}
	return c.get(ctx, path+rest, out)
}

// seconds is how the servers write times to live.
func seconds(n int64) time.Duration { return time.Duration(n) * time.Second }

// cleaned are names and values fit for a terminal; nil where there are none.
func cleaned(m map[string]string) map[string]string {
	var out map[string]string
	for k, v := range m {
		if out == nil {
			out = map[string]string{}
		}
		out[vault.Clean(k)] = vault.Clean(v)
	}
	return out
}
