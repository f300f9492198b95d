package demo

import (
	"bufio"
	"net/http"
	"strings"
	"testing"
)

func TestALogIsToldUntilTheNodeIsSealed(t *testing.T) {
	t.Parallel()
	for _, p := range []Product{Vault, OpenBao} {
		a := ask(t, Options{Scenario: "healthy", Product: p})
		q, err := http.NewRequest(http.MethodGet, a.cluster.Addresses()[1]+"/v1/sys/monitor?log_format=json", nil)
		if err != nil {
			t.Fatal(err)
		}
		q.Header.Set("X-Vault-Token", a.token)
		r, err := a.client.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		a.put(1, "sys/mounts/one", fields{"type": "kv"})
		a.put(1, "sys/mounts/two", fields{"type": "kv"})
		a.put(1, "sys/seal", nil)
		var lines []string
		for s := bufio.NewScanner(r.Body); s.Scan(); {
			lines = append(lines, s.Text())
		}
		if len(lines) != 4 || !strings.Contains(lines[0], `"path":"one/"`) || !strings.Contains(lines[1], `"path":"two/"`) || lines[3] != "core received sealed state change, ending monitor session" {
			t.Errorf("%s: %q", p, lines)
		}
	}
}

func TestALogThatNobodyCouldReadIsRefused(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	a.wants(1, "sys/monitor?log_level=loud", http.StatusBadRequest)
	a.wants(1, "sys/monitor?log_format=odd", http.StatusBadRequest)
	a.token = ""
	a.wants(1, "sys/monitor", http.StatusForbidden)
}
