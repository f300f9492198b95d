package sys

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"warder/vault"
)

// Namespace is one namespace.
type Namespace struct {
	Path     string // below the one that was asked, with its slash at the end
	ID       string
	Locked   bool              // its API is locked (OpenBao)
	Tainted  bool              // it is being deleted (OpenBao)
	Metadata map[string]string // what people noted with it
}

// Namespaces asks LIST sys/namespaces: those right below the one that warder was given. It needs list. Vault's community edition
// has none.
func (c Client) Namespaces(ctx context.Context) ([]Namespace, error) {
	var w struct {
		Keys []string `json:"keys"`
		Info map[string]struct {
			ID       string            `json:"id"`
			Locked   bool              `json:"locked"`
			Tainted  bool              `json:"tainted"`
			Metadata map[string]string `json:"custom_metadata"`
		} `json:"key_info"`
	}
	err := c.Do(ctx, vault.Request{Method: "LIST", Path: "sys/namespaces", Namespaced: true}, &w)
	if vault.Nothing(err) {
		return []Namespace{}, nil
	}
	out := make([]Namespace, 0, len(w.Keys))
	for _, key := range w.Keys {
		i := w.Info[key]
		out = append(out, Namespace{vault.Clean(key), vault.Clean(i.ID), i.Locked, i.Tainted, cleaned(i.Metadata)})
	}
	slices.SortFunc(out, func(a, b Namespace) int { return strings.Compare(a.Path, b.Path) })
	return out, err
}

// CreateNamespace sends POST sys/namespaces/{path}, once. It needs create or update. OpenBao takes one level at a time: what is below
// another is made from within that.
func (c Client) CreateNamespace(ctx context.Context, path string) error {
	return c.send(ctx, http.MethodPost, "sys/namespaces", path, struct{}{})
}

// DeleteNamespace sends DELETE sys/namespaces/{path}, once: everything in it goes, while the server is at it after its answer. It
// needs delete. One that is sealed by a seal of its own is refused. (hvac's documentation leaves the path out; the servers want it.)
func (c Client) DeleteNamespace(ctx context.Context, path string) error {
	return c.delete(ctx, "sys/namespaces", path)
}
