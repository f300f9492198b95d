package sys

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"warder/vault"
)

// recorded is one request to a real server, with its answer.
type recorded struct {
	Label    string
	Path     string
	Auth     bool // a token was sent
	Status   int
	Response json.RawMessage
}

// recordedReads are the calls of this package of which real servers' answers were recorded. Each tells how many things it was
// given, and what has to be true of any.
var recordedReads = map[string]func(context.Context, Client) (n int, wrong string, err error){
	"sys/mounts": func(x context.Context, c Client) (int, string, error) {
		all, err := c.Mounts(x)
		return len(all), eachMount(all), err
	},
	"sys/auth": func(x context.Context, c Client) (int, string, error) {
		all, err := c.AuthMethods(x)
		return len(all), eachMount(all), err
	},
	"sys/audit": func(x context.Context, c Client) (int, string, error) {
		all, err := c.AuditDevices(x)
		return len(all), "", err
	},
	"sys/policies/acl": func(x context.Context, c Client) (int, string, error) {
		all, err := c.Policies(x, ACL)
		return len(all), "", err
	},
	"sys/quotas/rate-limit": func(x context.Context, c Client) (int, string, error) {
		all, err := c.RateLimits(x)
		return len(all), "", err
	},
	"sys/namespaces": func(x context.Context, c Client) (int, string, error) {
		all, err := c.Namespaces(x)
		return len(all), "", err
	},
	"sys/leases/count": func(x context.Context, c Client) (int, string, error) {
		n, err := c.IrrevocableLeases(x)
		return n.Total, "", err
	},
	"sys/plugins/catalog": func(x context.Context, c Client) (n int, wrong string, err error) {
		all, err := c.Plugins(x)
		for _, p := range all {
			if p.Name == "" || p.Type == "" || p.Version == "" || !p.Builtin {
				wrong += fmt.Sprintf(" %+v", p)
			}
		}
		return len(all), wrong, err
	},
	"sys/version-history": func(x context.Context, c Client) (n int, wrong string, err error) {
		all, err := c.VersionHistory(x)
		for _, v := range all {
			if v.Version == "" || v.Since.IsZero() {
				wrong += fmt.Sprintf(" %+v", v)
			}
		}
		return len(all), wrong, err
	},
}

func eachMount(all []Mount) (wrong string) {
	for _, m := range all {
		if !strings.HasSuffix(m.Path, "/") || m.Type == "" || m.Accessor == "" || m.RunningVersion == "" {
			wrong += fmt.Sprintf(" %+v", m)
		}
	}
	return wrong
}

// counts are what the recordings hold, as counted outside of this test; where a call failed, the kind of the error. The calls
// without a token were all denied.
var counts = map[string]map[string]any{
	"vault-1.21.0": {
		"sys/mounts": 3, "sys/auth": 1, "sys/audit": 0, "sys/policies/acl": 2, "sys/quotas/rate-limit": 0, "sys/namespaces": vault.Unsupported,
		"sys/leases/count": 0, "sys/plugins/catalog": 54, "sys/version-history": 1,
	},
	"openbao-2.6.2": {
		"sys/mounts": 3, "sys/auth": 1, "sys/audit": 0, "sys/policies/acl": 2, "sys/quotas/rate-limit": 0, "sys/namespaces": 0,
		"sys/leases/count": 0, "sys/plugins/catalog": 27, "sys/version-history": 1,
	},
}

func TestRecordedAnswersOfTheSystemBackendAreUnderstood(t *testing.T) {
	t.Parallel()
	for name, want := range counts {
		text, err := os.ReadFile(filepath.Join("..", "testdata", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var run []recorded
		if err := json.Unmarshal(text, &run); err != nil {
			t.Fatal(err)
		}
		seen := 0
		for _, r := range run {
			op, _, _ := strings.Cut(r.Path, "?")
			call, ours := recordedReads[op]
			if !ours {
				continue
			}
			seen++
			c, _ := answering(t, r.Status, string(r.Response))
			n, wrong, err := call(t.Context(), c)
			kind, failed := vault.KindOf(err)
			switch {
			case !r.Auth && kind != vault.Denied, r.Auth && failed && want[op] != kind, r.Auth && !failed && want[op] != n, wrong != "":
				t.Errorf("%s, %s: %s: %d,%s %v; want %v", name, r.Label, r.Path, n, wrong, err, want[op])
			}
		}
		if seen != 2*len(recordedReads) {
			t.Errorf("%s: %d answers, want one with and one without a token of each", name, seen)
		}
	}
}
