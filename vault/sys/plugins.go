package sys

import (
	"context"

	"warder/vault"
)

// Plugin is one version of one plugin that a server could run.
type Plugin struct {
	Type, Name, Version string
	Builtin             bool
	Deprecation         string // of a builtin: supported, deprecated, pending-removal or removed; empty where the server does not say
	SHA256              string
}

// Plugins asks GET sys/plugins/catalog. It needs read; the single plugins below it need sudo, too. Servers before versions of plugins
// (Vault 1.12) tell names only; theirs are an empty list.
func (c Client) Plugins(ctx context.Context) ([]Plugin, error) {
	var w struct {
		Detailed []struct {
			Type        string `json:"type"`
			Name        string `json:"name"`
			Version     string `json:"version"`
			Builtin     bool   `json:"builtin"`
			Deprecation string `json:"deprecation_status"`
			SHA256      string `json:"sha256"`
		} `json:"detailed"`
	}
	err := c.Do(ctx, vault.Request{Path: "sys/plugins/catalog"}, &w)
	out := make([]Plugin, 0, len(w.Detailed))
	for _, p := range w.Detailed {
		out = append(out, Plugin{
			vault.Clean(p.Type), vault.Clean(p.Name), vault.Clean(p.Version), p.Builtin, vault.Clean(p.Deprecation), vault.Clean(p.SHA256),
		})
	}
	return out, err
}
