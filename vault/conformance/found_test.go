package conformance

import (
	"slices"
	"testing"

	"warder/keys"
	"warder/vault"
)

func uninitialised(t *testing.T, c *cluster) {
	for i := range c.nodes {
		h, _, err := c.bare(i).Health(t.Context())
		works(t, "health", err)
		if h.Code != vault.CodeUninit || h.Initialised || !h.Sealed {
			t.Errorf("health of node %d: %+v", i, h)
		}
		s, err := c.bare(i).SealStatus(t.Context())
		works(t, "seal status", err)
		if s.Initialised || !s.Sealed || s.Shares != 0 || s.Threshold != 0 {
			t.Errorf("seal status of node %d: %+v", i, s)
		}
	}
	done, err := c.bare(0).InitStatus(t.Context())
	if works(t, "init status", err); done {
		t.Error("initialised already")
	}
	_, err = c.bare(0).Leader(t.Context())
	ends(t, "leader", err, sealed)
	_, err = c.bare(0).Doors(t.Context())
	ends(t, "doors", err, sealed)
	_, err = c.bare(0).Unseal(t.Context(), keys.NewSecret(slices.Repeat([]byte{7}, 33)), false)
	ends(t, "a share for nobody", err, refused)
}

func initialised(t *testing.T, c *cluster) {
	_, err := c.bare(0).Init(t.Context(), vault.InitConfig{Shares: 2, Threshold: 3})
	ends(t, "a threshold above the shares", err, refused)
	made, err := c.bare(0).Init(t.Context(), vault.InitConfig{Shares: 5, Threshold: 3})
	works(t, "init", err)
	if len(made.Shares) != 5 || len(made.RecoveryShares) != 0 || made.RootToken.Empty() {
		t.Fatalf("%d shares and %d recovery shares", len(made.Shares), len(made.RecoveryShares))
	}
	for _, s := range made.Shares {
		if s.Len() != 33 {
			t.Errorf("a share of %d bytes", s.Len())
		}
	}
	c.shares, c.threshold = made.Shares, 3
	c.holds(t, made.RootToken)
	_, err = c.bare(0).Init(t.Context(), vault.InitConfig{Shares: 5, Threshold: 3})
	ends(t, "init again", err, refused)
	done, err := c.bare(0).InitStatus(t.Context())
	if works(t, "init status", err); !done {
		t.Error("not initialised")
	}
}

// joined lets the other nodes in, which makes them voters after a while.
func joined(t *testing.T, c *cluster) {
	active := c.active(t)
	for i := range c.nodes {
		if i == active {
			continue
		}
		join := map[string]any{"leader_api_addr": c.nodes[active]}
		if c.ca != nil {
			join["leader_ca_cert"] = string(c.ca)
		}
		c.does(t, i, "sys/storage/raft/join", keys.Secret{}, join)
		c.becomes(t, i, vault.CodeSealed) // and no longer uninitialised
		var last vault.SealStatus
		for n, share := range c.shares[:c.threshold] {
			s, err := c.bare(i).Unseal(t.Context(), share, false)
			works(t, "unseal", err)
			if last = s; n+1 < c.threshold && s.Progress != n+1 {
				t.Errorf("progress %d after %d shares", s.Progress, n+1)
			}
		}
		if !last.Sealed || last.Progress != 0 {
			t.Errorf("the last share of a joining node: sealed %t, progress %d", last.Sealed, last.Progress)
		}
		c.serves(t, i)
	}
	c.whole(t)
}
