package conformance

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"warder/keys"
	"warder/vault"
	"warder/vault/sys"
)

var errNotYet = errors.New("not yet")

// namespacesKept has namespaces made, sealed where they can be, and deleted. Vault's community edition has none.
func namespacesKept(t *testing.T, c *cluster) {
	s, x := c.backend(t), t.Context()
	_, err := s.Namespaces(x)
	c.differs(t, "namespaces", err)
	if err != nil {
		return
	}
	works(t, "create", s.CreateNamespace(x, "team"))
	ends(t, "create two levels at once", s.CreateNamespace(x, "team/inner"), refused)
	all, err := s.Namespaces(x)
	if works(t, "list", err); len(all) != 1 || all[0].Path != "team/" || all[0].ID == "" || all[0].Locked || all[0].Tainted {
		t.Errorf("%+v", all)
	}
	c.namespaceSealed(t)
	works(t, "delete", s.DeleteNamespace(x, "team"))
	eventually(t, "the namespaces are gone", func() error {
		if all, err := s.Namespaces(x); err != nil || len(all) > 0 {
			return fmt.Errorf("%v, %w", all, errors.Join(err, errNotYet))
		}
		return nil
	})
}

// namespaceSealed takes one that has a seal of its own through it.
func (c *cluster) namespaceSealed(t *testing.T) {
	t.Helper()
	lead, x := c.lead(t), t.Context()
	made := c.does(t, c.active(t), "sys/namespaces/vaulted", c.token, map[string]any{"seal": `seal "shamir" { shares = 3 threshold = 2 }`})["data"].(map[string]any)
	var shares []keys.Secret
	for _, s := range made["key_shares"].([]any) {
		share, err := hex.DecodeString(s.(string))
		works(t, "a share", err)
		shares = append(shares, keys.NewSecret(share))
	}
	now, err := lead.NamespaceSeal(x, "vaulted")
	if works(t, "seal status", err); !now.Sealed || now.Threshold != 2 || now.Shares != 3 || now.Type != "shamir" {
		t.Errorf("it is made sealed: %+v", now)
	}
	for again := range 2 { // and sealed once more
		if now, err = lead.UnsealNamespace(x, "vaulted", shares[0]); err != nil || !now.Sealed || now.Progress != 1 {
			t.Errorf("after one share: %+v, %v", now, err)
		}
		if now, err = lead.ResetNamespaceUnseal(x, "vaulted"); err != nil || now.Progress != 0 {
			t.Errorf("after a reset: %+v, %v", now, err)
		}
		for i, share := range shares[1:] {
			if now, err = lead.UnsealNamespace(x, "vaulted", share); err != nil || now.Sealed != (i == 0) {
				t.Errorf("share %d: %+v, %v", i, now, err)
			}
		}
		if again > 0 {
			break
		}
		works(t, "seal", lead.SealNamespace(x, "vaulted"))
		if now, err = lead.NamespaceSeal(x, "vaulted/"); err != nil || !now.Sealed {
			t.Errorf("after the seal: %+v, %v", now, err)
		}
		ends(t, "delete what is sealed", sys.Client{Client: lead}.DeleteNamespace(x, "vaulted"), refused)
	}
	ends(t, "the seal of one that has none", justError(lead.NamespaceSeal(x, "team")), refused)
	works(t, "delete", sys.Client{Client: lead}.DeleteNamespace(x, "vaulted"))
}

func justError[T any](_ T, err error) error { return err }

// leasesKept looks at leases of tokens, renews one, and revokes it, and then all below their prefix.
func leasesKept(t *testing.T, c *cluster) {
	s, x := c.backend(t), t.Context()
	const prefix = "auth/token/create/"
	for range 3 {
		c.does(t, c.active(t), "auth/token/create", c.token, map[string]any{"policies": []string{"default"}, "ttl": "20m"})
	}
	top, err := s.Leases(x, "", vault.Want{})
	if works(t, "list at the top", err); !slices.Contains(top.Names, "auth/") {
		t.Errorf("%+v", top)
	}
	page, err := s.Leases(x, prefix, vault.Want{})
	works(t, "list", err)
	if len(page.Names) < 3 || page.More() {
		t.Fatalf("%+v", page)
	}
	id := prefix + page.Names[0]
	l, err := s.Lease(x, id)
	if works(t, "look up", err); l.ID != id || !l.Renewable || l.TTL <= 0 || l.TTL > 20*time.Minute || l.Expires == "" {
		t.Errorf("%+v", l)
	}
	ends(t, "renew the lease of a token, which has an endpoint of its own", s.RenewLease(x, id, 15*time.Minute), refused)
	works(t, "revoke", s.RevokeLease(x, id))
	ends(t, "look up what was revoked", justError(s.Lease(x, id)), refused)
	if n, err := s.IrrevocableLeases(x); err != nil || n.Total != 0 {
		t.Errorf("%+v, %v", n, err)
	}
	ends(t, "revoke for a stranger", c.strangers(t).RevokePrefix(x, prefix), denied)
	works(t, "revoke below", s.RevokePrefix(x, prefix))
	eventually(t, "no lease is left below", func() error {
		page, err := s.Leases(x, prefix, vault.Want{})
		if err == nil && page.Total > 0 {
			err = fmt.Errorf("%d are there", page.Total)
		}
		return err
	})
	works(t, "revoke below where nothing is", s.RevokeForce(x, prefix))
}

func pluginsTold(t *testing.T, c *cluster) {
	s, x := c.backend(t), t.Context()
	all, err := s.Plugins(x)
	works(t, "plugins", err)
	if i := slices.IndexFunc(all, func(p sys.Plugin) bool { return p.Type == "secret" && p.Name == "kv" }); i < 0 || !all[i].Builtin || all[i].Version == "" {
		t.Errorf("%d plugins, kv at %d", len(all), i)
	}
	h, err := c.lead(t).HealthAs(x, vault.HealthCodes{})
	works(t, "health", err)
	versions, err := s.VersionHistory(x)
	if works(t, "versions", err); len(versions) != 1 || !strings.HasPrefix(h.Version, versions[0].Version) || versions[0].Previous != "" || versions[0].Since.IsZero() {
		t.Errorf("%+v, and health says %s", versions, h.Version)
	}
}

func wrapped(t *testing.T, c *cluster) {
	lead, x := c.lead(t), t.Context()
	token, err := lead.Wrap(x, keys.NewSecret([]byte(`{"a":"b"}`)), 90*time.Second)
	works(t, "wrap", err)
	info, err := lead.LookupWrapping(x, token)
	if works(t, "look up", err); info.Path != "sys/wrapping/wrap" || info.Life != 90*time.Second || time.Since(info.Created).Abs() > time.Hour {
		t.Errorf("%+v", info)
	}
	again, err := lead.RewrapToken(x, token)
	works(t, "rewrap", err)
	ends(t, "the old token", justError(lead.LookupWrapping(x, token)), refused)
	// Whoever holds the token needs no other.
	got, err := c.bare(c.active(t)).Unwrap(x, again)
	works(t, "unwrap", err)
	got.Use(func(b []byte) {
		if string(b) != `{"a":"b"}` {
			t.Errorf("%d other bytes came out", len(b))
		}
	})
	ends(t, "unwrap again", justError(lead.Unwrap(x, again)), refused)
}

func healthWithCodes(t *testing.T, c *cluster) {
	x := t.Context()
	active, standby := c.bare(c.active(t)), c.bare(c.standby(t))
	if code, err := active.HealthCode(x, vault.HealthCodes{}); err != nil || code != vault.CodeActive {
		t.Errorf("active: %d, %v", code, err)
	}
	if code, err := active.HealthCode(x, vault.HealthCodes{Active: 299}); err != nil || code != 299 {
		t.Errorf("active: %d, %v", code, err)
	}
	if code, err := standby.HealthCode(x, vault.HealthCodes{StandbyOK: true}); err != nil || code != vault.CodeActive {
		t.Errorf("standby that is well: %d, %v", code, err)
	}
	if h, err := standby.HealthAs(x, vault.HealthCodes{Standby: 298}); err != nil || h.Code != 298 || !h.Standby {
		t.Errorf("standby: %+v, %v", h, err)
	}
}

// logged reads the log while something happens that the servers write of.
func logged(t *testing.T, c *cluster) {
	s := c.backend(t)
	told := make(chan string, 1)
	go func() {
		err := s.Monitor(t.Context(), "trace", func() {}, func(l vault.LogLine) bool {
			if !strings.Contains(l.Text(), "watched") {
				return true
			}
			told <- l.Level
			return false
		})
		if err != nil {
			told <- err.Error()
		}
	}()
	// The stream is asked for at some time; until then nothing that happens is in it.
	eventually(t, "the log tells of a mount", func() error {
		if err := s.EnableMount(t.Context(), "watched", sys.MountConfig{Type: "kv"}); err != nil {
			return err
		}
		if err := s.DisableMount(t.Context(), "watched"); err != nil {
			return err
		}
		select {
		case level := <-told:
			if !slices.Contains(vault.LogLevels, level) {
				t.Errorf("its level is %q", level)
			}
			return nil
		default:
			return errNotYet
		}
	})
	first := errNotYet
	ctx, done := context.WithCancel(t.Context())
	err := c.at(c.standby(t)).Monitor(ctx, "info", func() { first = nil; done() }, func(vault.LogLine) bool { return false })
	if done(); first == nil {
		err = nil // it was begun, and then left
	}
	c.differs(t, "the log of a standby", err)
	ends(t, "the log for a stranger", c.strangers(t).Monitor(t.Context(), "info", nil, nil), denied)
	err = s.Monitor(t.Context(), "loud", nil, nil)
	ends(t, "a level that is none", err, refused)
}
