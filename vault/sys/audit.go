package sys

import (
	"context"
	"net/http"

	"warder/vault"
)

// AuditConfig is what an audit device is made of.
type AuditConfig struct {
	Type        string            `json:"type"`
	Description string            `json:"description,omitempty"`
	Options     map[string]string `json:"options,omitempty"`
	Local       bool              `json:"local,omitempty"`
}

// EnableAudit sends PUT sys/audit/{path}, once. It needs create or update, and sudo. OpenBao from 2.3.2 on refuses it unless its
// configuration permits it.
func (c Client) EnableAudit(ctx context.Context, path string, a AuditConfig) error {
	return c.global(ctx, http.MethodPut, "sys/audit", path, a)
}

// DisableAudit sends DELETE sys/audit/{path}, once. It needs delete and sudo.
func (c Client) DisableAudit(ctx context.Context, path string) error {
	return c.global(ctx, http.MethodDelete, "sys/audit", path, nil)
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
	err = c.Do(ctx, vault.Request{Method: http.MethodPost, Path: at, Body: map[string]string{"input": input}, Reads: true}, &w)
	return vault.Clean(w.Hash), err
}
