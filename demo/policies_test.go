package demo

import (
	"net/http"
	"strings"
	"testing"
)

func TestPatternsOfPoliciesFitAsTheServersReadThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"sys/mounts", "sys/mounts", true},
		{"sys/mounts", "sys/mounts/kv", false},
		{"sys/*", "sys/mounts/kv", true},
		{"sys/mo*", "sys/mounts/kv", true},
		{"sys/*", "sys", false},
		{"*", "sys/mounts", true},
		{"sys/+/kv", "sys/mounts/kv", true},
		{"sys/+/kv", "sys/mounts/deep/kv", false},
		{"sys/+/*", "sys/mounts/deep/kv", true},
		{"+/mounts", "sys/mounts", true},
	} {
		if got := fits(c.pattern, c.path); got != c.want {
			t.Errorf("%q on %q: %t", c.pattern, c.path, got)
		}
	}
}

func TestPoliciesAreKeptChangedAndRefused(t *testing.T) {
	t.Parallel()
	for _, p := range []Product{Vault, Vault2, OpenBao} {
		a := ask(t, Options{Scenario: "healthy", Product: p})
		for _, c := range []struct {
			method, path string
			body         any
			status       int
			says         string
		}{
			{http.MethodGet, "sys/policies/acl/default", nil, 200, "sys/wrapping/unwrap"},
			{http.MethodGet, "sys/policies/acl/monitor", nil, 200, "sys/*"},
			{http.MethodGet, "sys/policies/acl/root", nil, 200, ""},
			{http.MethodGet, "sys/policies/acl/nobody", nil, 404, ""},
			{http.MethodPut, "sys/policies/acl/root", fields{"policy": `path "a" { capabilities = ["read"] }`}, 400, `cannot update "root" policy`},
			{http.MethodDelete, "sys/policies/acl/root", nil, 400, `cannot delete "root" policy`},
			{http.MethodDelete, "sys/policy/default", nil, 400, "cannot delete default policy"},
			{http.MethodDelete, "sys/policies/acl/response-wrapping", nil, 400, `cannot delete "response-wrapping" policy`},
			{http.MethodPut, "sys/policies/acl/odd", fields{"policy": `path "a" { capabilities = ["fly"] }`}, 400, `invalid capability "fly"`},
			{http.MethodPut, "sys/policies/acl/odd", fields{}, 400, "'policy' parameter not supplied or empty"},
			{http.MethodPut, "sys/policies/acl/Loud", fields{"policy": `path "a" { capabilities = ["read"] }`}, 200, ""},
			{http.MethodGet, "sys/policy/loud", nil, 200, `path "a"`},
			{http.MethodDelete, "sys/policies/acl/loud", nil, 204, ""},
			{http.MethodGet, "sys/policies/acl/loud", nil, 404, ""},
		} {
			status, answer := a.do(1, c.method, c.path, c.body)
			if status != c.status || !strings.Contains(sprint(answer), c.says) {
				t.Errorf("%v: %s %s: %d %v", p, c.method, c.path, status, answer)
			}
		}
		want := http.StatusNotFound
		if status, answer := a.get(1, "sys/policies/rgp/x"); status != want || p.bao() != strings.Contains(sprint(answer), "unsupported path") {
			t.Errorf("%v: rgp: %d %v", p, status, answer)
		}
	}
}

func TestWhatAPolicyDeniesNoOtherGives(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	a.put(1, "sys/policies/acl/blind", fields{"policy": `path "sys/mounts" { capabilities = ["deny"] }`})
	_, made := a.put(1, "auth/token/create", fields{"policies": []string{"monitor", "blind", "operator"}})
	a.token = made["auth"].(map[string]any)["client_token"].(string)
	a.wants(1, "sys/mounts", http.StatusForbidden)
	a.wants(1, "sys/auth", http.StatusOK)
	// What the furnished policy says holds.
	_, granted := a.put(1, "sys/capabilities-self", fields{"path": "sys/storage/raft/snapshot"})
	if !strings.Contains(sprint(granted["capabilities"]), "update") {
		t.Errorf("%v", granted)
	}
}

func TestTheFinestPatternAloneCounts(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	a.put(1, "sys/policies/acl/wide", fields{"policy": `path "sys/*" { capabilities = ["read", "update"] }`})
	a.put(1, "sys/policies/acl/fine", fields{"policy": `path "sys/mou*" { capabilities = ["list"] } path "sys/mounts" { capabilities = ["read"] }`})
	_, made := a.put(1, "auth/token/create", fields{"policies": []string{"wide", "fine"}})
	a.token = made["auth"].(map[string]any)["client_token"].(string)
	_, granted := a.put(1, "sys/capabilities-self", fields{"paths": []string{"sys/mounts", "sys/mounts/kv", "sys/auth"}})
	for path, want := range map[string]string{"sys/mounts": "[read]", "sys/mounts/kv": "[list]", "sys/auth": "[read update]"} {
		if got := sprint(granted[path]); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
