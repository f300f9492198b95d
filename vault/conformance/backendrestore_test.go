package conformance

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"warder/vault"
	"warder/vault/snapfile"
	"warder/vault/sys"
)

// saved takes a snapshot into a new file.
func saved(t *testing.T, from *vault.Client) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "snapshot")
	_, err := snapfile.Save(path, func(w io.Writer) error { return from.TakeSnapshot(t.Context(), w) })
	works(t, "save", err)
	return path
}

// gives restores a file.
func gives(t *testing.T, to *vault.Client, path string, force bool) error {
	t.Helper()
	f, err := os.Open(path)
	works(t, "open", err)
	defer f.Close()
	info, err := f.Stat()
	works(t, "stat", err)
	return to.RestoreSnapshot(t.Context(), f, info.Size(), force)
}

// restored goes back to before a change. The answer comes before the cluster has gone back.
func restored(t *testing.T, c *cluster) {
	x := t.Context()
	path := saved(t, c.lead(t))
	c.goesBack(t, path, false)
	whole, err := os.ReadFile(path)
	works(t, "read", err)
	err = c.lead(t).RestoreSnapshot(x, bytes.NewReader(whole[:len(whole)/2]), int64(len(whole)/2), false)
	ends(t, "half a snapshot", err, failed)
	ends(t, "a restore for a stranger", gives(t, c.strangers(t).Client, path, false), denied)
	c.serves(t, 0)
}

// goesBack makes a change, restores a snapshot of before, and waits until the change is gone.
func (c *cluster) goesBack(t *testing.T, path string, force bool) {
	t.Helper()
	works(t, "a change", c.backend(t).EnableMount(t.Context(), "later", sys.MountConfig{Type: "kv"}))
	works(t, "restore", gives(t, c.lead(t), path, force))
	eventually(t, "the change is gone", func() error {
		all, err := c.backend(t).Mounts(t.Context())
		if err != nil {
			return err
		}
		if _, there := among(t, all, "later/"); there {
			return errNotYet
		}
		return nil
	})
	for i := range c.nodes {
		c.serves(t, i)
	}
}

// restoredByForce takes a snapshot, has the cluster rekeyed, and goes back: then the shares of before open it, and those of
// after do not.
func restoredByForce(t *testing.T, c *cluster) {
	path, before := saved(t, c.lead(t)), c.shares
	r := rekeying{c, c.lead(t), vault.BarrierKey}
	after := r.handsOut(t, vault.RekeyConfig{Shares: 5, Threshold: 3}).NewShares
	ends(t, "a snapshot of other keys", gives(t, c.lead(t), path, false), refused)
	// The nodes go on with what they hold in memory; whoever starts anew wants the shares of the snapshot.
	c.goesBack(t, path, true)
	c.shares = before
	standby := c.standby(t)
	c.machine.kill(t, standby)
	c.machine.start(t, standby)
	c.becomes(t, standby, vault.CodeSealed)
	var last error
	for _, share := range after[:3] {
		_, last = c.bare(standby).Unseal(t.Context(), share, false)
	}
	ends(t, "the shares of after", last, refused)
	c.unseal(t, standby)
	c.serves(t, standby)
}
