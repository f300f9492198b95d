package demo

import "time"

const (
	rivalWaits   = 20 * time.Second
	rivalReturns = 4 * time.Second
)

// rival has somebody else cancel what was just begun, and soon begin the same under another nonce. It is set off by
// every ceremony that is begun in a scenario with a rival, but not by the rival's own.
func (c *Cluster) rival(nonce string) {
	if !c.plan.rival {
		return
	}
	c.after(rivalWaits, func() {
		if a := c.ceremonies.root; a != nil && a.nonce == nonce {
			c.ceremonies.root = nil
			c.after(rivalReturns, c.rivalAttempt)
		}
		c.eachRekey(func(held **rekey) {
			if r := *held; r != nil && r.nonce == nonce {
				*held = nil
				c.after(rivalReturns, func() { c.rivalRekey(held, r.kind) })
			}
		})
	})
}

// eachRekey visits every place where a rekey can be held.
func (c *Cluster) eachRekey(visit func(**rekey)) {
	for kind := range ceremonyKinds {
		visit(&c.ceremonies.rekeys[kind])
		for _, n := range c.nodes {
			visit(&n.rotation[kind])
		}
	}
}

func (c *Cluster) rivalAttempt() {
	if c.ceremonies.root == nil && c.raft.leader != nil {
		// The length is the server's own, so it cannot be refused.
		c.ceremonies.root, _, _ = c.attempt(attemptRequest{}, c.product.era().otpLength)
	}
}

func (c *Cluster) rivalRekey(held **rekey, kind ceremonyKind) {
	if *held == nil && c.raft.leader != nil {
		*held = c.startRekey(kind, shape{2, 3}, nil, false, true)
	}
}
