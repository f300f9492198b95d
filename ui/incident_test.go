package ui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
)

// Whole incidents as the engineer on call lives through them, on the small window of a slow line.

// then lets something happen to the cluster, and so much time pass.
func (c *console) then(f demo.Fault, wait time.Duration) {
	c.t.Helper()
	c.happen(f)
	c.wait(wait)
}

// first is the first finding, as the findings pane has it.
func (c *console) first(text string) {
	c.t.Helper()
	_, pane, _ := strings.Cut(c.screen(), "Findings and events")
	lines := strings.Split(pane, "\n")
	if len(lines) < 3 || !strings.Contains(strings.Join(lines[1:3], " "), text) {
		c.t.Errorf("the first finding is not %q:\n%s", text, c.screen())
	}
}

// inOrder fails unless the texts are told in this order.
func (c *console) inOrder(texts ...string) {
	c.t.Helper()
	told := c.app.Told()
	at := 0
	for _, e := range told {
		if at < len(texts) && strings.Contains(e, texts[at]) {
			at++
		}
	}
	if at < len(texts) {
		c.t.Errorf("%q is not told, or not in its place:\n%s", texts[at], strings.Join(told, "\n"))
	}
}

func TestIncidentQuorumLostAndRegained(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.wait(15 * time.Second)
		c.see("HEALTHY")
		c.then(demo.Stop{Node: "vault-3"}, 30*time.Second)
		c.see("CRITICAL")
		c.first("Tolerance 0: vault-3 does not answer")
		c.then(demo.Stop{Node: "vault-1"}, 15*time.Second)
		c.first("Quorum lost: 2 of 3 voters do not answer or are sealed (vault-1, vault-3)")
		c.see("bring back 1 of them")
		c.then(demo.Start{Node: "vault-1"}, 20*time.Second)
		c.see("vault-1 is sealed")
		c.then(demo.Unseal{Node: "vault-1"}, 60*time.Second)
		c.first("Tolerance 0: vault-3 does not answer")
		c.then(demo.Start{Node: "vault-3"}, 40*time.Second)
		c.then(demo.Unseal{Node: "vault-3"}, 60*time.Second)
		c.see("HEALTHY")
		c.inOrder("vault-3 stopped answering", "vault-1 stopped answering", "no node is active", "vault-1 answers again",
			"vault-1 unsealed", "became the active node", "vault-3 unsealed")
	})
}

func TestIncidentSealBackendLostDuringARollingRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "auto-unseal"}, 80, 24)
		c.wait(15 * time.Second)
		c.see("HEALTHY")
		c.then(demo.Stop{Node: "vault-1"}, time.Second)
		c.then(demo.Start{Node: "vault-1"}, 60*time.Second)
		c.see("HEALTHY")
		c.then(demo.Break{Backend: "awskms", Noticed: true}, 40*time.Second)
		c.see("CRITICAL")
		c.first("No healthy seal backend on vault-1, vault-2, vault-3")
		c.see("do not restart them")
		c.then(demo.Stop{Node: "vault-3"}, time.Second)
		c.then(demo.Start{Node: "vault-3"}, 60*time.Second)
		c.see("vault-3", "CRITICAL", "Tolerance 0")
		c.then(demo.Mend{Backend: "awskms", Noticed: true}, 40*time.Second)
		c.then(demo.Start{Node: "vault-3"}, 90*time.Second)
		c.see("HEALTHY")
		c.inOrder("vault-1 stopped answering", "vault-1 answers again", "awskms", "vault-3 stopped answering", "vault-3 answers again")
	})
}

func TestIncidentCertificateExpiringDuringAnUpgrade(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "tls-expiring"}, 80, 24)
		c.wait(15 * time.Second)
		c.see("DEGRADED")
		c.first("TLS certificate of vault-1 expires in 3 days")
		for _, step := range []struct {
			node  string
			first string
		}{{"vault-1", "TLS certificate of vault-1 expires in 3 days"}, {"vault-3", "TLS certificate of vault-1 expires in 3 days"}} {
			c.then(demo.Stop{Node: step.node}, time.Second)
			c.then(demo.Upgrade{Node: step.node, Version: "1.21.1"}, time.Second)
			c.then(demo.Start{Node: step.node}, 20*time.Second)
			c.then(demo.Unseal{Node: step.node}, 60*time.Second)
			c.first(step.first)
		}
		c.then(demo.Renew{Node: "vault-1", Days: 90}, time.Second)
		c.then(demo.Renew{Node: "vault-3", Days: 90}, 11*time.Minute)
		c.see("HEALTHY")
		c.then(demo.Upgrade{Node: "vault-2", Version: "1.21.1"}, time.Minute)
		c.see("HEALTHY")
		c.inOrder("vault-1", "1.21.1", "vault-3", "1.21.1", "certificate")
	})
}
