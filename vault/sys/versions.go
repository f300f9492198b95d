package sys

import (
	"context"
	"slices"
	"strings"
	"time"

	"warder/vault"
)

// Version is one version that the cluster was run with, and since when.
type Version struct {
	Version  string
	Previous string    // empty for the first
	Since    time.Time // when it was first run; zero where the server does not say
	Built    string    // as the server gives it: Vault calls it the build date, OpenBao the commit date
}

// VersionHistory asks LIST sys/version-history, the oldest first. It needs list, and is kept by the active node.
func (c Client) VersionHistory(ctx context.Context) ([]Version, error) {
	var w struct {
		Info map[string]struct {
			Previous *string `json:"previous_version"`
			Since    string  `json:"timestamp_installed"`
			Build    string  `json:"build_date"`
			Commit   string  `json:"commit_date"`
		} `json:"key_info"`
	}
	err := c.Do(ctx, vault.Request{Method: "LIST", Path: "sys/version-history"}, &w)
	out := make([]Version, 0, len(w.Info))
	for name, i := range w.Info {
		v := Version{Version: vault.Clean(name), Built: vault.Clean(i.Build + i.Commit)}
		if i.Previous != nil {
			v.Previous = vault.Clean(*i.Previous)
		}
		v.Since, _ = time.Parse(time.RFC3339, i.Since)
		out = append(out, v)
	}
	slices.SortFunc(out, func(a, b Version) int {
		if c := a.Since.Compare(b.Since); c != 0 {
			return c
		}
		return strings.Compare(a.Version, b.Version)
	})
	return out, err
}
