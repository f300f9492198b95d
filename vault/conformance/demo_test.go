package conformance

import (
	"fmt"
	"os"
	"testing"
	"time"

	"warder/demo"
	"warder/vault"
)

// demoSpeed is how much faster than ours the simulated time runs, so that nobody waits for elections that are none.
const demoSpeed = 20

// simulated runs the nodes of a demo.
type simulated struct {
	*demo.Cluster
	prefix string // of the nodes' names
}

func (s simulated) kill(t *testing.T, node int) {
	t.Helper()
	works(t, "kill", s.Apply(demo.Stop{Node: s.name(node)}))
}

func (s simulated) start(t *testing.T, node int) {
	t.Helper()
	works(t, "start", s.Apply(demo.Start{Node: s.name(node)}))
}

func (s simulated) name(node int) string { return fmt.Sprintf("%s-%d", s.prefix, node+1) }

// demoOf starts a demo on free loopback ports.
func demoOf(t *testing.T, k kind, scenario string, overTLS bool) (*cluster, *demo.Cluster) {
	t.Helper()
	began := time.Now()
	d, err := demo.New(demo.Options{
		Scenario: scenario, TLS: overTLS, Product: [kinds]demo.Product{vault1: demo.Vault, vault2: demo.Vault2, openBao: demo.OpenBao}[k],
		Now: func() time.Time { return began.Add(demoSpeed * time.Since(began)) },
	})
	works(t, "demo", err)
	t.Cleanup(d.Close)
	works(t, "listen", d.Listen(fmt.Sprintf("127.0.0.1:%d", freePorts(t, 3))))
	prefix := map[vault.Product]string{vault.HashiCorpVault: "vault", vault.OpenBao: "bao"}[k.product()]
	return newCluster(t, k, d.Addresses(), d.CACert(), simulated{d, prefix}), d
}

func TestDemo(t *testing.T) {
	t.Parallel()
	for _, k := range []kind{vault1, vault2, openBao} {
		t.Run(k.String(), func(t *testing.T) {
			t.Parallel()
			c, _ := demoOf(t, k, "uninitialised", false)
			c.tries(t, shamirSteps)
		})
		t.Run(k.String()+" and its custodians", func(t *testing.T) {
			t.Parallel()
			c, _ := demoOf(t, k, "uninitialised", true)
			c.bin = os.Getenv([kinds]string{vault1: "VAULT_BIN", vault2: "VAULT_BIN", openBao: "BAO_BIN"}[k])
			c.tries(t, crewSteps)
		})
		t.Run(k.String()+" with an automatic seal", func(t *testing.T) {
			t.Parallel()
			c, d := demoOf(t, k, "auto-unseal", false)
			c.holds(t, d.Token())
			c.shares, c.threshold = d.Shares(), 3
			c.tries(t, automaticSteps)
		})
	}
}
