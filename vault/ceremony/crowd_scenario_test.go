package ceremony_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"warder/demo"
	"warder/vault"
	"warder/vault/ceremony"
)

// eachEra runs a test once per product.
func eachEra(t *testing.T, test func(t *testing.T, era demo.Product)) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) { test(t, era) })
	}
}

func gridOf(c *console) ceremony.Grid {
	c.t.Helper()
	switch p := c.machine.Prompt().(type) {
	case ceremony.EnterShare:
		return p.Grid
	case ceremony.Wait:
		return p.Grid
	case ceremony.End:
		return p.Grid
	}
	c.t.Fatalf("%s: no grid in %#v", c.name, c.machine.Prompt())
	return ceremony.Grid{}
}

func TestACrowdUnsealingAgreesWithTheNodes(t *testing.T) {
	eachEra(t, func(t *testing.T, era demo.Product) {
		begin := func(r *rig) ceremony.Machine {
			s := r.look()
			return ceremony.NewUnseal(ceremony.Sealed(s, false), s, &r.prints)
		}
		cli := func(w *crowd) {
			c := w.clients.Client(w.cluster.Addresses()[w.IntN(3)], false)
			if w.IntN(8) == 0 {
				_, _ = c.ResetUnseal(w.t.Context())
				return
			}
			_, _ = c.Unseal(w.t.Context(), w.old().Secret(), false)
		}
		gather(t, demo.Options{Scenario: "sealed", Product: era}, begin, cli, func(w *crowd, c *console) {
			rows := map[string]ceremony.GridRow{}
			for _, row := range gridOf(c).Rows {
				rows[row.Name] = row
			}
			for i, address := range w.cluster.Addresses() {
				said, is := rows[strings.TrimPrefix(address, "http://")], w.sealStatus(i)
				if (said.State == "unsealed") != !is.Sealed || is.Sealed && said.Progress != is.Progress {
					t.Errorf("%s: says that %s is %s at %d; it is sealed %v at %d\n%s", c.name, address, said.State, said.Progress, is.Sealed, is.Progress, texts(c.said))
				}
			}
		})
	})
}

func TestACrowdGeneratingRootAgreesWithTheServer(t *testing.T) {
	eachEra(t, func(t *testing.T, era demo.Product) {
		begin := func(r *rig) ceremony.Machine { return ceremony.NewGenerateRoot(r.look(), false, &r.prints) }
		cli := func(w *crowd) {
			c := w.leader()
			if c == nil {
				return
			}
			a, err := c.RootAttempt(w.t.Context(), w.doors)
			switch {
			case err != nil:
			case !a.Started:
				_, _ = c.StartRootAttempt(w.t.Context(), w.doors, "")
			case w.IntN(6) == 0:
				_ = c.CancelRootAttempt(w.t.Context(), w.doors, a.Nonce)
			default:
				_, _ = c.GiveRootShare(w.t.Context(), w.doors, w.old().Secret(), a.Nonce)
			}
		}
		gather(t, demo.Options{Scenario: "healthy", Product: era}, begin, cli, func(w *crowd, c *console) {
			is, err := w.leader().RootAttempt(w.t.Context(), w.doors)
			if err != nil {
				t.Fatal(err)
			}
			account := strings.Join(c.machine.Account(), "\n")
			claims := strings.Contains(account, "An attempt is under way")
			truth := fmt.Sprintf("with %d of %d shares; nonce %s", is.Progress, is.Required, is.Nonce)
			if claims && !(is.Started && strings.Contains(account, truth)) {
				t.Errorf("%s: says\n%s\nwhile it is %+v\n%s", c.name, account, is, texts(c.said))
			}
			if _, entering := c.machine.Prompt().(ceremony.EnterShare); entering && !claims {
				t.Errorf("%s: asks for a share to nothing", c.name)
			}
		})
	})
}

func TestACrowdRekeyingAgreesWithTheServer(t *testing.T) {
	outcomes := map[string]int{}
	eachEra(t, func(t *testing.T, era demo.Product) {
		begin := func(r *rig) ceremony.Machine {
			return ceremony.NewRekey(r.look(), false, &r.prints, rand.NewChaCha8([32]byte{3}))
		}
		gather(t, demo.Options{Scenario: "healthy", Product: era}, begin, (*crowd).cliRekey, func(w *crowd, c *console) {
			account := strings.Join(c.machine.Account(), "\n")
			force := len(w.cluster.Shares())
			outcomes[fmt.Sprint(force)]++
			if !truthful(account, force) {
				t.Errorf("%s: says\n%s\nwhile %d shares are in force\n%s", c.name, account, force, texts(c.said))
			}
			is, err := w.leader().Rekey(w.t.Context(), w.doors, vault.BarrierKey)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(account, "A rekey to") && !(is.Started && strings.Contains(account, is.Nonce)) {
				t.Errorf("%s: says\n%s\nwhile it is %+v", c.name, account, is)
			}
		})
	})
	t.Cleanup(func() {
		if outcomes["4"] == 0 || outcomes["5"] == 0 {
			t.Errorf("shares in force at the ends: %v; both should come about", outcomes)
		}
	})
}

// truthful says whether an account names the set in force, of which there are two: 3 of 5 and 2 of 4. It may only claim not
// to know where a rekey was to the same sizes.
func truthful(account string, force int) bool {
	for words, shares := range map[string]int{
		"In force are the old shares (any 3 of 5)":                5,
		"In force are the old shares (any 2 of 4)":                4,
		"The new shares (any 2 of 4) are in force":                4,
		"In force are others by now (any 2 of 4 shares)":          4,
		"Whether the old shares (any 2 of 4) or the new ones are": 4,
	} {
		if strings.HasPrefix(account, words) {
			return shares == force
		}
	}
	return false
}

// cliRekey is what somebody does with the command line, until new shares are in force.
func (w *crowd) cliRekey() {
	c := w.leader()
	if c == nil {
		return
	}
	k, err := c.Rekey(w.t.Context(), w.doors, vault.BarrierKey)
	switch {
	case err != nil || len(w.cluster.Shares()) == 4:
	case !k.Started:
		_, _ = c.StartRekey(w.t.Context(), w.doors, vault.BarrierKey, vault.RekeyConfig{Shares: 4, Threshold: 2, Verification: true})
	case w.IntN(8) == 0:
		_ = c.CancelRekey(w.t.Context(), w.doors, vault.BarrierKey, k.Nonce)
	case k.VerificationNonce != "":
		_, _ = c.GiveVerificationShare(w.t.Context(), w.doors, vault.BarrierKey, w.new().Secret(), k.VerificationNonce)
	default:
		u, _ := c.GiveRekeyShare(w.t.Context(), w.doors, vault.BarrierKey, w.old().Secret(), k.Nonce)
		for _, s := range u.NewShares {
			s.Use(func(b []byte) { w.fresh = append(w.fresh, append([]byte(nil), b...)) })
		}
	}
}
