package sys

import (
	"context"
	"net/http"
)

// Namespaces asks LIST sys/namespaces: those right below the one that warder was given. It needs list. Vault's community edition
// has none.
func (c Client) Namespaces(ctx context.Context) ([]string, error) {
	return c.List(ctx, "sys/namespaces", true)
}

// CreateNamespace sends POST sys/namespaces/{path}, once. It needs create or update, and sudo.
func (c Client) CreateNamespace(ctx context.Context, path string) error {
	return c.send(ctx, http.MethodPost, "sys/namespaces", path, struct{}{})
}

// DeleteNamespace sends DELETE sys/namespaces/{path}, once: everything in it goes, while the server is at it after its answer. It
// needs delete and sudo. (hvac's documentation leaves the path out; the servers want it.)
func (c Client) DeleteNamespace(ctx context.Context, path string) error {
	return c.delete(ctx, "sys/namespaces", path)
}
