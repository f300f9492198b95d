package demo

import (
	"net/http"
	"testing"
)

func TestHealthCodesTellTheState(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scenario string
		product  Product
		node     int
		query    string
		want     int
	}{
		{"healthy", Vault, 1, "", 200},
		{"healthy", Vault, 0, "", 429},
		{"healthy", Vault, 0, "?standbyok=true", 200},
		{"healthy", Vault, 0, "?standbyok=false", 429},
		{"healthy", Vault, 0, "?standbyok=perhaps", 400},
		{"healthy", Vault, 0, "?standbycode=299", 299},
		{"healthy", Vault, 1, "?activecode=298", 298},
		{"healthy", Vault, 0, "?standbyok=true&activecode=298", 298},
		{"healthy", Vault, 1, "?sealedcode=soon", 400},
		{"healthy", Vault, 1, "?activecode=1000", 400},
		{"one-sealed", Vault, 2, "", 503},
		{"one-sealed", Vault, 2, "?sealedcode=297", 297},
		{"uninitialised", Vault, 0, "", 501},
		{"uninitialised", OpenBao, 0, "?uninitcode=296", 296},
		{"removed-peer", Vault, 2, "", 530},
		{"removed-peer", Vault, 2, "?removedcode=295", 295},
		{"removed-peer", OpenBao, 2, "", 429},
		{"busy", Vault, 0, "", 473},
		{"busy", Vault, 0, "?perfstandbyok=true", 200},
		{"busy", OpenBao, 0, "", 429},
		{"busy", Vault, 0, "?performancestandbycode=294", 294},
		{"busy", Vault, 0, "?standbyok=true", 473},
		{"busy", Vault, 0, "?perfstandbyok=perhaps", 400},
		{"busy", OpenBao, 0, "?performancestandbycode=soon&perfstandbyok=perhaps", 429},
		{"healthy", Vault, 0, "?standbyok", 429},
		{"healthy", Vault, 0, "?uninitcode=", 400},
		{"healthy", OpenBao, 0, "?standbyok=1&activecode=298", 298},
	} {
		a := ask(t, Options{Scenario: c.scenario, Product: c.product})
		if status, answer := a.get(c.node, "sys/health"+c.query); status != c.want {
			t.Errorf("%s on %v, node %d%s: status %d, want %d: %v", c.scenario, c.product, c.node, c.query, status, c.want, answer)
		}
		if status, _ := a.do(c.node, http.MethodHead, "sys/health"+c.query, nil); status != c.want {
			t.Errorf("%s, HEAD: status %d, want %d", c.scenario, status, c.want)
		}
	}
}

func TestADRSecondarySaysSo(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	a.happen(Replicate{DRSecondary: true})
	if answer := a.wants(1, "sys/health", 472); answer["replication_dr_mode"] != "secondary" {
		t.Errorf("%v", answer)
	}
	a.wants(0, "sys/health?drsecondarycode=298", 298)
}

func TestAStandbyThatLostTheActiveNodeSaysSo(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	a.happen(Stop{"vault-2"})
	a.happen(Stop{"vault-3"})
	a.pass(echoInterval + echoHealthy)
	answer := a.wants(0, "sys/health", 474)
	if answer["ha_connection_healthy"] != false {
		t.Errorf("%v", answer)
	}
}
