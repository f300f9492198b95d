package demo

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"
)

// lease is a promise of an end: of a credential that an engine made. Those of tokens are the tokens themselves.
type lease struct {
	Issued, Expires time.Time
	TTL             int64 // in seconds, as it was given
	Renewed         time.Time
	Stuck           string // why its engine failed to revoke it; it does not end then
}

func (l *lease) inForce(at time.Time) bool { return l.Stuck != "" || l.Expires.After(at) }

func numeral(i int) string { return strconv.Itoa(i) }

// lend makes a lease of the database engine's.
func (h *holdings) lend(c *Cluster, role string, n int, ttl time.Duration) {
	id := "database/creds/" + role + "/" + c.tag(role+numeral(n), 24)
	h.Leases[id] = &lease{Issued: c.at, Expires: c.at.Add(ttl), TTL: wholeSeconds(ttl)}
}

// end forgets what is leased below a prefix.
func (h *holdings) end(prefix string) {
	for id := range h.Leases {
		if strings.HasPrefix(id, prefix) {
			delete(h.Leases, id)
		}
	}
}

// leases are all that are in force, those of tokens among them, by id. What has ended is forgotten.
func (q *request) leases() map[string]*lease {
	held := q.holds().Leases
	maps.DeleteFunc(held, func(_ string, l *lease) bool { return !l.inForce(q.c.at) })
	out := maps.Clone(held)
	if q.space != nil {
		return out
	}
	for _, t := range q.c.tokens.byID {
		if t.path == "auth/token/create" && (t.expires.IsZero() || t.expires.After(q.c.at)) {
			out[t.leaseID()] = &lease{Issued: t.created, Expires: t.expires, TTL: wholeSeconds(t.ttl), Renewed: t.renewed}
		}
	}
	return out
}

// leaseID is a token's: a digest that does not tell it.
func (t *token) leaseID() string {
	return fmt.Sprintf("%s/h%x", t.path, sha256.Sum256([]byte(t.accessor)))
}

// listLeases gives what is right below a prefix: leases, and the next part of longer ones.
func listLeases(q *request) answer {
	prefix := ""
	if q.name != "" {
		prefix = pathOf(q.name)
	}
	names := map[string]bool{}
	for id := range q.leases() {
		rest, below := strings.CutPrefix(id, prefix)
		if !below {
			continue
		}
		if first, _, deeper := strings.Cut(rest, "/"); deeper {
			rest = first + "/"
		}
		names[rest] = true
	}
	return q.named(sortedNames(names))
}
