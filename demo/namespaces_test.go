package demo

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// in sends a request to the leader from within a namespace.
func (a *asker) in(space, method, path string, body any) (int, fields) {
	a.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		a.t.Fatal(err)
	}
	q, err := http.NewRequest(method, a.cluster.Addresses()[a.leader()]+"/v1/"+path, bytes.NewReader(text))
	if err != nil {
		a.t.Fatal(err)
	}
	q.Header.Set("X-Vault-Token", a.token)
	q.Header.Set("X-Vault-Namespace", space)
	if method == http.MethodPatch {
		q.Header.Set("Content-Type", "application/merge-patch+json")
	}
	r, err := a.client.Do(q)
	if err != nil {
		a.t.Fatal(err)
	}
	out := a.decode(r)
	if data, ok := out["data"].(map[string]any); ok {
		return r.StatusCode, data
	}
	return r.StatusCode, out
}

func TestNamespacesHoldTheirOwn(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy", Product: OpenBao})
	for _, c := range []struct {
		space, method, path string
		body                any
		status              int
		says, not           string
	}{
		{"", "LIST", "sys/namespaces", nil, 200, "payments/", ""},
		{"payments", http.MethodGet, "sys/mounts", nil, 200, "cubbyhole/", "kv/"},
		{"payments", http.MethodPost, "sys/mounts/kv", fields{"type": "kv"}, 204, "", ""},
		{"payments/", http.MethodGet, "sys/mounts", nil, 200, "kv/", ""},
		{"", http.MethodGet, "payments/sys/mounts", nil, 200, "kv/", "database/"},
		{"research", http.MethodGet, "sys/mounts", nil, 200, "", "kv/"},
		{"payments", http.MethodPut, "sys/namespaces/eu", fields{"custom_metadata": fields{"owner": "a"}}, 200, "payments/eu/", ""},
		{"payments/eu", http.MethodGet, "sys/auth", nil, 200, "token/", "oidc/"},
		{"payments", http.MethodGet, "eu/sys/policies/acl?list=true", nil, 200, "default", "root"},
		{"payments", http.MethodPatch, "sys/namespaces/eu", fields{"custom_metadata": fields{"owner": nil, "cost": "7"}}, 200, "cost:7", "owner"},
		{"", http.MethodDelete, "sys/namespaces/payments", nil, 400, "containing child namespaces", ""},
		{"payments", http.MethodDelete, "sys/namespaces/eu", nil, 200, "in-progress", ""},
		{"payments/eu", http.MethodGet, "sys/mounts", nil, 404, "namespace not found", ""},
		{"nowhere", http.MethodGet, "sys/mounts", nil, 404, "namespace not found", ""},
		{"payments", http.MethodGet, "sys/audit", nil, 400, "operation only available in root namespace", ""},
		{"payments", "LIST", "sys/quotas/rate-limit", nil, 400, "operation only available in root namespace", ""},
		{"", http.MethodPut, "sys/namespaces/sys", fields{}, 400, "reserved path", ""},
		{"", http.MethodPut, "sys/namespaces/a/b", fields{}, 400, "cannot contain /", ""},
		{"", http.MethodPut, "sys/namespaces/kv", fields{}, 400, "conflicts with existing mount", ""},
		{"", http.MethodPut, "sys/namespaces/a*", fields{}, 400, "cannot be used", ""},
		{"", http.MethodDelete, "sys/namespaces/nowhere", nil, 200, "does not exist", ""},
		{"", http.MethodPatch, "sys/namespaces/nowhere", fields{}, 400, "namespace not found", ""},
	} {
		status, answer := a.in(c.space, c.method, c.path, c.body)
		if text := sprint(answer); status != c.status || !strings.Contains(text, c.says) || c.not != "" && strings.Contains(text, c.not) {
			t.Errorf("in %q, %s %s: %d %s", c.space, c.method, c.path, status, text)
		}
	}
	if status, _ := a.do(1, http.MethodPatch, "sys/namespaces/payments", fields{}); status != http.StatusUnsupportedMediaType {
		t.Errorf("a patch that does not say so: %d", status)
	}
}

func TestATokenOfTheRootIsWeighedByTheWholePath(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy", Product: OpenBao})
	a.put(1, "sys/policies/acl/payer", fields{"policy": `path "payments/sys/mounts" { capabilities = ["read"] }`})
	_, made := a.put(1, "auth/token/create", fields{"policies": []string{"payer", "monitor"}})
	a.token = made["auth"].(map[string]any)["client_token"].(string)
	if status, answer := a.in("payments", http.MethodGet, "sys/mounts", nil); status != http.StatusOK {
		t.Errorf("%d %v", status, answer)
	}
	if status, answer := a.in("payments", http.MethodGet, "sys/auth", nil); status != http.StatusForbidden {
		t.Errorf("%d %v", status, answer)
	}
}

func TestANamespaceIsSealedByItselfAndSoRestored(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy", Product: OpenBao})
	_, made := a.put(1, "sys/namespaces/vaulted", fields{"seal": `seal "shamir" { shares = 3 threshold = 2 }`})
	shares := made["key_shares"].([]any)
	if status, _ := a.in("vaulted", http.MethodGet, "sys/mounts", nil); status != http.StatusServiceUnavailable {
		t.Errorf("a sealed namespace: %d", status)
	}
	taken := a.snapshot()
	a.raw(http.MethodPost, "sys/storage/raft/snapshot", taken, http.StatusNoContent)
	a.pass(2 * restoreDelay)
	for i, progress := range []float64{1, 0} {
		_, got := a.put(1, "sys/namespaces/vaulted/unseal", fields{"key": shares[i]})
		if got["progress"] != progress || got["sealed"] != (i == 0) {
			t.Errorf("share %d: %v", i, got)
		}
	}
	if status, _ := a.in("vaulted", http.MethodGet, "sys/mounts", nil); status != http.StatusOK {
		t.Errorf("an unsealed namespace: %d", status)
	}
	a.put(1, "sys/namespaces/vaulted/seal", fields{})
	if status, answer := a.do(1, http.MethodDelete, "sys/namespaces/vaulted", nil); status != http.StatusServiceUnavailable {
		t.Errorf("%d %v", status, answer)
	}
	if status, answer := a.do(1, http.MethodDelete, "sys/namespaces/vaulted/delete-sealed", nil); status != http.StatusOK {
		t.Errorf("%d %v", status, answer)
	}
	if status, _ := a.get(1, "sys/namespaces/vaulted"); status != http.StatusNotFound {
		t.Errorf("still there: %d", status)
	}
}

func TestVaultsCommunityEditionHasNoNamespaces(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete} {
		status, answer := a.do(1, method, "sys/namespaces/payments", nil)
		if status != http.StatusNotFound || !strings.Contains(sprint(answer), "enterprise-only") {
			t.Errorf("%s: %d %v", method, status, answer)
		}
	}
}
