package demo

import (
	"errors"
	"time"

	"warder/keys"
)

// shape is a threshold and the number of shares it is of.
type shape struct{ threshold, shares int }

// check refuses shapes as the servers do.
func (s shape) check() error {
	switch {
	case s.shares <= 0:
		return errors.New("shares must be at least one")
	case s.threshold <= 0:
		return errors.New("threshold must be at least one")
	case s.threshold > s.shares:
		return errors.New("threshold cannot be larger than shares")
	case s.shares > 1 && s.threshold == 1:
		return errors.New("threshold must be greater than one for multiple shares")
	case s.shares > 255:
		return errors.New("shares must be less than 256")
	}
	return nil
}

const keyLength = 32

// custody is a key and the shares in which it was handed out.
type custody struct {
	shape
	key     keys.Secret
	shares  []keys.Secret
	brought *sealedState // in place of the key: a snapshot of another cluster, which its shares open
}

// entrust draws a new key and divides it. One share of one is the key itself; no shares are no key.
func (c *Cluster) entrust(s shape) (custody, error) {
	held := custody{shape: s}
	if s.shares == 0 {
		return held, nil
	}
	key := c.dice.bytes(keyLength)
	if s.shares == 1 {
		held.shares = []keys.Secret{keys.NewSecret(append([]byte(nil), key...))}
	} else {
		parts, err := keys.Split(key, s.shares, s.threshold, c.dice)
		if err != nil {
			return custody{}, err
		}
		for _, part := range parts {
			held.shares = append(held.shares, keys.NewSecret(part))
		}
	}
	held.key = keys.NewSecret(key)
	return held, nil
}

// What is wrong with shares, in the servers' words.
var (
	errWrongShares = errors.New("cipher: message authentication failed") // they combine to another key
	errOtherLength = errors.New("all parts must be the same length")
	errSamePart    = errors.New("duplicate part detected")
	errTooShort    = errors.New("parts must be at least two bytes")
)

// combined is the key that the given shares make, right or wrong.
func (h custody) combined(given []keys.Secret) (keys.Secret, error) {
	parts := make([][]byte, len(given))
	for i, g := range given {
		g.Use(func(b []byte) { parts[i] = append([]byte(nil), b...) })
		defer clear(parts[i])
	}
	if h.threshold <= 1 {
		return keys.NewSecret(append([]byte(nil), parts[0]...)), nil
	}
	err := checkParts(parts)
	if err != nil {
		return keys.Secret{}, err
	}
	key, err := keys.Combine(parts)
	return keys.NewSecret(key), err
}

// opens says whether the given shares combine to the key.
func (h custody) opens(given []keys.Secret) error {
	key, err := h.combined(given)
	switch {
	case err != nil:
		return err
	case h.brought != nil:
		if _, err := h.brought.open(key); err != nil {
			return errWrongShares
		}
	case !key.Equal(h.key):
		return errWrongShares
	}
	return nil
}

// checkParts refuses what cannot be combined.
func checkParts(parts [][]byte) error {
	seen := map[byte]bool{}
	for _, part := range parts {
		switch {
		case len(part) < 2:
			return errTooShort
		case len(part) != len(parts[0]):
			return errOtherLength
		}
		x := part[len(part)-1]
		if seen[x] {
			return errSamePart
		}
		seen[x] = true
	}
	return nil
}

// seal is what protects the root key, the same on every node.
type seal struct {
	kind     string // "shamir", "awskms", "transit", or "multiseal" for Seal HA
	backends []string
	custody  custody // of the unseal key, or of the recovery key where the cluster unseals itself
	wrapped  bool    // all entries are wrapped by all backends
}

func (s *seal) auto() bool { return s.kind != shamirSeal }

// backendView is how one node sees one backend.
type backendView struct {
	healthy bool
	since   time.Time // of being unhealthy
	cut     bool      // the truth: the provider cannot be reached from this node
}

// The servers test a healthy backend every ten minutes and an unhealthy one every minute.
const (
	healthyTest   = 10 * time.Minute
	unhealthyTest = time.Minute
)

// watchSeals begins a node's own tests of its backends.
func (c *Cluster) watchSeals(n *node) {
	n.backends = make([]backendView, len(c.seal.backends))
	for i := range n.backends {
		n.backends[i].healthy = true
		if c.seal.auto() {
			first := time.Duration(c.dice.between(0, float64(healthyTest)))
			c.after(first, func() { c.testSeal(n, i) })
		}
	}
}

func (c *Cluster) testSeal(n *node, i int) {
	if n.process == up {
		c.notice(n, i)
	}
	next := healthyTest
	if !n.backends[i].healthy {
		next = unhealthyTest
	}
	c.after(next, func() { c.testSeal(n, i) })
}

// notice has the node see a backend as it is.
func (c *Cluster) notice(n *node, i int) {
	view := &n.backends[i]
	switch {
	case view.cut && view.healthy:
		view.healthy, view.since = false, c.at
		c.logAt(n, "error", "seal", "seal backend is unhealthy", "name", c.seal.backends[i])
	case !view.cut:
		view.healthy, view.since = true, time.Time{}
	}
}

// reachesSeal says whether the node could unseal itself: one reachable backend is enough.
func (n *node) reachesSeal() bool {
	for _, view := range n.backends {
		if !view.cut {
			return true
		}
	}
	return len(n.backends) == 0
}
