package vault

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"warder/keys"
)

// Backup is what the server keeps of a rekey with PGP keys and backup: the new shares, encrypted, by the fingerprint of their
// key, until it is deleted.
type Backup struct {
	Nonce  string // of the rekey
	Shares []BackupShare
}

// BackupShare are the messages of one fingerprint: more than one where one key was given for several shares.
type BackupShare struct {
	Fingerprint string
	Messages    []keys.Secret
}

type wireBackup struct {
	Nonce string                  `json:"nonce"`
	Keys  map[string][]wireBase64 `json:"keys_base64"`
}

// backupPath is where a cluster keeps it.
func (d Doors) backupPath(kind KeyKind) string {
	switch {
	case d == DoorsClosed:
		return d.rekeyPath(kind, "backup")
	case kind == RecoveryKey:
		return "sys/rekey/recovery-key-backup"
	}
	return "sys/rekey/backup"
}

// ErrNoBackup says that the server keeps none.
var ErrNoBackup = errors.New("the server keeps no backup")

// NoBackup says that an error is only that the server keeps none.
func NoBackup(err error) bool { return errors.Is(err, ErrNoBackup) }

// RekeyBackup asks GET sys/rekey/backup, sys/rekey/recovery-key-backup, or OpenBao's sys/rotate/…/backup. It needs a token with
// read on the path. The error is ErrNoBackup where none is kept.
func (c *Client) RekeyBackup(ctx context.Context, d Doors, kind KeyKind) (Backup, error) {
	path := d.backupPath(kind)
	r, err := c.do(ctx, call{method: http.MethodGet, path: path, token: true, secret: true})
	defer clear(r.body)
	switch {
	case err != nil:
		return Backup{}, err
	case r.status == http.StatusBadRequest && keepsNone(r.body):
		return Backup{}, errors.Join(ErrNoBackup, refusal(path, c.address, r))
	case r.status != http.StatusOK:
		return Backup{}, refusal(path, c.address, r)
	}
	w, err := decodeData[wireBackup](r.body)
	if err != nil {
		return Backup{}, &Error{Op: path, Address: c.address, Kind: Malformed, Status: r.status, Cause: err}
	}
	out := Backup{Nonce: clean(w.Nonce)}
	for print, messages := range w.Keys {
		out.Shares = append(out.Shares, BackupShare{clean(print), secrets(messages)})
	}
	slices.SortFunc(out.Shares, func(a, b BackupShare) int { return strings.Compare(a.Fingerprint, b.Fingerprint) })
	return out, nil
}

// keepsNone tells the one 400 that means it from those that refuse the request.
func keepsNone(body []byte) bool {
	texts, _ := messages(body)
	return slices.ContainsFunc(texts, func(m string) bool { return strings.Contains(m, "no backed-up keys") })
}

// DeleteRekeyBackup sends DELETE to the same path, once. It needs a token with delete on it.
func (c *Client) DeleteRekeyBackup(ctx context.Context, d Doors, kind KeyKind) error {
	return c.write(ctx, http.MethodDelete, d.backupPath(kind), nil)
}
