package demo

import (
	"net/http"

	"warder/keys"
)

// A DR secondary makes a DR operation token where others make a root token: with the same shares, in the same steps. It is
// in no token store that could be asked, so that nothing but its own endpoints knows it.
//
// After the documentation: all of it; the words of its refusals are those of generate-root, or the demo's own.

var operationOpen = [products]gate{open, guarded, absent}

// atSecondary serves at a DR secondary only, and elsewhere refuses.
func atSecondary(h handler) handler {
	return func(q *request) answer {
		if !q.c.plan.secondary {
			return refuse(http.StatusBadRequest, "not a DR secondary")
		}
		return h(q)
	}
}

// offSecondary serves anywhere but at a DR secondary, which makes no root token.
func offSecondary(h handler) handler {
	return func(q *request) answer {
		if q.c.plan.secondary && !q.c.product.bao() {
			return refuse(http.StatusBadRequest, "path disabled in replication DR secondary mode")
		}
		return h(q)
	}
}

// makes is the token of an attempt that has its shares.
func (c *Cluster) makes() keys.Secret {
	if c.plan.secondary && !c.product.bao() {
		return keys.NewSecret(append([]byte(c.product.era().tokenPrefix), c.dice.base62(24)...))
	}
	return c.issueRoot().id
}
