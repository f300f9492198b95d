package demo

import (
	"fmt"
	"net/http"
	"strings"
)

// move is what is told of a mount's move.
type move struct {
	From   string `json:"source_mount"`
	To     string `json:"target_mount"`
	Status string `json:"status"`
}

// putMove moves a mount, at once; real servers take their time and say so. Its leases end, and its quotas move with it.
//
// After the source of OpenBao: the words of refusals, and what is told of a move.
func putMove(q *request) answer {
	var in struct {
		From string `json:"from"`
		To   string `json:"to"`
	}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	switch {
	case in.From == "" || in.To == "":
		return refuse(http.StatusBadRequest, "both 'from' and 'to' path must be specified as a string")
	case strings.TrimSpace(in.From) != in.From:
		return refuse(http.StatusBadRequest, "'from' path cannot contain trailing whitespace")
	case strings.TrimSpace(in.To) != in.To:
		return refuse(http.StatusBadRequest, "'to' path cannot contain trailing whitespace")
	}
	from, to := pathOf(in.From), pathOf(in.To)
	if no := q.movable(from, to); no != nil {
		return *no
	}
	q.holds().move(from, to)
	id := q.c.dice.uuid()
	q.holds().Moves[id] = &move{from, to, "success"}
	q.c.log("info", "core.mounts.migration", "Completed mount move operations", "migration_id", id, "from_path", from, "to_path", to)
	server := "Vault"
	if q.c.product.bao() {
		server = "OpenBao"
	}
	e := q.frame("system")
	e.Data = map[string]any{"migration_id": id}
	e.Warnings = []string{"Mount move has been queued. Progress will be reported in " + server +
		"'s server log, tagged with the returned migration_id"}
	return reply(onTop{e})
}

// tableOf is the table that a path of sys/remount belongs to, and the path in it.
func tableOf(path string) (mountKind, string) {
	if rest, auth := strings.CutPrefix(path, "auth/"); auth {
		return authKind, rest
	}
	return secretKind, path
}

// movable says what stands against a move.
func (q *request) movable(from, to string) *answer {
	k, source := tableOf(from)
	other, target := tableOf(to)
	first, _, _ := strings.Cut(from, "/")
	goal, _, _ := strings.Cut(to, "/")
	switch {
	case k == authKind && other != authKind:
		return refused(refuse(http.StatusBadRequest, fmt.Sprintf("cannot remount auth mount to non-auth mount %q", to)))
	case k == authKind && source == "token/" || k == secretKind && protected[first+"/"]:
		return refused(refuse(http.StatusBadRequest, fmt.Sprintf("cannot remount %q", from)))
	case k == authKind && target == "token/":
		return refused(refuse(http.StatusBadRequest, fmt.Sprintf("cannot remount to destination %q", to)))
	case k == secretKind && protected[goal+"/"]:
		return refused(refuse(http.StatusBadRequest, "cannot remount to destination "+to))
	case k.of(q.holds())[source] == nil:
		return refused(refuse(http.StatusBadRequest, fmt.Sprintf("no matching mount at %q", from)))
	}
	for taken := range k.of(q.holds()) {
		if strings.HasPrefix(target, taken) || strings.HasPrefix(taken, target) {
			return refused(refuse(http.StatusBadRequest, fmt.Sprintf("path already in use at %q", strings.TrimSuffix(to, target)+taken)))
		}
	}
	return nil
}

// move gives a mount another path, which lies in nobody's way.
func (h *holdings) move(from, to string) {
	k, source := tableOf(from)
	_, target := tableOf(to)
	m := k.of(h)[source]
	delete(k.of(h), source)
	h.end(from)
	m.Path = target
	k.of(h)[target] = m
	for _, l := range h.Limits {
		if rest, below := strings.CutPrefix(l.Path, from); below {
			l.Path = to + rest
		}
	}
}

func getMove(q *request) answer {
	m := q.holds().Moves[q.name]
	if m == nil {
		return nothingListed(q)
	}
	return q.data(map[string]any{"migration_id": q.name, "migration_info": *m})
}
