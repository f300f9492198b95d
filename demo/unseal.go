package demo

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"time"

	"warder/keys"
)

// unsealing is a node's own collection of shares.
type unsealing struct {
	nonce  string
	shares []keys.Secret
}

// has says whether the same share was given before.
func has(shares []keys.Secret, given keys.Secret) bool {
	for _, s := range shares {
		if s.Equal(given) {
			return true
		}
	}
	return false
}

const (
	shortestKey = 16
	longestKey  = keyLength + 1
)

// readShare takes hex or base64, told apart by the decoded length.
func readShare(text string) (keys.Secret, bool) {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) < shortestKey || len(raw) > longestKey {
		if raw, err = base64.StdEncoding.DecodeString(text); err != nil {
			return keys.Secret{}, false
		}
	}
	return keys.NewSecret(raw), true
}

// shareLength refuses what is too short or too long to be a share.
func shareLength(n int) error {
	switch {
	case n < shortestKey:
		return fmt.Errorf("key is shorter than minimum %d bytes", shortestKey)
	case n > longestKey:
		return fmt.Errorf("key is longer than maximum %d bytes", longestKey)
	}
	return nil
}

func putUnseal(q *request) answer {
	in := struct {
		Key     string
		Reset   bool
		Migrate bool
	}{}
	if bad := q.decodeLeniently(&in); bad != nil {
		return *bad
	}
	n := q.asked
	if in.Reset {
		if !n.sealed {
			return refuse(http.StatusBadRequest, "vault is unsealed")
		}
		n.unseal = unsealing{}
		return getSealStatus(q)
	}
	if in.Key == "" {
		return refuse(http.StatusBadRequest,
			"'key' must be specified in request body as JSON, or 'reset' set to true")
	}
	share, ok := readShare(in.Key)
	if !ok {
		return refuse(http.StatusBadRequest, "'key' must be a valid hex or base64 string")
	}
	if err := shareLength(share.Len()); err != nil {
		return refuse(http.StatusBadRequest, "invalid key: "+err.Error())
	}
	return q.collect(share, in.Migrate)
}

// collect adds a share on this node, and tries the key at the threshold.
func (q *request) collect(share keys.Secret, migrate bool) answer {
	c, n := q.c, q.asked
	if no := c.migratable(n, migrate); no != nil {
		return *no
	}
	switch {
	case n.removed:
		return refuse(http.StatusInternalServerError, "node was removed from a HA cluster")
	case !n.joined:
		return refuse(http.StatusBadRequest, "Vault is not initialized")
	case !n.sealed || c.opensItself(n) || has(n.unseal.shares, share):
		return getSealStatus(q)
	}
	if len(n.unseal.shares) == 0 {
		n.unseal.nonce = c.dice.uuid()
	}
	n.unseal.shares = append(n.unseal.shares, share)
	if len(n.unseal.shares) < c.seal.custody.threshold {
		return getSealStatus(q)
	}
	given := n.unseal.shares
	n.unseal = unsealing{}
	if err := c.seal.custody.opens(given); err != nil {
		if err != errWrongShares {
			return refuse(http.StatusBadRequest, "invalid key: failed to compute combined key: "+err.Error())
		}
		return refuse(http.StatusBadRequest, "unable to retrieve stored keys: invalid key: "+c.product.cannotDecrypt(err))
	}
	c.takeUp(given)
	c.open(n)
	return getSealStatus(q)
}

// cannotDecrypt is what each product says of shares that combine to another key.
func (p Product) cannotDecrypt(err error) string {
	if p.bao() {
		return "failed to decrypt keys from storage: " + err.Error()
	}
	return "failed to decrypt keys from storage: " +
		"error decrypting seal wrapped value\nerror decrypting using seal shamir: " + err.Error()
}

// open unseals a node. One that is new to Raft is let in by the leader first, which takes seconds.
func (c *Cluster) open(n *node) {
	if c.raft.peer(n) == nil && len(c.raft.peers) > 0 && !n.outside {
		c.after(time.Duration(c.dice.between(float64(2*time.Second), float64(4*time.Second))), func() { c.admit(n) })
		return
	}
	if n.outside {
		c.after(removalNews, func() { c.learnRemoval(n) })
	}
	n.sealed = false
	c.logAt(n, "info", "core", "vault is unsealed")
	n.shown = c.seal.custody.shape
	c.settleAutopilot()
	c.participation()
}

// admit makes an opened node a peer; it begins without a vote. Without a leader it tries again.
func (c *Cluster) admit(n *node) {
	switch {
	case !n.sealed || n.process != up || c.raft.peer(n) != nil:
		return
	case c.raft.leader == nil:
		c.after(2*time.Second, func() { c.admit(n) })
		return
	}
	c.settleAutopilot()
	c.raft.peers = append(c.raft.peers, &peer{node: n, never: n.nonVoter})
	c.raft.log.add(2)
	n.sealed = false
	n.shown = c.seal.custody.shape
	c.participation()
}

func putSeal(q *request) answer {
	if !q.c.product.bao() && !q.c.leads(q.asked) {
		return refuse(http.StatusInternalServerError, "vault cannot seal when in standby mode; please restart instead")
	}
	q.c.sealNode(q.asked)
	return noContent()
}

// sealNode seals a node; if it led, the others soon elect.
func (c *Cluster) sealNode(n *node) {
	c.settleAutopilot()
	led := c.leads(n)
	n.sealed, n.shown = true, c.seal.custody.shape
	n.unseal, n.follows = unsealing{}, nil
	c.logAt(n, "info", "core", "marked as sealed")
	n.rotation = [ceremonyKinds]*rekey{} // an attempt to generate a root token outlives the seal
	if led {
		c.handOver()
	}
	c.participation()
}

func putStepDown(q *request) answer {
	q.c.stepDown()
	return noContent()
}
