package demo

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// lease is a promise of an end: of a credential that an engine made. Those of tokens are the tokens themselves.
type lease struct {
	Issued, Expires time.Time
	TTL             int64 // in seconds, as it was given
	Irrevocable     bool
	Renewed         time.Time
}

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

// leases are all that are in force, those of tokens among them, by id.
func (q *request) leases() map[string]*lease {
	out := map[string]*lease{}
	for id, l := range q.holds().Leases {
		if l.Expires.After(q.c.at) {
			out[id] = l
		}
	}
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

type leaseRequest struct {
	ID        string  `json:"lease_id"`
	Increment seconds `json:"increment"`
}

// leaseOf is the id in the request.
func (q *request) leaseOf() (in leaseRequest, no *answer) {
	if bad := q.decode(&in); bad != nil {
		return in, bad
	}
	if in.ID == "" {
		return in, refused(refuse(http.StatusBadRequest, "lease_id must be specified"))
	}
	return in, nil
}

func lookupLease(q *request) answer {
	in, no := q.leaseOf()
	if no != nil {
		return *no
	}
	l := q.leases()[in.ID]
	if l == nil {
		return refuse(http.StatusBadRequest, "invalid lease")
	}
	out := map[string]any{"id": in.ID, "issue_time": l.Issued.UTC(), "expire_time": nil, "last_renewal": nil, "renewable": true, "ttl": 0}
	if !l.Expires.IsZero() {
		out["expire_time"], out["ttl"] = l.Expires.UTC(), wholeSeconds(l.Expires.Sub(q.c.at))
	}
	if !l.Renewed.IsZero() {
		out["last_renewal"] = l.Renewed.UTC()
	}
	return q.dataOnTop(out)
}

func renewLease(q *request) answer {
	in, no := q.leaseOf()
	if no != nil {
		return *no
	}
	if strings.HasPrefix(in.ID, "auth/") && q.leases()[in.ID] != nil {
		return refuse(http.StatusBadRequest, "tokens cannot be renewed through this endpoint")
	}
	l := q.holds().Leases[in.ID]
	if l == nil || !l.Expires.After(q.c.at) {
		return refuse(http.StatusBadRequest, "lease not found")
	}
	ttl := time.Duration(in.Increment)
	if ttl <= 0 {
		ttl = time.Duration(l.TTL) * time.Second
	}
	l.Expires, l.Renewed = q.c.at.Add(min(ttl, systemTTL)), q.c.at
	e := q.frame("system")
	e.LeaseID, e.Renewable, e.LeaseDuration = in.ID, true, wholeSeconds(l.Expires.Sub(q.c.at))
	return reply(e)
}

func revokeLease(q *request) answer {
	in, no := q.leaseOf()
	if no != nil {
		return *no
	}
	q.endLeases(func(id string) bool { return id == in.ID })
	return noContent()
}

// revokeLeases ends what is below a prefix, at once.
func revokeLeases(q *request) answer {
	prefix := pathOf(q.name)
	q.endLeases(func(id string) bool { return strings.HasPrefix(id+"/", prefix) })
	q.c.log("info", "expiration", "revoked leases", "prefix", prefix)
	return noContent()
}

func (q *request) endLeases(which func(id string) bool) {
	for id := range q.leases() {
		if which(id) {
			delete(q.holds().Leases, id)
		}
	}
	if q.space != nil {
		return
	}
	for _, t := range q.c.tokens.byID {
		if t.path == "auth/token/create" && which(t.leaseID()) {
			q.c.revoke(t)
		}
	}
}

// countLeases counts those that could not be revoked, by mount; of others it says nothing.
func countLeases(q *request) answer {
	if q.query.Get("type") != "irrevocable" {
		return nothingListed(q)
	}
	counts := map[string]int{}
	for id, l := range q.holds().Leases {
		if !l.Irrevocable {
			continue
		}
		for path, m := range q.holds().Mounts {
			if strings.HasPrefix(id, path) {
				counts[q.c.accessorOf(secretKind, m)]++
			}
		}
	}
	total := 0
	for _, n := range counts {
		total += n
	}
	return q.data(map[string]any{"counts": counts, "lease_count": total})
}
