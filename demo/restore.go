package demo

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// restoreDelay is how long after its answer a server has restored. Of a real OpenBao it was some seconds.
const restoreDelay = time.Second

// putSnapshot restores a snapshot, of which the demo takes no more than it takes of any body. Tokens that were made since are gone;
// those that were revoked since do not come back, which they do on a real server.
//
// After the source of OpenBao: the words, and that the answer comes before it is in force.
func putSnapshot(force bool) handler {
	return func(q *request) answer {
		files, err := unpack(q.body)
		if err != nil {
			return refuseWrapped(http.StatusInternalServerError, "failed to read snapshot file: "+err.Error())
		}
		held, known := q.c.opening(files["SHA256SUMS.sealed"], files["SHA256SUMS"], force)
		if !known && !force {
			kind := "a different set of unseal keys"
			if q.c.seal.auto() {
				kind = "a different autoseal key"
			}
			return refuse(http.StatusBadRequest, "could not verify hash file, possibly the snapshot is using "+kind+
				"; use the snapshot-force API to bypass this check")
		}
		if !known {
			return refuse(http.StatusBadRequest, "the demo has the keys of its own cluster only, so that it forces no snapshot of another one")
		}
		plain, err := decrypted(q.c.sealKey(held), files["state.bin"])
		var state snapshotState
		if err == nil {
			err = json.Unmarshal(plain, &state)
		}
		if err != nil {
			return refuseWrapped(http.StatusInternalServerError, "failed to read snapshot file: "+err.Error())
		}
		q.c.log("info", "core", "applying snapshot")
		q.c.after(restoreDelay, func() { q.c.restore(state, held) })
		return noContent()
	}
}

// opening finds the keys of the cluster that open the sealed sums: those in force, or with force any that were.
func (c *Cluster) opening(sealed, sums []byte, force bool) (custody, bool) {
	all := []custody{c.seal.custody}
	if force {
		all = append(all, c.former...)
	}
	for _, held := range all {
		if plain, err := decrypted(c.sealKey(held), sealed); err == nil && bytes.Equal(plain, sums) {
			return held, true
		}
	}
	return custody{}, false
}

// restore puts a snapshot in force.
func (c *Cluster) restore(state snapshotState, held custody) {
	c.holdings = state.Holdings
	c.keyring.term, c.keyring.installed = state.Keyring.Term, state.Keyring.Installed
	for _, t := range c.tokens.byID {
		if t.created.After(state.Taken) {
			c.revoke(t)
		}
	}
	if held.key.Len() > 0 && !held.key.Equal(c.seal.custody.key) {
		c.former = append(c.former, c.seal.custody)
		c.seal.custody = held
	}
	c.log("info", "core", "snapshot restored")
}

var errTruncated = errors.New("unexpected EOF")

// unpack takes an archive apart and compares its sums.
func unpack(body []byte) (map[string][]byte, error) {
	zip, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("failed to decompress snapshot: %w", err)
	}
	files := map[string][]byte{}
	for archive := tar.NewReader(zip); ; {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errTruncated
		}
		if files[h.Name], err = io.ReadAll(io.LimitReader(archive, maxBody)); err != nil {
			return nil, errTruncated
		}
	}
	if _, err := io.Copy(io.Discard, zip); err != nil {
		return nil, errTruncated
	}
	for line := range strings.Lines(string(files["SHA256SUMS"])) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if fmt.Sprintf("%x", sha256.Sum256(files[name])) != sum {
			return nil, fmt.Errorf("hash check failed for %q", name)
		}
	}
	if files["SHA256SUMS"] == nil || files["state.bin"] == nil {
		return nil, errors.New("the archive is not whole")
	}
	return files, nil
}
