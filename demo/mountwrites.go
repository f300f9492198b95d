package demo

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// The words are a real OpenBao's; Vault's are taken to be the same.

// protected are the mounts that stay where they are.
var protected = map[string]bool{"auth/": true, "sys/": true, "cubbyhole/": true, "identity/": true}

func putMount(k mountKind) handler {
	return func(q *request) answer {
		var in struct {
			Type        string            `json:"type"`
			Description string            `json:"description"`
			Local       bool              `json:"local"`
			Wrap        bool              `json:"seal_wrap"`
			Options     map[string]string `json:"options"`
			Config      struct {
				Default seconds `json:"default_lease_ttl"`
				Max     seconds `json:"max_lease_ttl"`
			} `json:"config"`
		}
		if bad := q.decode(&in); bad != nil {
			return *bad
		}
		path := pathOf(q.name)
		if no := q.placeable(k, path, in.Type); no != nil {
			return *no
		}
		m := &mount{
			Path: path, Kind: in.Type, Description: in.Description, Local: in.Local, Wrap: in.Wrap, Options: in.Options,
			DefaultTTL: wholeSeconds(time.Duration(in.Config.Default)), MaxTTL: wholeSeconds(time.Duration(in.Config.Max)),
		}
		if q.space != nil {
			m.Within = q.space.Path
		}
		if k == authKind {
			m.Tokens = "default-service"
		}
		k.of(q.holds())[path] = m
		q.c.log("info", "core", "successful mount", "path", path, "type", in.Type)
		return noContent()
	}
}

// placeable refuses what cannot be mounted there.
func (q *request) placeable(k mountKind, path, kind string) *answer {
	if kind == "" {
		return refused(refuse(http.StatusBadRequest, "backend type must be specified as a string"))
	}
	if k == secretKind && protected[path] {
		return refused(refuse(http.StatusBadRequest, fmt.Sprintf("cannot mount %q", path)))
	}
	if _, known := q.c.plugin(k.plugins, kind); !known {
		return refused(refuse(http.StatusBadRequest, "plugin not found in the catalog: "+kind))
	}
	return k.taken(q.holds(), path)
}

// taken says what lies in the way of a path: a mount there, above it, or below it.
func (k mountKind) taken(h *holdings, path string) *answer {
	for other := range k.of(h) {
		if strings.HasPrefix(path, other) || strings.HasPrefix(other, path) {
			return refused(refuse(http.StatusBadRequest, "path is already in use at "+other))
		}
	}
	return nil
}

func deleteMount(k mountKind) handler {
	return func(q *request) answer {
		path := pathOf(q.name)
		switch {
		case k == authKind && path == "token/":
			return refuse(http.StatusBadRequest, "token credential backend cannot be disabled")
		case k == secretKind && protected[path]:
			return refuse(http.StatusBadRequest, fmt.Sprintf("cannot unmount %q", path))
		}
		h := q.holds()
		if k.of(h)[path] != nil {
			delete(k.of(h), path)
			h.end(path)
			q.c.log("info", "core", "successfully unmounted", "path", path)
		}
		return noContent()
	}
}

// getTuning shows the system's times to live where a mount has none of its own.
func getTuning(k mountKind) handler {
	return func(q *request) answer {
		m := k.of(q.holds())[pathOf(q.name)]
		if m == nil {
			return refuse(http.StatusBadRequest, fmt.Sprintf("cannot fetch sysview for path %q", pathOf(q.name)))
		}
		out := map[string]any{
			"default_lease_ttl": wholeSeconds(systemTTL), "max_lease_ttl": wholeSeconds(systemTTL), "force_no_cache": false, "description": m.Description,
		}
		if m.DefaultTTL > 0 {
			out["default_lease_ttl"] = m.DefaultTTL
		}
		if m.MaxTTL > 0 {
			out["max_lease_ttl"] = m.MaxTTL
		}
		if m.Options != nil {
			out["options"] = m.Options
		}
		if m.Tokens != "" {
			out["token_type"] = m.Tokens
		}
		return q.dataOnTop(out)
	}
}

func putTuning(k mountKind) handler {
	return func(q *request) answer {
		var in struct {
			Default     *seconds `json:"default_lease_ttl"`
			Max         *seconds `json:"max_lease_ttl"`
			Description *string  `json:"description"`
		}
		if bad := q.decode(&in); bad != nil {
			return *bad
		}
		m := k.of(q.holds())[pathOf(q.name)]
		if m == nil {
			return refuse(http.StatusBadRequest, fmt.Sprintf("tune of path %q failed: no mount entry found", pathOf(q.name)))
		}
		next := *m
		set(&next.Description, in.Description)
		if in.Default != nil {
			next.DefaultTTL = wholeSeconds(time.Duration(*in.Default))
		}
		if in.Max != nil {
			next.MaxTTL = wholeSeconds(time.Duration(*in.Max))
		}
		if next.MaxTTL > 0 && next.MaxTTL < next.DefaultTTL {
			return refuse(http.StatusBadRequest, fmt.Sprintf(
				"backend max lease TTL of %d would be less than backend default lease TTL of %d", next.MaxTTL, next.DefaultTTL))
		}
		*m = next
		return noContent()
	}
}
