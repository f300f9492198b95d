package conformance

import (
	"testing"
	"time"

	"warder/vault"
	"warder/vault/sys"
)

// TestALeaseOfAnEngineIsRenewed on the demo, which alone has an engine here whose leases can be.
func TestALeaseOfAnEngineIsRenewed(t *testing.T) {
	t.Parallel()
	for _, k := range []kind{vault1, vault2, openBao} {
		t.Run(k.String(), func(t *testing.T) {
			t.Parallel()
			c, d := demoOf(t, k, "healthy", false)
			c.holds(t, d.Token())
			s, x := sys.Client{Client: c.lead(t)}, t.Context()
			page, err := s.Leases(x, "database/creds/app", vault.Want{})
			works(t, "list", err)
			if len(page.Names) == 0 {
				t.Fatal("there is none")
			}
			id := "database/creds/app/" + page.Names[0]
			works(t, "renew", s.RenewLease(x, id, 10*time.Hour))
			if l, err := s.Lease(x, id); err != nil || l.TTL < 9*time.Hour || !l.Renewable {
				t.Errorf("%+v, %v", l, err)
			}
			ends(t, "one that is none", s.RenewLease(x, "database/creds/app/nosuch", time.Hour), refused)
		})
	}
}
