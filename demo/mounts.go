package demo

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// mount is a secrets engine or an auth method.
type mount struct {
	Path, Kind, Description string
	Local, Wrap             bool
	Header                  string // a request header that is passed through
	Tokens                  string
	Options                 map[string]string
	DefaultTTL, MaxTTL      int64  // in seconds; 0: the system's
	Within                  string // the namespace, for its accessor
}

// in is the mount as a namespace has it.
func (m mount) in(space string) *mount {
	m.Within = space
	return &m
}

var secretMounts = []mount{
	{Path: "cubbyhole/", Kind: "cubbyhole", Description: "per-token private secret storage", Local: true},
	{Path: "identity/", Kind: "identity", Description: "identity store", Header: "Authorization"},
	{Path: "sys/", Kind: "system", Description: "system endpoints used for control, policy and debugging", Wrap: true, Header: "Accept"},
}

var authMounts = []mount{
	{Path: "token/", Kind: "token", Description: "token based credentials", Tokens: "default-service"},
}

// mountKind is which of the two tables a call is about.
type mountKind struct {
	prefix  string // of accessors
	plugins string // the plugins that can be mounted there
}

var secretKind, authKind = mountKind{"", "secret"}, mountKind{"auth_", "auth"}

func (k mountKind) of(h *holdings) map[string]*mount {
	if k == authKind {
		return h.Auth
	}
	return h.Mounts
}

func getMounts(k mountKind) handler {
	return func(q *request) answer {
		out := map[string]any{}
		for path, m := range k.of(q.holds()) {
			out[path] = q.describe(k, m)
		}
		return q.dataOnTop(out)
	}
}

// describe is a mount as it is listed. What every server has says less.
func (q *request) describe(k mountKind, m *mount) map[string]any {
	config := map[string]any{"default_lease_ttl": m.DefaultTTL, "max_lease_ttl": m.MaxTTL, "force_no_cache": false}
	if m.Header != "" {
		config["passthrough_request_headers"] = []string{m.Header}
	}
	if m.Tokens != "" {
		config["token_type"] = m.Tokens
	}
	out := map[string]any{
		"accessor": q.c.accessorOf(k, m), "config": config, "description": m.Description,
		"external_entropy_access": false, "local": m.Local, "options": nil, "plugin_version": "",
		"running_plugin_version": q.runs(k, m), "running_sha256": "", "seal_wrap": m.Wrap, "type": m.Kind,
		"uuid": q.c.mountID(m.Within + m.Path),
	}
	if m.Options != nil {
		out["options"] = m.Options
	}
	if !m.own() {
		out["deprecation_status"] = "supported"
	}
	return out
}

// runs is the version of the plugin behind a mount.
func (q *request) runs(k mountKind, m *mount) string {
	for _, p := range q.c.catalog(q.at) {
		if p.Kind == k.plugins && p.Name == m.Kind {
			return p.Version
		}
	}
	return q.c.builtin(q.at)
}

// own says that every server has the mount.
func (m *mount) own() bool {
	return slices.ContainsFunc(append(secretMounts, authMounts...), func(o mount) bool { return o.Path == m.Path && o.Kind == m.Kind })
}

func (c *Cluster) accessorOf(k mountKind, m *mount) string {
	return k.prefix + m.Kind + "_" + c.tag(m.Within+m.Path, 8)
}

// builtin is the version of what comes with the server.
func (c *Cluster) builtin(n *node) string {
	by := "vault"
	if c.product.bao() {
		by = "bao"
	}
	return fmt.Sprintf("v%s+builtin.%s", baseVersion(n.version), by)
}

func getMount(k mountKind) handler {
	return func(q *request) answer {
		path := pathOf(q.name)
		m := k.of(q.holds())[path]
		if m == nil {
			what := "secret engine"
			if k == authKind {
				what = "auth engine"
			}
			return refuse(http.StatusBadRequest, "No "+what+" mount at "+path)
		}
		return q.dataOnTop(q.describe(k, m))
	}
}

// tag is so many hexadecimal digits that belong to a thing of this cluster for good.
func (c *Cluster) tag(thing string, digits int) string {
	var out strings.Builder
	for i := range digits {
		fmt.Fprintf(&out, "%x", int(c.dice.wander(thing, int64(i))*16))
	}
	return out.String()
}

func (c *Cluster) mountID(path string) string {
	all := c.tag(path, 32)
	return all[:8] + "-" + all[8:12] + "-" + all[12:16] + "-" + all[16:20] + "-" + all[20:]
}
