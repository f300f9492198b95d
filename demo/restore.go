package demo

import (
	"bytes"
	"encoding/json"
	"net/http"
	"time"

	"warder/keys"
)

// restoreDelay is how long after its answer a server has restored. Of a real OpenBao it was some seconds.
const restoreDelay = time.Second

// putSnapshot restores a snapshot. By force it takes one of another cluster as well: then every node is sealed, and opened by the
// shares of that cluster.
//
// After the source of OpenBao: the words, that the answer comes before it is in force, and what a forced one seals.
func putSnapshot(force bool) handler {
	return func(q *request) answer {
		if q.failed != nil {
			return refuseWrapped(http.StatusInternalServerError, q.failed.Error())
		}
		c := q.c
		held, known := c.opening(q.files, force)
		switch {
		case !known && !force:
			kind := "a different set of unseal keys"
			if c.seal.auto() {
				kind = "a different autoseal key"
			}
			return refuse(http.StatusBadRequest, "could not verify hash file, possibly the snapshot is using "+kind+
				"; use the snapshot-force API to bypass this check")
		case !known && c.seal.auto():
			return refuse(http.StatusBadRequest, "the demo forces no snapshot of another cluster on one that unseals itself: "+
				"nothing would open it again")
		}
		var state sealedState
		if err := json.Unmarshal(q.files["state.bin"], &state); err != nil {
			return refuseWrapped(http.StatusInternalServerError, "failed to read snapshot file: "+err.Error())
		}
		if !known {
			return q.force(state)
		}
		opened, err := state.open(c.sealKey(held))
		if err != nil {
			return refuseWrapped(http.StatusInternalServerError, "failed to read snapshot file: "+err.Error())
		}
		c.log("info", "core", "applying snapshot")
		c.after(restoreDelay, func() {
			c.restore(opened)
			if !c.seal.auto() && !held.key.Equal(c.seal.custody.key) {
				c.former = append(c.former, c.seal.custody)
				c.seal.custody = held
			}
			c.log("info", "core", "snapshot restored")
		})
		return noContent()
	}
}

// opening finds the keys of the cluster that open the sealed sums: those in force, or with force any that were.
func (c *Cluster) opening(files map[string][]byte, force bool) (custody, bool) {
	all := []custody{c.seal.custody}
	if force {
		all = append(all, c.former...)
	}
	for _, held := range all {
		if plain, err := decrypted(c.sealKey(held), files["SHA256SUMS.sealed"]); err == nil && bytes.Equal(plain, files["SHA256SUMS"]) {
			return held, true
		}
	}
	return custody{}, false
}

// force has the cluster take a state that none of its keys opens. The nodes seal themselves over it.
func (q *request) force(state sealedState) answer {
	c, wanted := q.c, shape{state.Threshold, state.Shares}
	if err := wanted.check(); err != nil {
		return refuseWrapped(http.StatusInternalServerError, "failed to read snapshot file: "+err.Error())
	}
	c.log("info", "core", "applying snapshot")
	c.after(restoreDelay, func() {
		c.log("error", "core", "error while restoring raft snapshot", "error", "failed to decrypt keyring")
		c.former = append(c.former, c.seal.custody)
		c.seal.custody = custody{shape: wanted, brought: &state}
		c.ceremonies.lost()
		for _, n := range c.nodes {
			if n.joined && !n.sealed {
				c.sealNode(n)
			}
		}
	})
	return noContent()
}

// takeUp puts the state of another cluster in force, once that cluster's shares have opened it.
func (c *Cluster) takeUp(given []keys.Secret) {
	held := c.seal.custody
	if held.brought == nil {
		return
	}
	key, err := held.combined(given)
	if err != nil {
		return
	}
	state, err := held.brought.open(key)
	if err != nil {
		return
	}
	c.restore(state)
	held.key, held.brought = key, nil
	c.seal.custody = held
}

// restore puts a state in force.
func (c *Cluster) restore(state snapshotState) {
	c.id, c.holdings = state.Cluster, state.Holdings
	c.keyring.term, c.keyring.installed = state.Keyring.Term, state.Keyring.Installed
	c.bringTokens(state.Tokens, state.Taken)
}
