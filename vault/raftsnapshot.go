package vault

import (
	"context"
	"io"
	"net/http"
)

const pathSnapshot = "sys/storage/raft/snapshot"

// TakeSnapshot asks GET sys/storage/raft/snapshot and streams the answer, a compressed archive, to w. It needs a token with read
// on the path, and goes to the active node. An answer that was cut short is an error where HTTP shows it, and has to be read
// through where it does not.
func (c *Client) TakeSnapshot(ctx context.Context, w io.Writer) error {
	s, err := c.open(ctx, call{method: http.MethodGet, path: pathSnapshot, token: true}, nil, 0, http.StatusOK)
	if err != nil {
		return err
	}
	defer s.close()
	_, err = io.Copy(w, s)
	return err
}

// RestoreSnapshot sends POST sys/storage/raft/snapshot, once, with a snapshot of size bytes: everything that the cluster holds is
// replaced by what it held then. It needs a token with create or update on the path, and goes to the active node, since standbys
// redirect it. Without force a server refuses a snapshot that its own keys do not open; with it (snapshot-force) any is taken,
// and the cluster is sealed with the keys of the snapshot from then on.
//
// The answer comes when the snapshot was checked, and before it is in force: the node restores behind it, and seals itself where
// that fails.
func (c *Client) RestoreSnapshot(ctx context.Context, from io.Reader, size int64, force bool) error {
	path := pathSnapshot
	if force {
		path += "-force"
	}
	s, err := c.open(ctx, call{method: http.MethodPost, path: path, token: true}, from, size, http.StatusOK, http.StatusNoContent)
	if err != nil {
		return err
	}
	s.close()
	return nil
}
