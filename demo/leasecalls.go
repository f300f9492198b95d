package demo

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The words are a real OpenBao's; Vault's are taken to be the same.

type leaseRequest struct {
	ID        string  `json:"lease_id"`
	Increment seconds `json:"increment"`
	Sync      *bool   `json:"sync"`
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
	out := map[string]any{
		"id": in.ID, "issue_time": l.Issued.UTC(), "expire_time": nil, "last_renewal": nil, "renewable": l.Stuck == "", "ttl": 0,
	}
	if !l.Expires.IsZero() {
		out["expire_time"], out["ttl"] = l.Expires.UTC(), wholeSeconds(l.Expires.Sub(q.c.at))
	}
	if !l.Renewed.IsZero() {
		out["last_renewal"] = l.Renewed.UTC()
	}
	if l.Stuck != "" {
		out["revoke_error"] = l.Stuck
	}
	if q.c.product.bao() {
		out["path"] = in.ID[:max(0, strings.LastIndexByte(in.ID, '/'))]
	}
	return q.dataOnTop(out)
}

func renewLease(q *request) answer {
	in, no := q.leaseOf()
	if no != nil {
		return *no
	}
	l := q.leases()[in.ID]
	switch {
	case l == nil:
		return refuse(http.StatusBadRequest, "lease not found")
	case strings.HasPrefix(in.ID, "auth/"):
		return refuse(http.StatusBadRequest, "tokens cannot be renewed through this endpoint")
	case l.Stuck != "":
		return refuse(http.StatusBadRequest, "lease is expired and has failed previous revocation attempts")
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

// revoked is the answer to who had leases ended: the servers wait for it unless they are told not to. Here they end at once.
//
// After the source of OpenBao: the answer to who does not wait.
func (q *request) revoked(sync *bool) answer {
	if sync != nil && !*sync {
		return answer{status: http.StatusAccepted}
	}
	return noContent()
}

func revokeLease(q *request) answer {
	in, no := q.leaseOf()
	if no != nil {
		return *no
	}
	if l := q.leases()[in.ID]; l != nil && l.Stuck != "" {
		return refuse(http.StatusBadRequest, "failed to revoke entry: resp: (*logical.Response)(nil) err: "+l.Stuck)
	}
	q.endLeases(func(id string) bool { return id == in.ID })
	return q.revoked(in.Sync)
}

// revokeLeases ends what is below a prefix. The first that its engine cannot revoke ends that, unless it is forced: then such leases
// are forgotten, whatever they were for.
func revokeLeases(force bool) handler {
	return func(q *request) answer {
		var in leaseRequest
		if bad := q.decode(&in); bad != nil {
			return *bad
		}
		prefix := pathOf(q.name)
		below := func(id string) bool { return strings.HasPrefix(id+"/", prefix) }
		var ids []string
		all := q.leases()
		for _, id := range sortedNames(all) {
			if below(id) {
				ids = append(ids, id)
			}
		}
		for i, id := range ids {
			if why := all[id].Stuck; why != "" && !force {
				q.endLeases(func(id string) bool { return slices.Contains(ids[:i], id) })
				return refuse(http.StatusBadRequest, fmt.Sprintf("failed to revoke %q (%d / %d): %s", id, i+1, len(ids), why))
			}
		}
		q.endLeases(below)
		q.c.log("info", "expiration", "revoked leases", "prefix", prefix)
		if force {
			return noContent()
		}
		return q.revoked(in.Sync)
	}
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

// mountOf is the accessor of the engine that a lease is of.
func (q *request) mountOf(id string) string {
	for path, m := range q.holds().Mounts {
		if strings.HasPrefix(id, path) {
			return q.c.accessorOf(secretKind, m)
		}
	}
	return "mount-accessor-not-found"
}

// countLeases counts those that could not be revoked, by mount; of others it says nothing.
func countLeases(q *request) answer {
	if q.query.Get("type") != "irrevocable" {
		return nothingListed(q)
	}
	counts, total := map[string]int{}, 0
	for id, l := range q.holds().Leases {
		if l.Stuck != "" {
			counts[q.mountOf(id)]++
			total++
		}
	}
	return q.data(map[string]any{"counts": counts, "lease_count": total})
}

// stuckShown is how many leases getIrrevocable lists unless it is told otherwise.
const stuckShown = 10_000

type stuckLease struct {
	ID    string `json:"lease_id"`
	Mount string `json:"mount_id"`
	Error string `json:"error"`
	ended time.Time
}

// getIrrevocable lists those that could not be revoked, the oldest first.
//
// After the source of OpenBao: the fields, and the words of refusals and warnings.
func getIrrevocable(q *request) answer {
	if q.query.Get("type") != "irrevocable" {
		return nothingListed(q)
	}
	limit := stuckShown
	if text := q.query.Get("limit"); text == "none" {
		limit = len(q.holds().Leases)
	} else if text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			return refuseWrapped(http.StatusInternalServerError, "invalid 'limit' provided: "+err.Error())
		}
		if n < 1 {
			return refuseWrapped(http.StatusInternalServerError, "limit must be 'none' or a positive integer")
		}
		limit = n
	}
	all := []stuckLease{}
	for id, l := range q.holds().Leases {
		if l.Stuck != "" {
			all = append(all, stuckLease{id, q.mountOf(id), l.Stuck, l.Expires})
		}
	}
	slices.SortFunc(all, func(a, b stuckLease) int { return cmp.Or(a.ended.Compare(b.ended), cmp.Compare(a.ID, b.ID)) })
	e := q.frame("system")
	if len(all) > limit {
		all = all[:limit]
		e.Warnings = []string{"Command halted because many irrevocable leases were found. " +
			"To emit the entire list, re-run the command with force set true."}
	}
	e.Data = map[string]any{"lease_count": len(all), "leases": all}
	return reply(e)
}
