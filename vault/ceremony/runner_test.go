package ceremony_test

import (
	"path/filepath"
	"testing"

	"warder/demo"
	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

func TestNothingIsSentToANodeThatDoesNotLead(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy", Product: demo.OpenBao}, func(r *rig) {
		runner := ceremony.Runner{Clients: r.clients}
		active := r.look().Active()[0].Address
		for _, address := range r.cluster.Addresses() {
			e := ceremony.StartRoot{Node: ceremony.Node{Address: address}, Doors: vault.DoorsClosed}
			switch got := runner.Do(r.t.Context(), e).(type) {
			case ceremony.NotActive:
				if address == active || got.Leader != active {
					t.Errorf("%s: not active, leader %s", address, got.Leader)
				}
			case ceremony.RootRead:
				if address != active || got.Err != nil {
					t.Errorf("%s: asked, %v", address, got.Err)
				}
				got.Attempt.OTP.Wipe()
			}
		}
	})
}

func TestAnEffectOfAWipedMachineIsNotDone(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
		gone := keys.NewSecret([]byte("gone"))
		gone.Wipe()
		n := ceremony.Node{Address: r.cluster.Addresses()[0]}
		runner := ceremony.Runner{Clients: r.clients}
		for _, e := range []ceremony.Effect{
			ceremony.SendUnseal{Node: n, Share: gone},
			ceremony.GiveRootShare{Node: n, Share: gone},
			ceremony.RevokeToken{Node: n, Token: gone},
			ceremony.StoreSecret{Path: filepath.Join(t.TempDir(), "none"), Content: []keys.Secret{gone}},
		} {
			if got := runner.Do(r.t.Context(), e); got != nil {
				t.Errorf("%T: %#v", e, got)
			}
		}
	})
}
