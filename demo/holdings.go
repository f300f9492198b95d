package demo

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// holdings are what operators configure: the same on every node, in a snapshot, and once more in each namespace. A snapshot writes
// them as JSON, so that their fields are exported.
type holdings struct {
	Mounts     map[string]*mount // by path, with its slash at the end
	Auth       map[string]*mount
	Audit      map[string]*auditDevice
	Policies   map[string]*policyText
	Leases     map[string]*lease
	Limits     map[string]*rateLimit
	Limited    limiting
	Namespaces map[string]*space
	Moves      map[string]*move // by the id of the migration
}

// newHoldings are those of a fresh server, or of a namespace that was just made.
func newHoldings(within string) *holdings {
	h := &holdings{
		Mounts: map[string]*mount{}, Auth: map[string]*mount{}, Audit: map[string]*auditDevice{}, Policies: map[string]*policyText{},
		Leases: map[string]*lease{}, Limits: map[string]*rateLimit{}, Namespaces: map[string]*space{}, Moves: map[string]*move{}, Limited: limiting{Exempt: exemptAtFirst},
	}
	for _, m := range secretMounts {
		h.Mounts[m.Path] = m.in(within)
	}
	for _, m := range authMounts {
		h.Auth[m.Path] = m.in(within)
	}
	h.Policies["default"] = everybody
	if within != "" {
		return h
	}
	h.Policies["root"] = &policyText{}
	return h
}

// holds are the holdings of the namespace of the request.
func (q *request) holds() *holdings {
	if q.space != nil {
		return q.space.Holdings
	}
	return q.c.holdings
}

// pathOf is a mount's path as it is kept.
func pathOf(name string) string { return strings.Trim(name, "/") + "/" }

// named is an answer to LIST: names in order, or 404 where there are none.
func (q *request) named(names []string) answer {
	if len(names) == 0 {
		return nothingListed(q)
	}
	return q.data(map[string]any{"keys": names})
}

func sortedNames[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// furnish gives a cluster that has run for days what such a cluster has. Nothing is drawn for it, so that chance goes on as
// without it.
func (c *Cluster) furnish() {
	h := c.holdings
	put := func(to map[string]*mount, m mount) { to[m.Path] = &m }
	put(h.Mounts, mount{Path: "kv/", Kind: "kv", Description: "secrets of the applications", Options: map[string]string{"version": "2"}})
	put(h.Mounts, mount{Path: "database/", Kind: "database", Description: "credentials made on demand", MaxTTL: 86400})
	put(h.Mounts, mount{Path: "pki/", Kind: "pki", Description: "the internal CA", MaxTTL: 315360000})
	put(h.Mounts, mount{Path: "transit/", Kind: "transit", Wrap: true})
	put(h.Auth, mount{Path: "approle/", Kind: "approle", Description: "machines", Tokens: "default-service"})
	put(h.Auth, mount{Path: "oidc/", Kind: "oidc", Description: "people", Tokens: "default-service", DefaultTTL: 3600})
	if !c.plan.unaudited {
		h.Audit["file/"] = &auditDevice{Kind: "file", Configured: c.product.bao(), Options: map[string]string{"file_path": "/var/log/audit.log"}}
		h.Audit["syslog/"] = &auditDevice{Kind: "syslog", Configured: c.product.bao(), Options: map[string]string{"facility": "AUTH", "tag": "vault"}}
	}
	h.Policies["app-read"] = mustParse("# what the applications read\npath \"kv/data/app/*\" {\n  capabilities = [\"read\"]\n}\n")
	h.Policies["operator"] = mustParse("path \"sys/health\" {\n  capabilities = [\"read\"]\n}\npath \"sys/storage/raft/*\" {\n  capabilities = [\"read\", \"update\"]\n}\n")
	h.Limits["everything"] = &rateLimit{Rate: 2000, Interval: 1}
	h.Limits["database"] = &rateLimit{Rate: 50, Interval: 1, Path: "database/", Block: 30}
	if c.product.bao() {
		for _, name := range []string{"payments/", "research/"} {
			h.Namespaces[name] = c.newSpace(name)
		}
	}
	for i := range c.plan.many {
		h.lend(c, "batch", i, 12*time.Hour)
		if i%2 == 0 {
			h.Policies["team-"+c.tag("team"+numeral(i), 10)] = everybody
		}
	}
	c.lendOn(0)
}

// lendOn has the database engine hand out credentials for as long as the demo runs, each for an hour.
func (c *Cluster) lendOn(n int) {
	c.holdings.lend(c, []string{"app", "reporting"}[n%2], n, time.Hour)
	c.after(5*time.Minute, func() { c.lendOn(n + 1) })
}
