package ceremony

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"testing"

	"warder/keys"
)

// typedBackOf answers as who wrote the share down would.
func typedBackOf(m Machine, p TypeBack) keys.Secret {
	var out []byte
	var h handout
	switch m := Unwrapped(m).(type) {
	case Rekey:
		h = m.made
	case Initialise:
		h = m.hand.handout
	}
	h.shares[h.at].Use(func(b []byte) {
		text := base64.StdEncoding.EncodeToString(b)
		for _, at := range p.Positions {
			out = append(out, text[at-1])
		}
	})
	return keys.NewSecret(out)
}

// rules are what must hold in every ceremony, whatever happens.
type rules struct {
	t         *testing.T
	confirmed map[string]bool
	secrets   []keys.Secret // that came out of the machine
}

func identity(n Node) string { return fmt.Sprint(n.Address, n.Certificate, n.Forwards) }

// hold checks one step.
func (r *rules) hold(before Prompt, e Event, effects []Effect, m Machine) {
	r.t.Helper()
	if p, ok := before.(TypeOut); ok && p.Want == "yes" {
		if _, typed := e.(Confirmed); typed {
			for _, n := range p.Nodes {
				r.confirmed[identity(n)] = true
			}
		}
	}
	for _, effect := range effects {
		if n, ok := effect.addressee(); ok && !r.confirmed[identity(n)] {
			r.t.Fatalf("%T goes to %v, whom nobody confirmed", effect, n)
		}
		if s, ok := effect.(StoreSecret); ok {
			r.secrets = append(r.secrets, s.Content...)
		}
	}
	if p, ok := m.Prompt().(Reveal); ok {
		r.secrets = append(r.secrets, p.Secret)
		if p.Secret.Empty() {
			r.t.Fatalf("%q reveals nothing", p.Title)
		}
	}
	m.Account()
	m.Notices()
	if names, at := m.Steps(); at < 0 || at >= len(names) {
		r.t.Fatalf("step %d of %v", at, names)
	}
}

// ends holds every secret that went in or came out to be gone.
func (r *rules) ends(c *chaos) {
	r.t.Helper()
	for i, s := range append(c.secrets, r.secrets...) {
		if !s.Empty() {
			r.t.Fatalf("secret %d of %d is alive after the wipe", i, len(c.secrets))
		}
	}
}

// randomly runs many ceremonies.
func randomly(t *testing.T, begin func(*chaos, *keys.Fingerprinter) Machine, check func(before Prompt, e Event, effects []Effect, m Machine)) {
	t.Helper()
	runs(t, 2000, begin, check)
}

func runs(t *testing.T, runs int, begin func(*chaos, *keys.Fingerprinter) Machine, check func(before Prompt, e Event, effects []Effect, m Machine)) {
	t.Helper()
	if testing.Short() {
		runs /= 10
	}
	prints, err := keys.NewFingerprinter(rand.NewChaCha8([32]byte{9}))
	if err != nil {
		t.Fatal(err)
	}
	for seed := range runs {
		c := &chaos{Rand: rand.New(rand.NewPCG(uint64(seed), 4))}
		r := &rules{t: t, confirmed: map[string]bool{}}
		m := begin(c, &prints)
		walk(m, c, max(80, c.steps), func(before Prompt, e Event, effects []Effect, m Machine) {
			r.hold(before, e, effects, m)
			if check != nil {
				check(before, e, effects, m)
			}
		})
		r.ends(c)
	}
}

func TestRandomUnsealsKeepTheRules(t *testing.T) {
	t.Parallel()
	randomly(t, func(c *chaos, f *keys.Fingerprinter) Machine {
		var nodes []Node
		s := c.snapshot()
		for i, n := range s.Nodes {
			nodes = append(nodes, NodeOf(n, fmt.Sprint("n", i), c.IntN(3) == 0))
		}
		return NewUnseal(nodes, s, f)
	}, nil)
}

func TestRandomGenerateRootsKeepTheRules(t *testing.T) {
	t.Parallel()
	reached := map[string]int{}
	randomly(t, func(c *chaos, f *keys.Fingerprinter) Machine {
		return NewGenerateRoot(c.snapshot(), c.IntN(3) == 0, f)
	}, func(_ Prompt, _ Event, _ []Effect, m Machine) { reached[fmt.Sprintf("%T", m.Prompt())]++ })
	for _, p := range []Prompt{Tell{}, Pick{}, Fill{}, TypeOut{}, EnterShare{}, EnterSecret{}, Reveal{}, Wait{}, End{}} {
		if reached[fmt.Sprintf("%T", p)] == 0 {
			t.Errorf("no run came to a %T: the walk is too narrow", p)
		}
	}
}

func TestRandomRekeysSkipNoStep(t *testing.T) {
	t.Parallel()
	reached := map[string]int{}
	var handed, proved bool
	randomly(t, func(c *chaos, f *keys.Fingerprinter) Machine {
		handed, proved = false, false
		return NewRekey(c.snapshot(), c.IntN(3) == 0, f, c)
	}, func(before Prompt, e Event, effects []Effect, m Machine) {
		reached[fmt.Sprintf("%T", m.Prompt())]++
		r := m.(Rekey)
		switch e := e.(type) {
		case RekeyGiven:
			handed = handed || len(e.Update.NewShares) > 0
			proved = proved || e.Update.VerificationNonce == ""
		case RekeyRead:
			handed = handed || e.Op == "start" && len(e.Made) > 0
			proved = proved || len(e.Made) > 0 && e.State.VerificationNonce == ""
		case VerifyGiven:
			proved = proved || e.Verify.Complete
		case Unsealed:
			proved = proved || r.old.Threshold != e.Status.Threshold
		}
		if _, ok := m.Prompt().(Reveal); ok && !handed {
			t.Fatal("new shares are revealed that no answer held")
		}
		if p, ok := m.Prompt().(End); ok && p.Title == "The rekey is complete" && !proved && r.state.VerificationRequired && r.old.Threshold == r.state.Threshold {
			t.Fatalf("complete without its verification: %+v", p)
		}
		for _, effect := range effects {
			if s, ok := effect.(StartRekey); ok && !s.Config.Verification && !(s.Config.Backup && len(s.Config.PGPKeys) > 0) && !r.fixed() {
				t.Fatalf("begun without verification: %+v", s.Config)
			}
		}
	})
	for _, p := range []Prompt{Tell{}, Pick{}, Fill{}, TypeOut{}, EnterShare{}, Reveal{}, TypeBack{}, Wait{}, End{}} {
		if reached[fmt.Sprintf("%T", p)] == 0 {
			t.Errorf("no run came to a %T: the walk is too narrow", p)
		}
	}
}
