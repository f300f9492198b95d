package demo

import (
	"fmt"
	"net/http"
	"strings"
)

// space is a namespace of OpenBao's, right below the root. One that was made with a seal of its own is sealed by itself.
type space struct {
	Path, ID, UUID string
	Metadata       map[string]string
	Holdings       *holdings
	own            *spaceSeal // nil without a seal of its own
}

func (c *Cluster) newSpace(path string) *space {
	return &space{Path: path, ID: c.tag("namespace "+path, 6), UUID: c.mountID("namespace " + path), Metadata: map[string]string{}, Holdings: newHoldings(path)}
}

func (s *space) shown() map[string]any {
	return map[string]any{"custom_metadata": s.Metadata, "id": s.ID, "locked": false, "path": s.Path, "tainted": false, "uuid": s.UUID}
}

// enterSpace finds the namespace that the request names. Only OpenBao has any; what answers before the router asks for none.
//
// After the documentation: that Vault's community edition passes the header over.
func (q *request) enterSpace(e *endpoint) *answer {
	name := strings.Trim(q.header.Get("X-Vault-Namespace"), "/")
	if name == "" || name == "root" || !q.c.product.bao() || e == nil || e.native || q.asked.sealed {
		return nil
	}
	s := q.c.holdings.Namespaces[pathOf(name)]
	switch {
	case s == nil:
		return refused(refuse(http.StatusNotFound, "namespace not found"))
	case s.own != nil && s.own.sealed:
		return refused(refuse(http.StatusServiceUnavailable, "namespace is sealed"))
	}
	q.space = s
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
	path := pathOf(q.name)
	switch {
	case strings.Contains(q.name, "/"):
		return refuse(http.StatusBadRequest, "namespace name cannot contain /")
	case path == "root/" || protected[path]:
		return refuse(http.StatusBadRequest, fmt.Sprintf("%q is a reserved path and cannot be used as a namespace name", path))
	case q.space != nil:
		return refuse(http.StatusBadRequest, "the demo has no namespaces within others")
	}
	s, old := q.c.holdings.Namespaces[path], true
	if s == nil {
		s, old = q.c.newSpace(path), false
	}
	if in.Metadata != nil {
		s.Metadata = in.Metadata
	}
	out := s.shown()
	if in.Seal != "" && !old {
		if no := q.sealWith(s, in.Seal, out); no != nil {
			return *no
		}
	}
	q.c.holdings.Namespaces[path] = s
	return q.data(out)
}

// deleteSpace takes a namespace away, at once; real servers are at it after their answer.
func deleteSpace(q *request) answer {
	path := pathOf(q.name)
	s := q.c.holdings.Namespaces[path]
	if s == nil {
		e := q.frame("system")
		e.Warnings = []string{"requested namespace does not exist"}
		return reply(e)
	}
	if s.own != nil && s.own.sealed {
		return refuse(http.StatusServiceUnavailable, "namespace is sealed")
	}
	delete(q.c.holdings.Namespaces, path)
	return q.data(map[string]string{"status": "in-progress"})
}
