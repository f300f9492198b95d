package demo

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"unicode"
)

// space is a namespace of OpenBao's. One that was made with a seal of its own is sealed by itself.
type space struct {
	Path, ID, UUID string // the path from the root on
	Metadata       map[string]string
	Holdings       *holdings
	Own            *spaceSeal // nil without a seal of its own
}

func (c *Cluster) newSpace(path string) *space {
	return &space{Path: path, ID: c.tag("namespace "+path, 6), UUID: c.mountID("namespace " + path), Metadata: map[string]string{}, Holdings: newHoldings(path)}
}

func (s *space) shown() map[string]any {
	return map[string]any{"custom_metadata": s.Metadata, "id": s.ID, "locked": false, "path": s.Path, "tainted": false, "uuid": s.UUID}
}

func (s *space) sealed() bool { return s.Own != nil && s.Own.sealed }

// onlyInRoot are the parts of sys/ that no other namespace has.
//
// After the source of OpenBao: which, and the words.
var onlyInRoot = []string{
	"audit-hash", "audit", "config", "generate-recovery-token", "generate-root", "health", "host-info", "in-flight-req", "init",
	"internal/counters", "loggers", "metrics", "mfa/method", "monitor", "pprof", "quotas", "raw", "rekey-recovery-key", "rekey",
	"replication", "seal", "sealwrap/rewrap", "step-down", "storage", "sync/config", "unseal",
}

// enterSpace finds the namespace that the request names, in its header or before its path, which is cut off. Only OpenBao has any;
// what answers before the router asks for none.
//
// After the documentation: that Vault's community edition passes the header over.
func (q *request) enterSpace() *answer {
	name := strings.Trim(q.header.Get("X-Vault-Namespace"), "/")
	if name == "root" {
		name = ""
	}
	if e, _ := lookup(q.path); !q.c.product.bao() || q.asked.sealed || e != nil && (e.native || name == "") {
		return nil
	}
	h, rest := q.c.holdings, strings.Trim(name+"/"+q.path, "/")
	for {
		first, after, _ := strings.Cut(rest, "/")
		s := h.Namespaces[first+"/"]
		if s == nil {
			break
		}
		if s.sealed() {
			return refused(refuse(http.StatusServiceUnavailable, "namespace is sealed"))
		}
		q.space, h, rest = s, s.Holdings, after
	}
	if q.space == nil && name == "" {
		return nil
	}
	if q.space == nil || !strings.HasPrefix(q.space.Path, name+"/") && name != "" {
		return refused(refuse(http.StatusNotFound, "namespace not found"))
	}
	q.path = rest
	for _, only := range onlyInRoot {
		if rest == "sys/"+only || strings.HasPrefix(rest, "sys/"+only+"/") {
			return refused(refuse(http.StatusBadRequest, "operation only available in root namespace"))
		}
	}
	return nil
}

// within is a path as the policies of the root namespace see it, in which all the demo's tokens are.
func (q *request) within(path string) string {
	if q.space == nil {
		return path
	}
	return q.space.Path + path
}

func listSpaces(q *request) answer {
	all := q.holds().Namespaces
	if len(all) == 0 {
		return nothingListed(q)
	}
	info := map[string]any{}
	for path, s := range all {
		info[path] = s.shown()
	}
	return q.data(map[string]any{"keys": sortedNames(all), "key_info": info})
}

func getSpace(q *request) answer {
	s := q.holds().Namespaces[pathOf(q.name)]
	if s == nil {
		return nothingListed(q)
	}
	return q.data(s.shown())
}

// putSpace makes a namespace, or changes what is noted with it.
func putSpace(q *request) answer {
	var in struct {
		Metadata map[string]string `json:"custom_metadata"`
		Seal     string            `json:"seal"`
	}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	path, no := q.spaceName()
	if no != nil {
		return *no
	}
	all := q.holds().Namespaces
	s, old := all[path], true
	if s == nil {
		s, old = q.c.newSpace(q.within(path)), false
	}
	if old && in.Seal != "" {
		return refuse(http.StatusBadRequest, "cannot modify existing namespace seal config")
	}
	if conflict := q.holds().Mounts[path]; conflict != nil && !old {
		return refuse(http.StatusBadRequest, "new namespace conflicts with existing mount: "+conflict.Path)
	}
	if in.Metadata != nil {
		s.Metadata = in.Metadata
	}
	out := s.shown()
	if in.Seal != "" {
		if no := q.sealWith(s, in.Seal, out); no != nil {
			return *no
		}
	}
	all[path] = s
	q.c.log("info", "core.namespaces", "created namespace", "path", s.Path)
	return q.data(out)
}

// spaceName is the name in the path, if a namespace may have it.
func (q *request) spaceName() (string, *answer) {
	path := pathOf(q.name)
	switch {
	case strings.Contains(q.name, "/"):
		return "", refused(refuse(http.StatusBadRequest, "namespace name cannot contain /"))
	case path == "root/" || path == "audit/" || path == "./" || path == "../" || protected[path]:
		return "", refused(refuse(http.StatusBadRequest, fmt.Sprintf("%q is a reserved path and cannot be used as a namespace name", path)))
	case strings.ContainsFunc(q.name, func(r rune) bool { return r == '+' || r == '*' || unicode.IsSpace(r) || !unicode.IsGraphic(r) }):
		return "", refused(refuse(http.StatusBadRequest, fmt.Sprintf("%q contains characters that cannot be used in a namespace name", q.name)))
	}
	return path, nil
}

// patchSpace changes single notes; null takes one away, or all of them.
func patchSpace(q *request) answer {
	if kind := q.header.Get("Content-Type"); kind != "application/merge-patch+json" {
		return refuse(http.StatusUnsupportedMediaType, "PATCH requires Content-Type of application/merge-patch+json, provided "+kind)
	}
	var in struct {
		Metadata map[string]*string `json:"custom_metadata"`
	}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	s := q.holds().Namespaces[pathOf(q.name)]
	if s == nil {
		return refuse(http.StatusBadRequest, "namespace not found")
	}
	next := map[string]string{}
	if in.Metadata != nil {
		maps.Copy(next, s.Metadata)
	}
	for name, value := range in.Metadata {
		if delete(next, name); value != nil {
			next[name] = *value
		}
	}
	s.Metadata = next
	return q.data(s.shown())
}

// deleteSpace takes a namespace away, at once; real servers are at it after their answer.
//
// After the source of OpenBao: that one with others in it stays, and that the answer is 400 although the source says 409.
func deleteSpace(q *request) answer {
	all, path := q.holds().Namespaces, pathOf(q.name)
	s := all[path]
	switch {
	case s == nil:
		e := q.frame("system")
		e.Warnings = []string{"requested namespace does not exist"}
		return reply(e)
	case s.sealed():
		return refuse(http.StatusServiceUnavailable, "namespace is sealed")
	case len(s.Holdings.Namespaces) > 0:
		return refuse(http.StatusBadRequest, "unable to delete namespace containing child namespaces")
	}
	delete(all, path)
	q.c.log("info", "core.namespaces", "deleted namespace", "path", s.Path)
	return q.data(map[string]string{"status": "in-progress"})
}
