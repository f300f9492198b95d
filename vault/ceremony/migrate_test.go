package ceremony

import (
	"math/rand/v2"
	"slices"
	"testing"

	"warder/keys"
	"warder/vault"
)

// changing is a snapshot of nodes whose seals differ.
func (c *chaos) changing() vault.Snapshot {
	s := c.snapshot()
	for _, n := range s.Nodes {
		v := &n.Seal.Value
		v.Type = c.word("shamir", "awskms")
		v.RecoverySeal, v.Migration, v.Removed = v.Type != "shamir", c.IntN(2) == 0, false
		v.Initialised = true
	}
	return s
}

// TestRandomMigrationsKeepTheRules walks at random: nothing goes to whom nobody confirmed, nobody steps down without a typed
// word, shares carry the flag exactly where the node said so, and every secret is gone in the end.
func TestRandomMigrationsKeepTheRules(t *testing.T) {
	t.Parallel()
	prints, err := keys.NewFingerprinter(rand.NewChaCha8([32]byte{5}))
	if err != nil {
		t.Fatal(err)
	}
	reached := map[string]int{}
	for seed := range uint64(1500) {
		c := &chaos{Rand: rand.New(rand.NewPCG(seed, 11))}
		r := &rules{t: t, confirmed: map[string]bool{}}
		var m Machine = NewMigrate(c.changing(), c.IntN(3) == 0, &prints)
		var open []Effect
		for range 80 {
			before := m.Prompt()
			var e Event
			switch n := c.IntN(10); {
			case n < 5 && len(open) > 0:
				at := c.IntN(len(open))
				if e = c.answer(open[at]); e == nil {
					e = SteppedDown{c.err()}
				}
				open = slices.Delete(open, at, at+1)
			case n < 6:
				e = Observed{c.changing()}
			case n < 7:
				e = c.stray()
			default:
				e = c.reply(m)
			}
			if p, ok := before.(TypeOut); ok && e == (Confirmed{}) {
				for _, n := range p.Nodes {
					r.confirmed[identity(n)] = true
				}
			}
			old := m.(Migrate)
			var effects []Effect
			m, effects = m.Apply(e)
			open = append(open, effects...)
			r.hold(before, e, effects, m)
			for _, effect := range effects {
				switch x := effect.(type) {
				case StepDown:
					reached["step-down"]++
					if p, ok := before.(TypeOut); !ok || p.Want != "step down" || e != (Confirmed{}) || !old.plan().stepsDown() {
						t.Fatalf("seed %d: a step-down after %T at %#v", seed, e, before)
					}
				case SendUnseal:
					reached["share"]++
					now := m.(Migrate).unseal
					if n := now.node(x.Address); n == nil || n.status.Migration != x.Migrate {
						t.Fatalf("seed %d: a share with the flag %t to %+v", seed, x.Migrate, n)
					}
				}
			}
			if end, ok := m.Prompt().(End); ok && end.Good {
				reached["end"]++
			}
		}
		m.Wipe()
		for _, e := range open {
			if a := c.answer(e); a != nil {
				m, _ = m.Apply(a)
			}
		}
		r.ends(c)
	}
	for _, what := range []string{"step-down", "share", "end"} {
		if reached[what] == 0 {
			t.Errorf("no walk came to a %s", what)
		}
	}
}

func TestDirectionIsWhatTheNodesTell(t *testing.T) {
	t.Parallel()
	seal := func(kind string, migration, sealed bool) vault.SealStatus {
		return vault.SealStatus{Type: kind, RecoverySeal: kind != "shamir", Migration: migration, Sealed: sealed, Initialised: true, Threshold: 3, Shares: 5}
	}
	for name, x := range map[string]struct {
		seals []vault.SealStatus // the first of those that are not sealed leads
		want  string
	}{
		"nothing":                       {[]vault.SealStatus{seal("shamir", false, false), seal("shamir", false, true)}, ""},
		"to automatic":                  {[]vault.SealStatus{seal("shamir", false, false), seal("awskms", true, true)}, "Shamir → awskms"},
		"to Shamir":                     {[]vault.SealStatus{seal("awskms", false, false), seal("shamir", true, true)}, "awskms → Shamir"},
		"to another automatic one":      {[]vault.SealStatus{seal("awskms", false, false), seal("transit", true, true)}, "awskms → transit"},
		"all restarted, to automatic":   {[]vault.SealStatus{seal("awskms", true, true), seal("awskms", true, true)}, "the seal before → awskms"},
		"all restarted, to Shamir":      {[]vault.SealStatus{seal("shamir", true, true), seal("shamir", true, true)}, "an automatic seal → Shamir"},
		"done but for the last, sealed": {[]vault.SealStatus{seal("shamir", false, false), seal("awskms", false, true)}, "awskms → Shamir"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &chaos{Rand: rand.New(rand.NewPCG(1, 1))}
			s := c.snapshot()
			s.Nodes = s.Nodes[:len(x.seals)]
			led := false
			for i, v := range x.seals {
				n := s.Nodes[i]
				n.Health.Value.Code, n.Health.Err = vault.CodeSealed, nil
				if !v.Sealed {
					n.Health.Value.Code = vault.CodeStandby
					if !led {
						n.Health.Value.Code, led = vault.CodeActive, true
					}
				}
				n.Seal.Value = v
			}
			var d direction
			d.learn(s)
			if got := d.String(); d.known() != (x.want != "") || d.known() && got != x.want {
				t.Errorf("%q, want %q", got, x.want)
			}
		})
	}
}

// An OpenBao that was unsealed for the migration answers with errors until its leader has changed the seal.
func TestANodeThatAnswersBetweenTwoSealsIsUnsealedAndReady(t *testing.T) {
	t.Parallel()
	between := &vault.Error{Op: "sys/unseal", Kind: vault.Failed, Status: 500, Messages: []string{`barrier seal type of "shamir" does not match loaded type of "transit"`}}
	for name, last := range map[string][]Event{
		"at once":          {Unsealed{Address: "https://n0:8200", Write: true, Err: between}},
		"after the answer": {Unsealed{Address: "https://n0:8200", Write: true, Status: vault.SealStatus{Type: "transit", RecoverySeal: true, Migration: true, Initialised: true, Sealed: true, Threshold: 2, Shares: 3}}, Unsealed{Address: "https://n0:8200", Err: between}},
		"after a loss":     {Unsealed{Address: "https://n0:8200", Write: true, Err: errCut}, Unsealed{Address: "https://n0:8200", Err: between}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &chaos{Rand: rand.New(rand.NewPCG(1, 1))}
			s := c.snapshot()
			for i, n := range s.Nodes {
				n.Certificate = &vault.Certificate{Fingerprint: "aa"}
				n.Health.Value.Code, n.Health.Err = vault.CodeActive, nil
				n.Seal.Value = vault.SealStatus{Type: "shamir", Initialised: true, Threshold: 2, Shares: 3}
				if i == 0 {
					n.Health.Value.Code = vault.CodeSealed
					n.Seal.Value = vault.SealStatus{Type: "transit", RecoverySeal: true, Migration: true, Initialised: true, Sealed: true, Threshold: 2, Shares: 3, Progress: 1}
				}
			}
			s.Nodes = s.Nodes[:2]
			waiting := s.Nodes[0].Seal.Value
			m := after(NewMigrate(s, false, newPrints(t)), Continue{}, Picked{pickShares}, Confirmed{}, Unsealed{Address: "https://n0:8200", Status: waiting}, shareNumber(1))
			m = after(m, last...)
			if at := m.(Migrate).plan().at["https://n0:8200"]; at != ready || !m.(Migrate).plan().stepsDown() {
				t.Errorf("it stands at %d: %#v", at, m.Prompt())
			}
			seen := *s.Nodes[0]
			seen.Seal.Err = between
			s.Nodes = []*vault.Node{&seen, s.Nodes[1]}
			m = after(m, Observed{s})
			if at := m.(Migrate).plan().at["https://n0:8200"]; at != ready {
				t.Errorf("then it stands at %d: %#v", at, m.Prompt())
			}
			m.Wipe()
		})
	}
}
