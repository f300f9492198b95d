package conformance

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"warder/demo"
	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// reseals restarts a node with another seal stanza.
type reseals func(t *testing.T, node int)

// migrates leads a cluster of three through a change of its seal by the machine, as a person at the console would.
func (c *cluster) migrates(t *testing.T, to string, next reseals) {
	t.Helper()
	c.whole(t)
	leader := c.active(t)
	var aside []int
	for i := range c.nodes {
		if i != leader {
			aside = append(aside, i)
		}
	}
	crew := c.migrator(t)
	for _, n := range aside {
		next(t, n)
		_, err := c.bare(n).Unseal(t.Context(), c.shares[0], false)
		ends(t, "a share without the flag", err, failed)
		crew.gives(t, n)
		c.ready(t, n, to)
	}
	if to != "shamir" { // on the way back it remembers the way there
		_, err := c.bare(leader).Unseal(t.Context(), c.shares[0], true)
		ends(t, "a share with the flag at a node that was not restarted", err, failed)
	}
	crew.stepsDown(t)
	eventually(t, "another node leads", func() error {
		for i := range c.nodes {
			if h, _, err := c.bare(i).Health(t.Context()); err == nil && h.Code == vault.CodeActive && i != leader {
				return nil
			}
		}
		return fmt.Errorf("none does")
	})
	for _, n := range aside {
		eventually(t, "the change is done", func() error {
			s, err := c.bare(n).SealStatus(t.Context())
			if err == nil && s.Migration {
				err = fmt.Errorf("%+v", s)
			}
			return err
		})
	}
	next(t, leader)
	if to == "shamir" {
		crew.gives(t, leader)
	}
	c.serves(t, leader)
	for i := range c.nodes {
		c.sealSays(t, i, to, false)
	}
	if end, ok := crew.until(t, func(p ceremony.Prompt) bool { _, ok := p.(ceremony.End); return ok }).(ceremony.End); !ok || !end.Good {
		t.Errorf("%+v", end)
	}
	crew.machine.Wipe()
	c.whole(t)
}

// ready waits until a node is unsealed for the change, and says so in either of two ways.
func (c *cluster) ready(t *testing.T, node int, to string) {
	t.Helper()
	eventually(t, "the node is unsealed", func() error {
		s, err := c.bare(node).SealStatus(t.Context())
		switch {
		case vault.BetweenSeals(err):
			t.Logf("%s: a standby between two seals says: %v", c.kind, err)
			return nil
		case err != nil:
			return err
		case s.Sealed || !s.Migration || s.Type != to:
			return fmt.Errorf("%+v", s)
		}
		return nil
	})
}

func (c *cluster) sealSays(t *testing.T, node int, kind string, migration bool) {
	t.Helper()
	s, err := c.bare(node).SealStatus(t.Context())
	works(t, "seal status", err)
	if s.Type != kind || s.RecoverySeal != (kind != "shamir") || s.Migration != migration || s.Threshold != c.threshold || s.Shares != len(c.shares) {
		t.Errorf("node %d: %+v, want %s, migration %t", node, s, kind, migration)
	}
}

// migrator is one person with a machine.
type migrator struct {
	c       *cluster
	machine ceremony.Machine
	runner  ceremony.Runner
	prints  keys.Fingerprinter
	seen    vault.Snapshot
}

func (c *cluster) migrator(t *testing.T) *migrator {
	t.Helper()
	prints, err := keys.NewFingerprinter(strings.NewReader(strings.Repeat("p", 4096)))
	works(t, "prints", err)
	return &migrator{c: c, runner: ceremony.Runner{Clients: c.holding}, prints: prints, seen: vault.NewSnapshot(c.nodes...)}
}

// look reads the whole cluster and shows it to the machine.
func (m *migrator) look(t *testing.T) {
	t.Helper()
	for _, a := range m.c.nodes {
		m.seen = m.seen.Merge(m.c.holding.Fetch(t.Context(), vault.Ask{Address: a, Lane: vault.Vital, What: vault.AskSeal | vault.AskLeader}))
	}
	if m.machine == nil {
		if !ceremony.Migrating(m.seen) {
			return
		}
		m.machine = ceremony.NewMigrate(m.seen, false, &m.prints)
		m.do(t, ceremony.Continue{})
	}
	m.do(t, ceremony.Observed{Snapshot: m.seen})
}

func (m *migrator) do(t *testing.T, e ceremony.Event) {
	t.Helper()
	queue := []ceremony.Event{e}
	for len(queue) > 0 {
		var effects []ceremony.Effect
		m.machine, effects = m.machine.Apply(queue[0])
		queue = queue[1:]
		for _, effect := range effects {
			queue = append(queue, m.runner.Do(t.Context(), effect))
		}
	}
}

// until confirms what is to be confirmed until the prompt is the one that is meant.
func (m *migrator) until(t *testing.T, meant func(ceremony.Prompt) bool) ceremony.Prompt {
	t.Helper()
	var found ceremony.Prompt
	eventually(t, "the machine gets there", func() error {
		m.look(t)
		if m.machine == nil {
			return fmt.Errorf("nobody tells of a migration")
		}
		for range 5 {
			if p := m.machine.Prompt(); meant(p) {
				found = p
				return nil
			}
			if p, ok := m.machine.Prompt().(ceremony.TypeOut); !ok || p.Want == "step down" {
				break
			}
			m.do(t, ceremony.Confirmed{})
		}
		return fmt.Errorf("it is at %#v", m.machine.Prompt())
	})
	return found
}

func offers(key string) func(ceremony.Prompt) bool {
	return func(p ceremony.Prompt) bool {
		pick, ok := p.(ceremony.Pick)
		return ok && pick.Options[0].Key == key
	}
}

// gives types shares until the node that waits is open.
func (m *migrator) gives(t *testing.T, node int) {
	t.Helper()
	m.until(t, offers("shares"))
	m.do(t, ceremony.Picked{Key: "shares"})
	for i := range m.c.threshold {
		m.until(t, func(p ceremony.Prompt) bool { _, ok := p.(ceremony.EnterShare); return ok })
		m.do(t, ceremony.GaveShare{Share: copied(t, m.c.shares[i])})
	}
	for _, n := range m.machine.Notices() {
		if n.Alarm {
			t.Errorf("node %d: %s", node, n.Text)
		}
	}
}

func (m *migrator) stepsDown(t *testing.T) {
	t.Helper()
	m.until(t, offers("down"))
	m.do(t, ceremony.Picked{Key: "down"})
	m.do(t, ceremony.Confirmed{})
}

func copied(t *testing.T, s keys.Secret) keys.Share {
	t.Helper()
	var b []byte
	s.Use(func(raw []byte) { b = append(b, raw...) })
	share, err := keys.NewShare(b)
	works(t, "share", err)
	return share
}

// thereAndBack migrates from Shamir to an automatic seal and back.
func thereAndBack(t *testing.T, c *cluster, auto string, there, back reseals) {
	t.Helper()
	c.migrates(t, auto, there)
	before := c.lead(t)
	works(t, "rotate under the new seal", before.RotateKey(t.Context(), c.doors()))
	c.migrates(t, "shamir", back)
	for i := range c.nodes {
		c.machine.kill(t, i)
	}
	for i := range c.nodes {
		c.machine.start(t, i)
	}
	for i := range c.nodes { // the very same shares open them again
		c.becomes(t, i, vault.CodeSealed)
		for _, share := range c.shares[:c.threshold] {
			if _, err := c.bare(i).Unseal(t.Context(), share, false); err != nil {
				t.Fatalf("unseal node %d: %v", i, err)
			}
		}
	}
	c.active(t)
}

func TestDemoMigrates(t *testing.T) {
	t.Parallel()
	for _, k := range []kind{vault1, vault2, openBao} {
		t.Run(k.String(), func(t *testing.T) {
			t.Parallel()
			c, d := demoOf(t, k, "healthy", false)
			c.holds(t, d.Token())
			c.shares, c.threshold = d.Shares(), 3
			to := func(seal string) reseals {
				return func(t *testing.T, node int) {
					t.Helper()
					name := d.Nodes()[node]
					works(t, "restart", d.Apply(demo.Restart{Node: name, Seal: seal}))
					eventually(t, "it answers", func() error { _, err := c.bare(node).SealStatus(t.Context()); return err })
				}
			}
			thereAndBack(t, c, "awskms", to("awskms"), to("shamir"))
		})
	}
}

// realMigrates writes the stanzas into the configurations and restarts the servers.
func realMigrates(t *testing.T, bin string, k kind) {
	t.Helper()
	configs := newConfigs(t, "moving", 3)
	stanza := transitSeal(t, servers(t, bin, k, newConfigs(t, "keeper", 1)))
	c := servers(t, bin, k, configs)
	founded(t, c)
	c.whole(t)
	p := c.machine.(*processes)
	with := func(seal string) reseals {
		return func(t *testing.T, node int) {
			t.Helper()
			cfg := configs[node]
			cfg.seal = seal
			p.kill(t, node)
			works(t, "configuration", os.WriteFile(filepath.Join(p.all[node].dir, "config.hcl"), []byte(cfg.hcl(k, p.all[node].dir)), 0o600))
			p.start(t, node)
		}
	}
	thereAndBack(t, c, "transit", with(stanza), with(strings.Replace(stanza, "{\n", "{\n  disabled = \"true\"\n", 1)))
}

func TestRealOpenBaoMigrates(t *testing.T) {
	t.Parallel()
	realMigrates(t, binary(t, "BAO_BIN"), openBao)
}

func TestRealVaultMigrates(t *testing.T) {
	t.Parallel()
	bin := binary(t, "VAULT_BIN")
	realMigrates(t, bin, eraOf(t, bin))
}
