package demo

import (
	"fmt"
	"strings"
)

// mount is a secrets engine or an auth method: those that every server has.
type mount struct {
	path, kind, description string
	local, wrap             bool
	header                  string // a request header that is passed through
	tokens                  string
}

var secretMounts = []mount{
	{path: "cubbyhole/", kind: "cubbyhole", description: "per-token private secret storage", local: true},
	{path: "identity/", kind: "identity", description: "identity store", header: "Authorization"},
	{
		path: "sys/", kind: "system", description: "system endpoints used for control, policy and debugging",
		wrap: true, header: "Accept",
	},
}

var authMounts = []mount{
	{path: "token/", kind: "token", description: "token based credentials", tokens: "default-service"},
}

func getMounts(q *request) answer     { return q.mounts(secretMounts, "") }
func getAuthMounts(q *request) answer { return q.mounts(authMounts, "auth_") }

func (q *request) mounts(all []mount, prefix string) answer {
	builtin := "vault"
	if q.c.product.bao() {
		builtin = "bao"
	}
	out := map[string]any{}
	for _, m := range all {
		config := map[string]any{"default_lease_ttl": 0, "max_lease_ttl": 0, "force_no_cache": false}
		if m.header != "" {
			config["passthrough_request_headers"] = []string{m.header}
		}
		if m.tokens != "" {
			config["token_type"] = m.tokens
		}
		out[m.path] = map[string]any{
			"accessor": prefix + m.kind + "_" + q.c.tag(m.path, 8), "config": config, "description": m.description,
			"external_entropy_access": false, "local": m.local, "options": nil, "plugin_version": "",
			"running_plugin_version": fmt.Sprintf("v%s+builtin.%s", baseVersion(q.at.version), builtin),
			"running_sha256":         "", "seal_wrap": m.wrap, "type": m.kind, "uuid": q.c.mountID(m.path),
		}
	}
	return q.dataOnTop(out)
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
