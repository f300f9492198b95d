package demo

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// call is a request to the leader, and what must come of it.
type call struct {
	method, path string
	body         any
	status       int
	says         string
}

func (a *asker) expects(calls ...call) {
	a.t.Helper()
	for _, c := range calls {
		status, answer := a.do(a.leader(), c.method, c.path, c.body)
		if status != c.status || !strings.Contains(sprint(answer), c.says) {
			a.t.Errorf("%v: %s %s: %d %v, want %d with %q", a.cluster.product, c.method, c.path, status, answer, c.status, c.says)
		}
	}
}

func onEach(t *testing.T, do func(*asker)) {
	t.Helper()
	t.Parallel()
	for _, p := range []Product{Vault, Vault2, OpenBao} {
		do(ask(t, Options{Scenario: "healthy", Product: p}))
	}
}

func TestMountsComeGoMoveAndAreTuned(t *testing.T) {
	onEach(t, func(a *asker) {
		a.expects(
			call{http.MethodPost, "sys/mounts/deep/er", fields{"type": "kv", "config": fields{"default_lease_ttl": "1h"}}, 204, ""},
			call{http.MethodGet, "sys/mounts/deep/er", nil, 200, "default_lease_ttl:3600"},
			call{http.MethodPost, "sys/mounts/deep", fields{"type": "kv"}, 400, "path is already in use at deep/er/"},
			call{http.MethodPost, "sys/mounts/sys", fields{"type": "kv"}, 400, `cannot mount "sys/"`},
			call{http.MethodPost, "sys/mounts/odd", fields{"type": "odd"}, 400, "plugin not found in the catalog: odd"},
			call{http.MethodPost, "sys/mounts/odd", fields{}, 400, "backend type must be specified as a string"},
			call{http.MethodPost, "sys/mounts/deep/er/tune", fields{"max_lease_ttl": "2h", "description": "d"}, 204, ""},
			call{http.MethodGet, "sys/mounts/deep/er/tune", nil, 200, "max_lease_ttl:7200"},
			call{http.MethodPost, "sys/mounts/deep/er/tune", fields{"max_lease_ttl": "1m"}, 400, "would be less than backend default"},
			call{http.MethodDelete, "sys/mounts/cubbyhole", nil, 400, `cannot unmount "cubbyhole/"`},
			call{http.MethodDelete, "sys/mounts/nothing", nil, 204, ""},
			call{http.MethodDelete, "sys/auth/token", nil, 400, "token credential backend cannot be disabled"},
			call{http.MethodPost, "sys/auth/people", fields{"type": "userpass"}, 204, ""},
			call{http.MethodPost, "sys/remount", fields{"from": "deep/er", "to": "sys/x"}, 400, "cannot remount to destination"},
			call{http.MethodPost, "sys/remount", fields{"from": "auth/people", "to": "people"}, 400, "cannot remount auth mount to non-auth mount"},
			call{http.MethodPost, "sys/remount", fields{"from": "nothing", "to": "else"}, 400, `no matching mount at "nothing/"`},
			call{http.MethodPost, "sys/remount", fields{"from": "deep/er", "to": "kv"}, 400, `path already in use at "kv/"`},
			call{http.MethodGet, "sys/remount/status/unknown", nil, 404, ""},
		)
		a.put(1, "sys/quotas/rate-limit/deep", fields{"path": "deep/er", "rate": 5})
		_, moved := a.put(1, "sys/remount", fields{"from": "deep/er", "to": "shallow"})
		a.expects(
			call{http.MethodGet, "sys/remount/status/" + sprint(moved["migration_id"]), nil, 200, "status:success target_mount:shallow/"},
			call{http.MethodGet, "sys/mounts/shallow", nil, 200, "kv"},
			call{http.MethodGet, "sys/mounts/deep/er", nil, 400, "No secret engine mount at deep/er/"},
			call{http.MethodGet, "sys/quotas/rate-limit/deep", nil, 200, "shallow/"},
			call{http.MethodDelete, "sys/mounts/shallow", nil, 204, ""},
		)
	})
}

func TestAuditDevicesAreTheConfigurationsOnOpenBao(t *testing.T) {
	onEach(t, func(a *asker) {
		made := fields{"type": "file", "options": fields{"file_path": "/var/log/second.log"}}
		if a.cluster.product.bao() {
			a.expects(
				call{http.MethodPut, "sys/audit/second", made, 400, "cannot enable audit device via API"},
				call{http.MethodDelete, "sys/audit/file", nil, 400, "cannot disable configuration-managed audit device"},
			)
			return
		}
		a.expects(
			call{http.MethodPut, "sys/audit/second", made, 204, ""},
			call{http.MethodPut, "sys/audit/second/more", made, 400, "path already in use"},
			call{http.MethodPut, "sys/audit/third", fields{"type": "paper"}, 400, "unknown backend type"},
			call{http.MethodGet, "sys/audit", nil, 200, "/var/log/second.log"},
			call{http.MethodPost, "sys/audit-hash/second", fields{}, 400, "parameter is empty"},
			call{http.MethodPost, "sys/audit-hash/nothing", fields{"input": "x"}, 400, `unknown audit backend "nothing/"`},
		)
		_, one := a.put(1, "sys/audit-hash/second", fields{"input": "x"})
		_, again := a.put(1, "sys/audit-hash/second", fields{"input": "x"})
		_, other := a.put(1, "sys/audit-hash/file", fields{"input": "x"})
		if one["hash"] != again["hash"] || one["hash"] == other["hash"] || len(sprint(one["hash"])) != len("hmac-sha256:")+64 {
			t.Errorf("%v, %v, %v", one, again, other)
		}
		a.expects(call{http.MethodDelete, "sys/audit/second", nil, 204, ""})
	})
}

func TestLeasesAreToldRenewedAndEnded(t *testing.T) {
	onEach(t, func(a *asker) {
		_, listed := a.do(1, "LIST", "sys/leases/lookup/database/creds/app", nil)
		id := "database/creds/app/" + listed["keys"].([]any)[0].(string)
		a.expects(
			call{"LIST", "sys/leases/lookup", nil, 200, "database/"},
			call{http.MethodPut, "sys/leases/lookup", fields{"lease_id": id}, 200, "ttl"},
			call{http.MethodPut, "sys/leases/lookup", fields{"lease_id": "nothing"}, 400, "invalid lease"},
			call{http.MethodPut, "sys/leases/lookup", fields{}, 400, "lease_id must be specified"},
			call{http.MethodPut, "sys/leases/renew", fields{"lease_id": id, "increment": 7200}, 200, "lease_duration:7200"},
			call{http.MethodPut, "sys/leases/renew", fields{"lease_id": "nothing"}, 400, "lease not found"},
			call{http.MethodGet, "sys/leases/count?type=irrevocable", nil, 200, "lease_count:0"},
			call{http.MethodGet, "sys/leases?type=irrevocable", nil, 200, "lease_count:0"},
		)
		a.happen(Strand{Prefix: id, Text: "dial tcp: connection refused"})
		a.pass(3 * time.Hour)
		a.expects(
			call{http.MethodGet, "sys/leases/count?type=irrevocable", nil, 200, "lease_count:1"},
			call{http.MethodGet, "sys/leases?type=irrevocable", nil, 200, "dial tcp: connection refused"},
			call{http.MethodGet, "sys/leases?type=irrevocable&limit=0", nil, 500, "positive integer"},
			call{http.MethodPut, "sys/leases/renew", fields{"lease_id": id}, 400, "failed previous revocation attempts"},
			call{http.MethodPut, "sys/leases/revoke-prefix/database/creds/app", nil, 400, "dial tcp: connection refused"},
			call{http.MethodPut, "sys/leases/revoke-force/database/creds/app", nil, 204, ""},
			call{"LIST", "sys/leases/lookup/database/creds/app", nil, 404, ""},
			call{http.MethodPut, "sys/leases/revoke-prefix/database", nil, 204, ""},
			call{http.MethodPut, "sys/leases/revoke-prefix/database", fields{"sync": true}, 204, ""},
			call{http.MethodPut, "sys/leases/revoke-prefix/database", fields{"sync": false}, 202, ""},
		)
	})
}

func TestQuotasAreKeptAndConfigured(t *testing.T) {
	onEach(t, func(a *asker) {
		a.expects(
			call{"LIST", "sys/quotas/rate-limit", nil, 200, "everything"},
			call{http.MethodPost, "sys/quotas/rate-limit/x", fields{"rate": 0}, 400, "'rate' is invalid"},
			call{http.MethodPost, "sys/quotas/rate-limit/x", fields{"rate": 1, "path": "nothing"}, 400, `invalid mount path "nothing/"`},
			call{http.MethodPost, "sys/quotas/rate-limit/x", fields{"rate": 1}, 400, `similar properties exists under the name "everything"`},
			call{http.MethodPost, "sys/quotas/rate-limit/x", fields{"rate": 1, "path": "kv", "role": "r"}, 400, "not a valid auth method"},
			call{http.MethodPost, "sys/quotas/rate-limit/x", fields{"rate": 1.5, "path": "auth/approle", "role": "r"}, 204, ""},
			call{http.MethodGet, "sys/quotas/rate-limit/x", nil, 200, "rate:1.5"},
			call{http.MethodDelete, "sys/quotas/rate-limit/x", nil, 204, ""},
			call{http.MethodGet, "sys/quotas/rate-limit/x", nil, 404, ""},
			call{http.MethodGet, "sys/quotas/config", nil, 200, "sys/unseal"},
			call{http.MethodPost, "sys/quotas/config", fields{"rate_limit_exempt_paths": "sys/a"}, 204, ""},
			call{http.MethodGet, "sys/quotas/config", nil, 200, "rate_limit_exempt_paths:[sys/a]"},
			call{http.MethodGet, "sys/quotas/lease-count/x", nil, 404, ""},
		)
	})
}

func TestPluginsVersionsAndCapabilitiesAreTold(t *testing.T) {
	onEach(t, func(a *asker) {
		_, made := a.put(1, "auth/token/create", fields{"policies": []string{"monitor"}})
		auth := made["auth"].(map[string]any)
		a.expects(
			call{http.MethodGet, "sys/plugins/catalog", nil, 200, "deprecation_status:supported"},
			call{"LIST", "sys/plugins/catalog/secret", nil, 200, "transit"},
			call{http.MethodGet, "sys/plugins/catalog/auth/approle", nil, 200, "builtin:true"},
			call{http.MethodGet, "sys/plugins/catalog/auth/nothing", nil, 404, ""},
			call{"LIST", "sys/version-history", nil, 200, "timestamp_installed"},
			call{http.MethodPost, "sys/capabilities", fields{"token": auth["client_token"], "paths": []string{"sys/mounts"}}, 200, "[list read]"},
			call{http.MethodPost, "sys/capabilities", fields{"token": "nobody's", "paths": []string{"a"}}, 400, "invalid token"},
			call{http.MethodPost, "sys/capabilities-accessor", fields{"accessor": auth["accessor"], "paths": []string{"kv/x"}}, 200, "[deny]"},
			call{http.MethodPost, "sys/capabilities-accessor", fields{"accessor": "nobody's", "paths": []string{"a"}}, 400, "invalid accessor"},
		)
	})
}

func TestWhatIsConfiguredIsTheClustersAndNotANodes(t *testing.T) {
	onEach(t, func(a *asker) {
		standby, _ := a.put(0, "sys/mounts/forwarded", fields{"type": "kv"})
		if standby != http.StatusNoContent {
			t.Errorf("%v: a write of a standby: %d", a.cluster.product, standby)
		}
		a.put(2, "sys/policies/acl/forwarded", fields{"policy": `path "a" { capabilities = ["read"] }`})
		a.happen(StepDown{})
		a.pass(10 * time.Second)
		a.expects(
			call{http.MethodGet, "sys/mounts", nil, 200, "forwarded/"},
			call{"LIST", "sys/policies/acl", nil, 200, "forwarded"},
		)
		for node := range 3 {
			a.wants(node, "sys/mounts/forwarded", http.StatusOK)
		}
	})
}
