package conformance

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"warder/demo"
	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// recoverer starts a node with -recovery.
type recoverer interface{ recovers(t *testing.T, node int) }

func (p *processes) recovers(t *testing.T, node int) {
	t.Helper()
	p.all[node].kill()
	p.all[node].start(t, "-recovery")
}

func (s simulated) recovers(t *testing.T, node int) {
	t.Helper()
	works(t, "start with -recovery", s.Apply(demo.StartRecovery{Node: s.name(node)}))
}

// recoverySteps begin with a cluster that serves. Each but the last goes on from the one before.
var recoverySteps = []step{
	{"a node started with -recovery says so, and nothing else", recoverySaid},
	{"wrong shares make no recovery token", recoveryRefused},
	{"two machines make a recovery token, and it opens sys/raw", recoveryCarried},
	{"a node whose recovery token was made makes no other", recoveryMadeOnce},
	{"started without -recovery it serves again, and the token is nothing", recoveryEnded},
}

func TestRecoveryModeOfTheDemo(t *testing.T) {
	t.Parallel()
	for _, k := range []kind{vault1, vault2, openBao} {
		for _, scenario := range []string{"healthy", "auto-unseal"} {
			t.Run(k.String()+" "+scenario, func(t *testing.T) {
				t.Parallel()
				c, d := demoOf(t, k, scenario, false)
				c.holds(t, d.Token())
				c.shares, c.threshold = d.Shares(), 3
				c.tries(t, recoverySteps)
			})
		}
	}
}

func TestRecoveryModeOfARealOpenBao(t *testing.T) {
	t.Parallel()
	realRecovery(t, binary(t, "BAO_BIN"), openBao)
}

func TestRecoveryModeOfARealVault(t *testing.T) {
	t.Parallel()
	bin := binary(t, "VAULT_BIN")
	realRecovery(t, bin, eraOf(t, bin))
}

func realRecovery(t *testing.T, bin string, k kind) {
	t.Helper()
	t.Run("three nodes", func(t *testing.T) {
		t.Parallel()
		founded := []step{{"initialised", initialised}, {"unsealed", unsealed}, {"joined", joined}}
		deposed := step{"the others, started on their old storage, depose it", recoveryDeposed}
		servers(t, bin, k, newConfigs(t, "recovery", 3)).tries(t, slices.Concat(founded, recoverySteps, []step{deposed}))
	})
	t.Run("an automatic seal", func(t *testing.T) {
		t.Parallel()
		c := automatic(t, bin, k)
		c.active(t)
		c.tries(t, recoverySteps)
	})
}

// recovering is the node in recovery mode; the others are dead.
const recovering = 0

func recoverySaid(t *testing.T, c *cluster) {
	for i := range c.nodes {
		c.machine.kill(t, i)
	}
	c.machine.(recoverer).recovers(t, recovering)
	r := c.inRecovery(t, func(r vault.RecoveryMode) bool { return true })
	if r.Opened || r.Started || r.Progress != 0 || r.Required != c.threshold {
		t.Errorf("it says %+v, want %d shares", r, c.threshold)
	}
	s := reads(t, c.holding, vault.NewSnapshot(c.nodes...), 2)
	if n := s.Node(c.nodes[recovering]); n.State() != vault.Recovering || n.Seal.Known() || n.Leader.Known() {
		t.Errorf("state %v, seal known %t, leader known %t", n.State(), n.Seal.Known(), n.Leader.Known())
	}
	_, err := c.bare(recovering).Unseal(t.Context(), c.shares[0], false)
	ends(t, "a share to unseal with", err, refused)
	for what, token := range map[string]keys.Secret{"no token": {}, "the root token": c.token} {
		if status, _ := c.ask(t, http.MethodGet, recovering, "sys/raw/?list=true", token, nil); status != http.StatusForbidden {
			t.Errorf("sys/raw with %s: %d", what, status)
		}
	}
}

// inRecovery waits until the node says something of its recovery mode.
func (c *cluster) inRecovery(t *testing.T, want func(vault.RecoveryMode) bool) (r vault.RecoveryMode) {
	t.Helper()
	eventually(t, "the node says that it is in recovery mode", func() (err error) {
		if r, err = c.bare(recovering).RecoveryMode(t.Context()); err == nil && !want(r) {
			err = fmt.Errorf("it says %+v", r)
		}
		return err
	})
	return r
}

func recoveryRefused(t *testing.T, c *cluster) {
	p := c.rooting(t)
	p.picks("otp")
	p.gives(c.shares[:c.threshold-1]...)
	p.gives(mistyped(c.shares[c.threshold-1]))
	p.alarmed("together they are wrong")
	c.inRecovery(t, func(r vault.RecoveryMode) bool { return r.Started && r.Progress == 0 })
	works(t, "cancel", c.bare(recovering).CancelVariant(t.Context(), vault.RecoveryToken, vault.DoorsOpen, ""))
}

func recoveryCarried(t *testing.T, c *cluster) {
	begins := c.rooting(t)
	begins.picks("otp")
	joins := c.rooting(t)
	joins.picks("join")
	joins.gives(c.shares[:c.threshold]...)
	encoded := text(prompt[ceremony.Reveal](joins).Secret)
	begins.gives(c.shares[0]) // in vain, and learns so that it is over
	begins.alarmed("the node says that its token was made")
	begins.does(ceremony.GaveSecret{Secret: keys.NewSecret([]byte(encoded))})
	begins.picks("show")
	token := keys.NewSecret([]byte(text(prompt[ceremony.Reveal](begins).Secret)))
	begins.does(ceremony.Shown{})
	begins.endsWell()
	joins.does(ceremony.Shown{})
	joins.endsWell()
	if !strings.HasPrefix(text(token), "hvr.") {
		t.Error("it does not begin as a recovery token does")
	}
	c.opensRaw(t, token)
	c.token = token
}

// opensRaw reads with a recovery token what the storage holds of the seal, which is known otherwise.
func (c *cluster) opensRaw(t *testing.T, token keys.Secret) {
	t.Helper()
	status, answer := c.ask(t, http.MethodGet, recovering, "sys/raw/?list=true", token, nil)
	if listed := fmt.Sprint(answer["data"]); status != http.StatusOK || !strings.Contains(listed, "core/") {
		t.Errorf("listed: %d %v", status, answer)
	}
	found := ""
	for _, entry := range []string{"core/seal-config", "core/recovery-config"} {
		_, answer := c.ask(t, http.MethodGet, recovering, "sys/raw/"+entry, token, nil)
		found += fmt.Sprint(answer["data"])
	}
	want := fmt.Sprintf(`"type":"shamir","secret_shares":%d,"secret_threshold":%d`, len(c.shares), c.threshold)
	if !strings.Contains(found, want) {
		t.Errorf("read %s, want %s in it", found, want)
	}
	if status, answer := c.ask(t, http.MethodGet, recovering, "sys/raw/core/keyring", token, nil); status != http.StatusBadRequest {
		t.Errorf("the keyring: %d %v", status, answer)
	}
}

func recoveryMadeOnce(t *testing.T, c *cluster) {
	if r, err := c.bare(recovering).RecoveryMode(t.Context()); err != nil || !r.Opened {
		t.Errorf("it says %+v, %v", r, err)
	}
	_, err := c.bare(recovering).StartVariant(t.Context(), vault.RecoveryToken, vault.DoorsOpen, "")
	ends(t, "another recovery token", err, refused)
}

// recoveryEnded starts the node as ever. A real one with Raft storage is a cluster of one since its token was made.
func recoveryEnded(t *testing.T, c *cluster) {
	c.machine.kill(t, recovering)
	c.machine.start(t, recovering)
	stale := c.clients(t, c.nodes, c.token).Client(c.nodes[recovering], false)
	if s, err := c.bare(recovering).SealStatus(t.Context()); err != nil || s.Threshold != c.threshold || s.Shares != len(c.shares) {
		t.Errorf("the seal: %+v, %v", s, err)
	} else if s.Sealed {
		for _, share := range c.shares[:c.threshold] {
			_, err := c.bare(recovering).Unseal(t.Context(), share, false)
			works(t, "unseal", err)
		}
	}
	if _, simulates := c.machine.(simulated); simulates {
		c.serves(t, recovering)
		return
	}
	c.becomes(t, recovering, vault.CodeActive)
	_, err := stale.LookupSelf(t.Context())
	ends(t, "lookup of the recovery token", err, denied)
	peers, err := c.at(recovering).RaftConfiguration(t.Context())
	if works(t, "Raft configuration", err); len(peers) != 1 {
		t.Errorf("it is one of %d peers: %+v", len(peers), peers)
	}
}

// recoveryDeposed starts the nodes that do not know of the repair: they are two of three, and elect one of themselves.
func recoveryDeposed(t *testing.T, c *cluster) {
	for i := range c.nodes {
		if i == recovering {
			continue
		}
		c.machine.start(t, i)
		c.becomes(t, i, vault.CodeSealed)
		for _, share := range c.shares[:c.threshold] {
			_, err := c.bare(i).Unseal(t.Context(), share, false)
			works(t, "unseal", err)
		}
	}
	c.becomes(t, recovering, vault.CodeStandby)
	if next := c.active(t); next == recovering {
		t.Error("the repaired node leads")
	}
}
