package demo

import (
	"net/http"
	"reflect"
	"testing"
)

func TestPoliciesAreReadAsTheServersWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]map[string]grant{
		defaultPolicy: {
			"auth/token/lookup-self": {"read"}, "auth/token/renew-self": {"update"}, "auth/token/revoke-self": {"update"},
			"sys/capabilities-self": {"update"}, "sys/leases/lookup": {"update"}, "sys/leases/renew": {"update"},
			"sys/wrapping/lookup": {"update"}, "sys/wrapping/unwrap": {"update"}, "sys/wrapping/wrap": {"update"},
			"cubbyhole/*": {"create", "read", "update", "delete", "list"},
		},
		`path "a" { capabilities = ["read", "list",] } # end`:                      {"a": {"read", "list"}},
		"// c\npath \"a\" {\n min_wrapping_ttl = \"1s\"\n pagination_limit = 5\n}": {"a": {}},
		"path \"a\" {\n max = 5\n}":                                                nil,
		`else "a" {}`:                                                              nil, `path "+*" {}`: nil, `path "a" { policy = "odd" }`: nil,
		`{"path":{"a":{"odd":1}}}`: nil, "": {}, "# nothing": {},
		`name = "n" path "/a" { policy = "read" }`: {"a": {"read", "list"}},
		`{"path":{"a":{"policy":"deny"}}}`:         {"a": {"deny"}},
		`path "a" { allowed_parameters = { "k" = ["v", 1] "o" = {} } denied_parameters { x = [] } capabilities = ["read"] }`: {"a": {"read"}},
		`{"path":{"a/*":{"capabilities":["sudo"]}}}`:                          {"a/*": {"sudo"}},
		`path "a" { capabilities = ["read"] } path "b" { capabilities = [] }`: {"a": {"read"}, "b": {}},
		`path {`: nil, `nonsense`: nil, `path "x" { capabilities = ["fly"] }`: nil, `path "x" { capabilities = ["read" }`: nil,
		`path "x" `: nil, `{"path":7}`: nil, `path "x" { capabilities "read" }`: nil, `path "x" {} }`: nil, `path "`: nil,
	} {
		got, err := parsePolicy(text)
		if (err != nil) != (want == nil) || want != nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, %v, want %v", text, got, err, want)
		}
	}
}

func FuzzParsePolicy(f *testing.F) {
	f.Add(defaultPolicy)
	f.Add(`{"path":{"a":{"capabilities":["read"]}}}`)
	f.Add("path \"a\" { capabilities = [\"deny\"] \"")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := parsePolicy(text)
		if (err == nil) == (got == nil) {
			t.Errorf("%v, %v", got, err)
		}
	})
}

func TestAWrittenPolicyTakesEffect(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	if status, answer := a.put(1, "sys/policies/acl/looker", fields{"policy": `path "sys/mounts" { capabilities = ["read"] }`}); status != http.StatusNoContent {
		t.Fatalf("%d %v", status, answer)
	}
	_, made := a.put(1, "auth/token/create", fields{"policies": []string{"looker"}})
	a.token = made["auth"].(map[string]any)["client_token"].(string)
	a.wants(1, "sys/mounts", http.StatusOK)
	a.wants(1, "sys/auth", http.StatusForbidden)
}
