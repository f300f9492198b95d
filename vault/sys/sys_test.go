package sys

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"warder/keys"
	"warder/vault"
)

// asked is what a server was asked, a line a request: method, path, body.
type asked struct{ lines []string }

// answering is a client of a server that gives one answer to everything.
func answering(t *testing.T, status int, body string) (Client, *asked) {
	t.Helper()
	a := &asked{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent, _ := io.ReadAll(r.Body)
		token := ""
		if r.Header.Get("X-Vault-Token") == "" {
			token = " without a token"
		}
		a.lines = append(a.lines, strings.TrimSpace(fmt.Sprintf("%s %s %s", r.Method, strings.TrimPrefix(r.URL.EscapedPath(), "/v1/"), sent))+token)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	s, err := vault.SimulatedSettings([]string{server.URL}, keys.NewSecret([]byte("token")), nil)
	if err != nil {
		t.Fatal(err)
	}
	clients := vault.NewClients(s)
	t.Cleanup(clients.Close)
	return Client{clients.Client(server.URL, false)}, a
}

// writes are all calls that change something, and what has to be sent, once.
var writes = []struct {
	call func(context.Context, Client) error
	sent string
}{
	{func(x context.Context, c Client) error {
		return c.EnableMount(x, "kv/team", MountConfig{Type: "kv", Options: map[string]string{"version": "2"}})
	}, `POST sys/mounts/kv/team {"type":"kv","options":{"version":"2"}}`},
	{func(x context.Context, c Client) error { return c.DisableMount(x, "kv/") }, `DELETE sys/mounts/kv`},
	{func(x context.Context, c Client) error {
		return c.TuneMount(x, "kv", map[string]any{"max_lease_ttl": "1h"})
	}, `POST sys/mounts/kv/tune {"max_lease_ttl":"1h"}`},
	{func(x context.Context, c Client) error {
		return c.EnableAuth(x, "userpass", MountConfig{Type: "userpass"})
	}, `POST sys/auth/userpass {"type":"userpass"}`},
	{func(x context.Context, c Client) error { return c.DisableAuth(x, "userpass") }, `DELETE sys/auth/userpass`},
	{func(x context.Context, c Client) error {
		return c.TuneAuth(x, "userpass", map[string]any{"description": "d"})
	}, `POST sys/auth/userpass/tune {"description":"d"}`},
	{func(x context.Context, c Client) error {
		return c.EnableAudit(x, "file", AuditConfig{Type: "file", Options: map[string]string{"file_path": "stdout"}})
	}, `PUT sys/audit/file {"type":"file","options":{"file_path":"stdout"}}`},
	{func(x context.Context, c Client) error { return c.DisableAudit(x, "file") }, `DELETE sys/audit/file`},
	{func(x context.Context, c Client) error { return c.SetPolicy(x, ACL, Policy{Name: "p q", Text: "path"}) }, `PUT sys/policies/acl/p%20q {"policy":"path"}`},
	{func(x context.Context, c Client) error { return c.SetPolicy(x, Old, Policy{Name: "p", Text: "path"}) }, `PUT sys/policy/p {"policy":"path"}`},
	{func(x context.Context, c Client) error {
		return c.SetPolicy(x, EGP, Policy{Name: "p", Text: "t", Enforcement: "advisory", Paths: []string{"*"}})
	}, `PUT sys/policies/egp/p {"policy":"t","enforcement_level":"advisory","paths":["*"]}`},
	{func(x context.Context, c Client) error { return c.DeletePolicy(x, RGP, "p") }, `DELETE sys/policies/rgp/p`},
	{func(x context.Context, c Client) error { return c.RenewLease(x, "a/b", time.Hour) }, `PUT sys/leases/renew {"lease_id":"a/b","increment":3600}`},
	{func(x context.Context, c Client) error { return c.RevokeLease(x, "a/b") }, `PUT sys/leases/revoke {"lease_id":"a/b","sync":true}`},
	{func(x context.Context, c Client) error { return c.RevokePrefix(x, "aws/creds") }, `PUT sys/leases/revoke-prefix/aws/creds {"sync":false}`},
	{func(x context.Context, c Client) error { return c.RevokeForce(x, "aws/creds") }, `PUT sys/leases/revoke-force/aws/creds {}`},
	{func(x context.Context, c Client) error {
		return c.SetRateLimit(x, RateLimit{Name: "q", Rate: 1.5, Interval: time.Minute})
	}, `POST sys/quotas/rate-limit/q {"path":"","rate":1.5,"interval":60}`},
	{func(x context.Context, c Client) error { return c.DeleteRateLimit(x, "q") }, `DELETE sys/quotas/rate-limit/q`},
	{func(x context.Context, c Client) error { return c.SetLeaseCount(x, "q", "aws/", 9) }, `POST sys/quotas/lease-count/q {"max_leases":9,"path":"aws/"}`},
	{func(x context.Context, c Client) error { return c.DeleteLeaseCount(x, "q") }, `DELETE sys/quotas/lease-count/q`},
	{func(x context.Context, c Client) error { return c.CreateNamespace(x, "team") }, `POST sys/namespaces/team {}`},
	{func(x context.Context, c Client) error { return c.DeleteNamespace(x, "team/") }, `DELETE sys/namespaces/team`},
}

func TestWritesAreSentOnceAndAsTheServersWantThem(t *testing.T) {
	t.Parallel()
	for _, w := range writes {
		for _, status := range []int{http.StatusNoContent, http.StatusAccepted, http.StatusInternalServerError} {
			c, a := answering(t, status, "")
			err := w.call(t.Context(), c)
			if failed := status == http.StatusInternalServerError; (err != nil) != failed {
				t.Errorf("%s, answered %d: %v", w.sent, status, err)
			}
			if !reflect.DeepEqual(a.lines, []string{w.sent}) {
				t.Errorf("sent %q, want %q", a.lines, w.sent)
			}
		}
	}
}

// reads are all calls that change nothing: what is asked, what is answered, and what it is taken for.
var reads = []struct {
	call         func(context.Context, Client) (any, error)
	sent, answer string
	want         any
}{
	{
		func(x context.Context, c Client) (any, error) { return c.Mounts(x) }, "GET sys/mounts",
		`{"data":{"sys/":{"type":"system","description":"a\u001b[2Jb","config":{"default_lease_ttl":0,"max_lease_ttl":60},"options":null},"kv/":{"type":"kv","options":{"version":"2"}}}}`,
		[]Mount{{Path: "kv/", Type: "kv", Options: map[string]string{"version": "2"}}, {Path: "sys/", Type: "system", Description: "a[2Jb", MaxTTL: time.Minute}},
	},
	{func(x context.Context, c Client) (any, error) { return c.AuthMethods(x) }, "GET sys/auth", `{"data":{"token/":{"type":"token"}}}`, []Mount{{Path: "token/", Type: "token"}}},
	{func(x context.Context, c Client) (any, error) { return c.MountTuning(x, "kv/") }, "GET sys/mounts/kv/tune", `{"data":{"default_lease_ttl":2,"force_no_cache":true}}`, Tuning{DefaultTTL: 2 * time.Second, ForceNoCache: true}},
	{func(x context.Context, c Client) (any, error) { return c.AuthTuning(x, "token") }, "GET sys/auth/token/tune", `{"data":{"max_lease_ttl":3}}`, Tuning{MaxTTL: 3 * time.Second}},
	{func(x context.Context, c Client) (any, error) { return c.MoveMount(x, "a", "b") }, `POST sys/remount {"from":"a","to":"b"}`, `{"data":{"migration_id":"m"}}`, "m"},
	{func(x context.Context, c Client) (any, error) { return c.AuditDevices(x) }, "GET sys/audit", `{"data":{"file/":{"type":"file","options":{"file_path":"stdout"}}}}`, []vault.AuditDevice{{Path: "file/", Type: "file", Options: map[string]string{"file_path": "stdout"}}}},
	{func(x context.Context, c Client) (any, error) { return c.AuditHash(x, "file", "s") }, `POST sys/audit-hash/file {"input":"s"}`, `{"data":{"hash":"hmac-sha256:1"}}`, "hmac-sha256:1"},
	{func(x context.Context, c Client) (any, error) { return c.Policies(x, ACL) }, "LIST sys/policies/acl", `{"data":{"keys":["default","root"]}}`, []string{"default", "root"}},
	{func(x context.Context, c Client) (any, error) { return c.Policies(x, Old) }, "GET sys/policy", `{"data":{"policies":["default"]}}`, []string{"default"}},
	{func(x context.Context, c Client) (any, error) { return c.Policy(x, ACL, "p") }, "GET sys/policies/acl/p", `{"data":{"name":"p","policy":"path"}}`, Policy{Name: "p", Text: "path"}},
	{func(x context.Context, c Client) (any, error) { return c.Policy(x, Old, "p") }, "GET sys/policy/p", `{"data":{"name":"p","rules":"path"}}`, Policy{Name: "p", Text: "path"}},
	{func(x context.Context, c Client) (any, error) { return c.Lease(x, "a/b") }, `PUT sys/leases/lookup {"lease_id":"a/b"}`, `{"data":{"id":"a/b","ttl":5,"renewable":true,"expire_time":null}}`, Lease{ID: "a/b", TTL: 5 * time.Second, Renewable: true}},
	{func(x context.Context, c Client) (any, error) { return c.Leases(x, "aws/creds/", vault.Want{}) }, "LIST sys/leases/lookup/aws/creds", `{"data":{"keys":["b","a"]}}`, vault.Page{Names: []string{"a", "b"}, Matching: 2, Total: 2}},
	{func(x context.Context, c Client) (any, error) { return c.Leases(x, "", vault.Want{Holding: "b"}) }, "LIST sys/leases/lookup", `{"data":{"keys":["ab/","c/"]}}`, vault.Page{Names: []string{"ab/"}, Matching: 1, Total: 2}},
	{func(x context.Context, c Client) (any, error) { return c.IrrevocableLeases(x) }, "GET sys/leases/count", `{"data":{"lease_count":3,"counts":{"kv_1\u001b":3}}}`, Irrevocable{3, map[string]int{"kv_1": 3}}},
	{
		func(x context.Context, c Client) (any, error) { return c.Plugins(x) }, "GET sys/plugins/catalog",
		`{"data":{"auth":["x"],"detailed":[{"type":"auth","name":"x","version":"v1","builtin":true,"deprecation_status":"supported"}]}}`,
		[]Plugin{{Type: "auth", Name: "x", Version: "v1", Builtin: true, Deprecation: "supported"}},
	},
	{
		func(x context.Context, c Client) (any, error) { return c.VersionHistory(x) }, "LIST sys/version-history",
		`{"data":{"keys":["2","1"],"key_info":{"2":{"previous_version":"1","timestamp_installed":"2026-01-02T00:00:00Z","build_date":"b"},"1":{"previous_version":null,"timestamp_installed":"2026-01-01T00:00:00Z","commit_date":"c"}}}}`,
		[]Version{{"1", "", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), "c"}, {"2", "1", time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), "b"}},
	},
	{func(x context.Context, c Client) (any, error) { return c.RateLimits(x) }, "LIST sys/quotas/rate-limit", `{"data":{"keys":["q"]}}`, []string{"q"}},
	{func(x context.Context, c Client) (any, error) { return c.LeaseCounts(x) }, "LIST sys/quotas/lease-count", `{"data":{"keys":[]}}`, []string{}},
	{func(x context.Context, c Client) (any, error) { return c.RateLimit(x, "q") }, "GET sys/quotas/rate-limit/q", `{"data":{"name":"q","type":"rate-limit","rate":1.5,"interval":60}}`, RateLimit{Name: "q", Type: "rate-limit", Rate: 1.5, Interval: time.Minute}},
	{func(x context.Context, c Client) (any, error) { return c.Namespaces(x) }, "LIST sys/namespaces", `{"data":{"keys":["team/","a/"],"key_info":{"team/":{"id":"x","locked":true,"custom_metadata":{"k":"v"}}}}}`, []Namespace{{Path: "a/"}, {Path: "team/", ID: "x", Locked: true, Metadata: map[string]string{"k": "v"}}}},
}

func TestReadsAskOnceAndTakeWhatIsAnswered(t *testing.T) {
	t.Parallel()
	for _, r := range reads {
		c, a := answering(t, http.StatusOK, r.answer)
		got, err := r.call(t.Context(), c)
		if err != nil || !reflect.DeepEqual(got, r.want) {
			t.Errorf("%s: %+v, %v, want %+v", r.sent, got, err, r.want)
		}
		if !reflect.DeepEqual(a.lines, []string{r.sent}) {
			t.Errorf("asked %q, want %q", a.lines, r.sent)
		}
	}
}

func TestReadsSayWhatWasWrongWithAnAnswer(t *testing.T) {
	t.Parallel()
	for _, r := range reads {
		for answer, kind := range map[string]vault.Kind{`{"data":7}`: vault.Malformed, `{}`: vault.Malformed, `<html>`: vault.Malformed} {
			c, _ := answering(t, http.StatusOK, answer)
			if _, err := r.call(t.Context(), c); !vault.Is(err, kind) {
				t.Errorf("%s, answered %s: %v", r.sent, answer, err)
			}
		}
		c, _ := answering(t, http.StatusForbidden, `{"errors":["permission denied"]}`)
		if _, err := r.call(t.Context(), c); !vault.Is(err, vault.Denied) {
			t.Errorf("%s, denied: %v", r.sent, err)
		}
	}
}

func TestAnEmptyListIsNoError(t *testing.T) {
	t.Parallel()
	c, _ := answering(t, http.StatusNotFound, `{"errors":[]}`)
	if got, err := c.RateLimits(t.Context()); err != nil || got == nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
	c, _ = answering(t, http.StatusNotFound, `{"errors":["unsupported path"]}`)
	if _, err := c.RateLimits(t.Context()); !vault.Is(err, vault.Unsupported) {
		t.Errorf("unsupported: %v", err)
	}
}

func TestANameNeverLeadsToAnotherEndpoint(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "/", ".", "..", "../seal", "a/../../seal", "a//b", "/a", "a\x00", "a\x1b[2J", "a\n"} {
		c, a := answering(t, http.StatusNoContent, "")
		if err := c.DisableMount(t.Context(), name); !vault.Is(err, vault.Refused) || len(a.lines) != 0 {
			t.Errorf("%q: %v, sent %q", name, err, a.lines)
		}
	}
	for name, want := range map[string]string{"a?b#c": "DELETE sys/mounts/a%3Fb%23c", "a%2e": "DELETE sys/mounts/a%252e", "ö/b": "DELETE sys/mounts/%C3%B6/b"} {
		c, a := answering(t, http.StatusNoContent, "")
		if err := c.DisableMount(t.Context(), name); err != nil || !reflect.DeepEqual(a.lines, []string{want}) {
			t.Errorf("%q: %v, sent %q", name, err, a.lines)
		}
	}
}
