package sys

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"warder/vault"
)

// AuditDevice is one place to which requests and answers are written.
type AuditDevice struct {
	Path        string // with its slash at the end
	Type        string // file, syslog or socket
	Description string
	Local       bool
	Options     map[string]string
}

// AuditConfig is what an audit device is made of.
type AuditConfig struct {
	Type        string            `json:"type"`
	Description string            `json:"description,omitempty"`
	Options     map[string]string `json:"options,omitempty"`
	Local       bool              `json:"local,omitempty"`
}

// AuditDevices asks GET sys/audit, by path. It needs read and sudo.
func (c Client) AuditDevices(ctx context.Context) ([]AuditDevice, error) {
	var w map[string]AuditConfig
	err := c.get(ctx, "sys/audit", &w)
	out := make([]AuditDevice, 0, len(w))
	for path, a := range w {
		out = append(out, AuditDevice{vault.Clean(path), vault.Clean(a.Type), vault.Clean(a.Description), a.Local, cleaned(a.Options)})
	}
	slices.SortFunc(out, func(a, b AuditDevice) int { return strings.Compare(a.Path, b.Path) })
	return out, err
}

// EnableAudit sends PUT sys/audit/{path}, once. It needs create or update, and sudo. OpenBao from 2.3.2 on refuses it unless its
// configuration permits it.
func (c Client) EnableAudit(ctx context.Context, path string, a AuditConfig) error {
	return c.send(ctx, http.MethodPut, "sys/audit", path, a)
}

// DisableAudit sends DELETE sys/audit/{path}, once. It needs delete and sudo.
func (c Client) DisableAudit(ctx context.Context, path string) error {
	return c.delete(ctx, "sys/audit", path)
}

// AuditHash sends POST sys/audit-hash/{path}, which changes nothing, and gives the text as that device writes it. It needs update.
func (c Client) AuditHash(ctx context.Context, path, input string) (string, error) {
	at, err := vault.Path("sys/audit-hash", path)
	if err != nil {
		return "", err
	}
	var w struct {
		Hash string `json:"hash"`
	}
	err = c.Do(ctx, vault.Request{Method: http.MethodPost, Path: at, Body: map[string]string{"input": input}, Namespaced: true, Reads: true}, &w)
	return vault.Clean(w.Hash), err
}
