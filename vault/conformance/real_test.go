package conformance

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"warder/vault"
)

// binary is what a variable names, a server and a client in one; without it the test is skipped, and says so loudly.
func binary(t *testing.T, variable string) string {
	t.Helper()
	bin := os.Getenv(variable)
	if bin == "" {
		t.Skipf("SKIPPED: %s NAMES NO BINARY, SO THAT NONE WAS TRIED (set %s)", variable, variable)
	}
	path, err := exec.LookPath(bin)
	works(t, variable, err)
	return path
}

func TestRealOpenBao(t *testing.T) {
	t.Parallel()
	bin := binary(t, "BAO_BIN")
	for _, k := range []kind{openBao, reopened} {
		triesReal(t, bin, k)
	}
}

func TestRealVault(t *testing.T) {
	t.Parallel()
	bin := binary(t, "VAULT_BIN")
	triesReal(t, bin, eraOf(t, bin))
}

// eraOf tells how a Vault keeps its doors when nobody configured them, which only this harness may tell by the version.
func eraOf(t *testing.T, bin string) kind {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), bin, "version").Output()
	works(t, "version", err)
	if strings.HasPrefix(string(out), "Vault v1.") {
		return vault1
	}
	return vault2
}

// triesReal goes through the suite on three nodes, through the ceremonies of several on three over TLS, and through the steps of
// an automatic seal on one that another opens.
func triesReal(t *testing.T, bin string, k kind) {
	t.Run(k.String(), func(t *testing.T) {
		t.Parallel()
		servers(t, bin, k, newConfigs(t, "node", 3)).tries(t, shamirSteps)
	})
	t.Run(k.String()+" and its custodians", func(t *testing.T) {
		t.Parallel()
		configs := newConfigs(t, "member", 3)
		for i := range configs {
			configs[i].tls = true
		}
		servers(t, bin, k, configs).tries(t, crewSteps)
	})
	t.Run(k.String()+" with an automatic seal", func(t *testing.T) {
		t.Parallel()
		automatic(t, bin, k).tries(t, automaticSteps)
	})
}

// automatic starts a provider of keys and a server that it opens.
func automatic(t *testing.T, bin string, k kind) *cluster {
	t.Helper()
	own := newConfigs(t, "automatic", 1)
	own[0].seal = transitSeal(t, servers(t, bin, k, newConfigs(t, "provider", 1)))
	c := servers(t, bin, k, own)
	made, err := c.bare(0).Init(t.Context(), vault.InitConfig{RecoveryShares: 5, RecoveryThreshold: 3})
	works(t, "init", err)
	if len(made.Shares) != 0 || len(made.RecoveryShares) != 5 {
		t.Fatalf("%d shares and %d recovery shares", len(made.Shares), len(made.RecoveryShares))
	}
	c.holds(t, made.RootToken)
	c.shares, c.threshold = made.RecoveryShares, 3
	return c
}

// transitSeal has a provider keep a key, and gives the seal that uses it.
func transitSeal(t *testing.T, provider *cluster) string {
	t.Helper()
	made, err := provider.bare(0).Init(t.Context(), vault.InitConfig{Shares: 1, Threshold: 1})
	works(t, "init", err)
	provider.holds(t, made.RootToken)
	provider.shares, provider.threshold = made.Shares, 1
	provider.unseal(t, 0)
	provider.active(t)
	provider.does(t, 0, "sys/mounts/transit", provider.token, map[string]any{"type": "transit"})
	provider.does(t, 0, "transit/keys/unseal", provider.token, map[string]any{})
	const policy = `path "transit/encrypt/unseal" { capabilities = ["update"] } path "transit/decrypt/unseal" { capabilities = ["update"] }`
	provider.does(t, 0, "sys/policies/acl/unseal", provider.token, map[string]any{"policy": policy})
	body := map[string]any{"policies": []string{"unseal"}, "period": "24h", "no_parent": true}
	auth := provider.does(t, 0, "auth/token/create", provider.token, body)["auth"].(map[string]any)
	return fmt.Sprintf("seal \"transit\" {\n  address = %q\n  token = %q\n  key_name = \"unseal\"\n  mount_path = \"transit/\"\n}\n",
		provider.nodes[0], auth["client_token"])
}
