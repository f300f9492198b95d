package demo

import (
	"net/http"
	"slices"
	"strings"
)

// plugin is one that comes with a server.
type plugin struct {
	Builtin     bool   `json:"builtin"`
	Deprecation string `json:"deprecation_status"`
	Name        string `json:"name"`
	Kind        string `json:"type"`
	Version     string `json:"version"`
}

// catalogs are the plugins of each product by kind, as they were recorded: a name, its version where it is not the server's own, and
// an exclamation mark where it is deprecated.
var catalogs = map[bool]map[string]string{
	false: {
		"auth": "alicloud=v0.22.0+builtin approle aws azure=v0.22.0+builtin cert cf=v0.22.0+builtin gcp=v0.22.0+builtin github" +
			" jwt=v0.25.0+builtin kerberos=v0.16.0+builtin kubernetes=v0.23.0+builtin ldap oci=v0.20.0+builtin oidc okta pcf! radius" +
			" userpass",
		"database": "cassandra-database-plugin couchbase-database-plugin=v0.15.0+builtin elasticsearch-database-plugin=v0.19.0+builtin" +
			" hana-database-plugin influxdb-database-plugin mongodb-database-plugin mongodbatlas-database-plugin=v0.16.0+builtin" +
			" mssql-database-plugin mysql-aurora-database-plugin mysql-database-plugin mysql-legacy-database-plugin" +
			" mysql-rds-database-plugin postgresql-database-plugin redis-database-plugin=v0.7.0+builtin" +
			" redis-elasticache-database-plugin=v0.8.0+builtin redshift-database-plugin snowflake-database-plugin=v0.15.0+builtin",
		"secret": "ad=v0.21.0+builtin! alicloud=v0.21.0+builtin aws azure=v0.23.0+builtin consul gcp=v0.23.0+builtin" +
			" gcpkms=v0.22.0+builtin kubernetes=v0.12.0+builtin kv=v0.25.0+builtin ldap mongodbatlas=v0.16.0+builtin nomad" +
			" openldap=v0.17.0+builtin pki rabbitmq ssh terraform=v0.13.0+builtin totp transit",
	},
	true: {
		"auth": "approle cert jwt kerberos kubernetes ldap oidc radius userpass",
		"database": "cassandra-database-plugin influxdb-database-plugin mysql-aurora-database-plugin mysql-database-plugin" +
			" mysql-legacy-database-plugin mysql-rds-database-plugin postgresql-database-plugin redis-database-plugin" +
			" valkey-database-plugin",
		"secret": "kubernetes kv ldap openldap pki rabbitmq ssh totp transit",
	},
}

var pluginKinds = []string{"auth", "database", "secret"}

// catalog is all that the node could run, by kind and name.
func (c *Cluster) catalog(n *node) []plugin {
	var out []plugin
	for _, kind := range pluginKinds {
		for word := range strings.FieldsSeq(catalogs[c.product.bao()][kind]) {
			p := plugin{Builtin: true, Deprecation: "supported", Kind: kind}
			word, deprecated := strings.CutSuffix(word, "!")
			if deprecated {
				p.Deprecation = "deprecated"
			}
			var own bool
			if p.Name, p.Version, own = strings.Cut(word, "="); !own {
				p.Version = c.builtin(n)
			}
			out = append(out, p)
		}
	}
	return out
}

func (c *Cluster) plugin(kind, name string) (plugin, bool) {
	if kind == "secret" && name == "database" {
		return plugin{}, true // an engine whose plugins have a kind of their own
	}
	for _, p := range c.catalog(c.nodes[0]) {
		if p.Kind == kind && p.Name == name {
			return p, true
		}
	}
	return plugin{}, false
}

func getCatalog(q *request) answer {
	all := q.c.catalog(q.at)
	out := map[string]any{"detailed": all}
	for _, kind := range pluginKinds {
		out[kind] = namesOf(all, kind)
	}
	return q.data(out)
}

func namesOf(all []plugin, kind string) []string {
	var out []string
	for _, p := range all {
		if p.Kind == kind {
			out = append(out, p.Name)
		}
	}
	return out
}

func listPlugins(q *request) answer {
	if !slices.Contains(pluginKinds, q.name) {
		return refuse(http.StatusBadRequest, "unknown plugin type")
	}
	return q.named(namesOf(q.c.catalog(q.at), q.name))
}

func getPlugin(q *request) answer {
	kind, name, one := strings.Cut(q.name, "/")
	if !one {
		return refuseWrapped(http.StatusMethodNotAllowed, "unsupported operation")
	}
	p, known := q.c.plugin(kind, name)
	if !known {
		return nothingListed(q)
	}
	return q.data(map[string]any{
		"args": nil, "builtin": true, "command": "", "deprecation_status": p.Deprecation, "name": p.Name, "sha256": "", "version": p.Version,
	})
}
