package conformance

import (
	"testing"
	"time"

	"warder/vault"
)

// keyRotated replaces the barrier's key, and says when the servers do so by themselves.
func keyRotated(t *testing.T, c *cluster) {
	lead := c.lead(t)
	before, err := lead.KeyStatus(t.Context())
	works(t, "key status", err)
	works(t, "rotate", lead.RotateKey(t.Context(), c.doors()))
	after, err := lead.KeyStatus(t.Context())
	works(t, "key status", err)
	if after.Term != before.Term+1 || !after.Installed.After(before.Installed) {
		t.Errorf("before %+v, after %+v", before, after)
	}
	ends(t, "rotate without a token", c.bare(c.active(t)).RotateKey(t.Context(), c.doors()), noToken)
	ends(t, "rotate with a token that nobody issued", c.stranger.Client(c.nodes[c.active(t)], false).RotateKey(t.Context(), c.doors()), denied)

	old, err := lead.RotateConfig(t.Context())
	works(t, "settings", err)
	if old.Problem() != nil {
		t.Errorf("the server's own settings are refused: %+v, %v", old, old.Problem())
	}
	for _, cfg := range []vault.RotateConfig{
		{Enabled: true, Interval: vault.LeastRotateInterval, MaxOperations: vault.LeastRotateOperations},
		{Enabled: false, Interval: 36 * time.Hour, MaxOperations: vault.MostRotateOperations},
		{Enabled: true, MaxOperations: 2_000_000},
		old,
	} {
		works(t, "set", lead.SetRotateConfig(t.Context(), cfg))
		if got, err := lead.RotateConfig(t.Context()); err != nil || got != cfg {
			t.Errorf("set %+v, read %+v, %v", cfg, got, err)
		}
	}
	for _, cfg := range []vault.RotateConfig{
		{Enabled: true, Interval: vault.LeastRotateInterval - time.Second, MaxOperations: vault.MostRotateOperations},
		{Enabled: true, MaxOperations: vault.LeastRotateOperations - 1},
		{Enabled: true, MaxOperations: vault.MostRotateOperations + 1},
	} {
		ends(t, "settings out of their limits", lead.SetRotateConfig(t.Context(), cfg), refused)
	}
	if now, err := lead.KeyStatus(t.Context()); err != nil || now.Term != after.Term {
		t.Errorf("in the end: %+v, %v", now, err)
	}
}

// backupKept has the server keep the encrypted shares of a rekey of the key whose shares the suite holds, reads them, and has them deleted.
func backupKept(key vault.KeyKind) func(*testing.T, *cluster) {
	return func(t *testing.T, c *cluster) {
		r := rekeying{c, c.lead(t), key}
		owners := []owner{newOwner(t), newOwner(t)}
		cfg := vault.RekeyConfig{Shares: 3, Threshold: 2, Backup: true}
		for _, o := range []owner{owners[0], owners[1], owners[0]} { // one key for two shares
			cfg.PGPKeys = append(cfg.PGPKeys, o.ServerForm())
		}
		r.handsOut(t, cfg)
		kept, err := r.node.RekeyBackup(t.Context(), c.doors(), key)
		works(t, "backup", err)
		if kept.Nonce == "" || len(kept.Shares) != 2 {
			t.Fatalf("nonce %q, %d fingerprints", kept.Nonce, len(kept.Shares))
		}
		c.shares, c.threshold = nil, 2
		for _, s := range kept.Shares {
			for _, o := range owners {
				if s.Fingerprint != o.Fingerprint {
					continue
				}
				if want := map[string]int{owners[0].Fingerprint: 2, owners[1].Fingerprint: 1}[s.Fingerprint]; len(s.Messages) != want {
					t.Errorf("%d messages for %s, want %d", len(s.Messages), s.Fingerprint, want)
				}
				for _, m := range s.Messages {
					c.shares = append(c.shares, o.decryptShare(t, m))
				}
			}
		}
		if len(c.shares) != 3 {
			t.Fatalf("%d shares came out of the backup", len(c.shares))
		}
		works(t, "delete", r.node.DeleteRekeyBackup(t.Context(), c.doors(), key))
		_, err = r.node.RekeyBackup(t.Context(), c.doors(), key)
		if !vault.NoBackup(err) {
			t.Errorf("after the deletion: %v", err)
		}
		works(t, "delete again", r.node.DeleteRekeyBackup(t.Context(), c.doors(), key))
	}
}
