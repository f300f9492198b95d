package demo

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// FuzzRequest sends any request to a node: it must answer with JSON, or with nothing, and never fall over.
func FuzzRequest(f *testing.F) {
	for path, body := range map[string]string{
		"sys/unseal":                `{"key": "00", "reset": true}`,
		"sys/init":                  `{"secret_shares": 3, "secret_threshold": "2", "pgp_keys": ["AAAA"]}`,
		"sys/rekey/init":            `{"secret_shares": 300, "backup": true}`,
		"sys/rekey/update":          `{"key": "", "nonce": 1}`,
		"sys/generate-root/attempt": `{"otp": "x", "pgp_key": "!"}`,
		"sys/storage/raft/autopilot/configuration": `{"last_contact_threshold": "-1s", "max_trailing_logs": -5}`,
		"sys/rotate/config":                        `{"interval": "999999h"}`,
		"auth/token/create":                        `{"ttl": "1h", "period": -1, "num_uses": -1, "policies": null}`,
		"sys/wrapping/wrap":                        `[]`,
		"sys/capabilities-self":                    `{"paths": "a,b", "path": 3}`,
		"sys/decode-token":                         `{"encoded_token": "AAA", "otp": "ab"}`,
		"sys/mounts/a/b/tune":                      `{"default_lease_ttl": "x", "max_lease_ttl": -1}`,
		"sys/auth/token":                           `{"type": "token", "config": {"default_lease_ttl": 1e9}}`,
		"sys/remount":                              `{"from": "auth/", "to": "/"}`,
		"sys/audit/file/x":                         `{"type": "file", "options": {"file_path": ""}}`,
		"sys/policies/acl/%00":                     `{"policy": "path \"+/*\" {}"}`,
		"sys/leases/revoke-prefix/":                `{"sync": null, "lease_id": "database"}`,
		"sys/quotas/rate-limit/x":                  `{"rate": 1e300, "interval": "-5s", "path": "auth/"}`,
		"sys/quotas/config":                        `{"rate_limit_exempt_paths": 3}`,
		"payments/sys/namespaces/..":               `{"custom_metadata": {"a": null}, "seal": "seal"}`,
		"sys/namespaces/payments/unseal":           `{"key": "AA", "reset": false}`,
		"sys/storage/raft/snapshot-force":          "\x1f\x8b",
	} {
		for product := range products {
			f.Add(int(product), http.MethodPut, path, "", body)
		}
	}
	f.Add(2, http.MethodPatch, "sys/namespaces/payments", "", `{"custom_metadata": null}`)
	f.Add(2, http.MethodDelete, "sys/namespaces/payments/delete-sealed", "force=true", "")
	f.Add(1, http.MethodGet, "sys/monitor", "log_level=trace", "")
	f.Add(0, http.MethodGet, "sys/health", "standbyok=true&activecode=999999999999", "")
	f.Fuzz(func(t *testing.T, product int, method, path, query, body string) {
		p := Product(uint(product) % uint(products))
		c, err := New(Options{Scenario: "rekey-in-progress", Product: p, Random: zeroes{}})
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(method, " \r\n") || method == "" {
			return
		}
		q := &http.Request{
			Method: method, URL: &url.URL{Path: "/v1/" + path, RawQuery: query}, Header: http.Header{},
			Body: http.NoBody, Host: "demo",
		}
		if body != "" {
			q.Body = httptest.NewRequest(http.MethodPut, "/", strings.NewReader(body)).Body
		}
		q.Header.Set("X-Vault-Token", text(c.tokens.root))
		ended, end := context.WithCancel(context.Background())
		end() // what has no end of its own
		q = q.WithContext(ended)
		w := httptest.NewRecorder()
		front{c, c.nodes[1]}.ServeHTTP(w, q)
		if b := w.Body.Bytes(); len(b) > 0 && w.Header().Get("Content-Type") == "application/json" && !json.Valid(b) {
			t.Errorf("%s %s: not JSON: %q", method, path, b)
		}
	})
}

// zeroes is the least random randomness.
type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func FuzzControl(f *testing.F) {
	f.Add("slow", `{"Node": "vault-1", "By": "2s"}`)
	f.Add("break", `{"Backend": "x", "Noticed": true}`)
	f.Add("start-rekey", `{"Shares": 3, "Threshold": -2}`)
	f.Add("start-rekey", `{"Shares": 3, "Threshold": 2, "Given": -1}`)
	f.Add("start-rewrap", ``)
	f.Fuzz(func(t *testing.T, name, body string) {
		c, err := New(Options{Scenario: "healthy", Random: zeroes{}})
		if err != nil {
			t.Fatal(err)
		}
		if fault, err := readFault(name, []byte(body)); err == nil {
			// Any error will do, as long as it is one.
			_ = c.Apply(fault)
		}
	})
}
