package conformance

import (
	"os"
	"path/filepath"
	"testing"

	"warder/vault"
)

// crewSteps hold ceremonies of several people, and such as the cluster disturbs, over TLS. They begin with three nodes that
// nobody initialised.
var crewSteps = []step{
	{"founded", founded},
	{"several generate root", rootTogether},
	{"generate-root cancelled and replaced by others", rootDisturbed},
	{"generate-root to a PGP key", rootToOwner},
	{"generate-root handed on wrapped", rootWrapped},
	{"several rekey", rekeyTogether},
	{"a rekey cancelled and replaced by others", rekeyDisturbed},
	{"a rekey to owners of PGP keys", rekeyToOwners},
	{"a verification goes wrong and begins anew", verificationAnew},
	{"another certificate midway", certificateChanges},
	{"the token revoked midway", tokenRevoked},
	{"the leader changes midway", leaderChanges},
	{"the former leader asked", formerLeaderAsked},
	{"the leader changes during the verification", leaderChangesLate},
	{"the leader sealed midway", leaderSealed},
	{"an impostor answers midway", impostorAnswers},
}

// founded makes a cluster of the nodes.
func founded(t *testing.T, c *cluster) {
	made, err := c.bare(0).Init(t.Context(), vault.InitConfig{Shares: 5, Threshold: 3})
	works(t, "init", err)
	c.shares, c.threshold = made.Shares, 3
	c.holds(t, made.RootToken)
	c.unseal(t, 0)
	joined(t, c)
}

// commandLine is the product's own, at the active node.
func (c *cluster) commandLine(t *testing.T) cli {
	t.Helper()
	home := t.TempDir()
	out := cli{bin: c.bin, home: home, address: c.nodes[c.active(t)], token: text(c.token)}
	if c.ca != nil {
		out.ca = filepath.Join(home, "ca.pem")
		works(t, "CA", os.WriteFile(out.ca, c.ca, 0o600))
	}
	return out
}
