package ceremony

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"warder/keys"
	"warder/vault"
)

// chaos makes events of every kind, sensible and not, and remembers every secret that it ever made.
type chaos struct {
	*rand.Rand
	secrets []keys.Secret
	freshness
}

// Read is randomness for who asks for some.
func (c *chaos) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(c.IntN(256))
	}
	return len(b), nil
}

func (c *chaos) secret(n int) keys.Secret {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(c.IntN(94)) + '!'
	}
	s := keys.NewSecret(b)
	c.secrets = append(c.secrets, s)
	return s
}

func (c *chaos) share() keys.Share {
	b := make([]byte, 33)
	for i := range b {
		b[i] = byte(c.IntN(3)) // few enough that some come twice
	}
	b[32] = byte(c.IntN(4) + 1)
	s, err := keys.NewShare(b)
	if err != nil {
		panic(err)
	}
	c.secrets = append(c.secrets, s.Secret())
	return s
}

func (c *chaos) word(of ...string) string { return of[c.IntN(len(of))] }

func (c *chaos) nonce() string { return c.word("", "n1", "n2") }

func (c *chaos) err() error {
	if c.IntN(3) > 0 || c.spares() {
		return nil
	}
	e := &vault.Error{Op: "x", Address: "a", Kind: vault.Kind(c.IntN(10)), Why: vault.Why(c.IntN(7)), Status: 400}
	if c.IntN(2) == 0 {
		e.Messages = []string{"no"}
	}
	return e
}

func (c *chaos) status() vault.SealStatus {
	s := vault.SealStatus{
		Type: "shamir", Initialised: c.keyed(), Sealed: c.IntN(3) > 0, Threshold: 2, Shares: 3, Progress: c.IntN(3), Nonce: c.nonce(),
		RecoverySeal: c.IntN(9) == 0, Removed: c.IntN(19) == 0, Migration: c.IntN(9) == 0,
	}
	if s.RecoverySeal && s.Progress == 0 {
		s.Threshold, s.Shares = 0, 0
	}
	return s
}

func (c *chaos) rekey() vault.Rekey {
	k := vault.Rekey{
		Started: c.IntN(4) > 0, Nonce: c.nonce(), Threshold: 2, Shares: 3, Progress: c.IntN(2), Required: 2,
		VerificationRequired: c.IntN(3) > 0,
	}
	if c.IntN(4) == 0 {
		k.VerificationNonce = c.word("v1", "v2")
	}
	if c.IntN(5) == 0 {
		k.PGPFingerprints = []string{"a", "b", "c"}
	}
	return k
}

func (c *chaos) verify() vault.RekeyVerify {
	return vault.RekeyVerify{Started: true, Complete: c.IntN(4) == 0, Nonce: c.word("v1", "v2"), Threshold: 2, Shares: 3, Progress: c.IntN(2)}
}

func (c *chaos) attempt() vault.RootAttempt {
	a := vault.RootAttempt{Started: c.IntN(4) > 0, Nonce: c.nonce(), Progress: c.IntN(2), Required: 2, OTPLength: 28}
	if c.IntN(3) == 0 {
		a.OTP = c.secret(28)
	}
	if c.IntN(4) == 0 {
		a.Complete = true
		a.EncodedToken = keys.NewSecret([]byte("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGw"))
		c.secrets = append(c.secrets, a.EncodedToken)
	}
	return a
}

func (c *chaos) update() vault.RekeyUpdate {
	u := vault.RekeyUpdate{Rekey: c.rekey()}
	if c.IntN(3) == 0 {
		u.Complete = true
		for range 3 {
			u.NewShares = append(u.NewShares, c.share().Secret())
		}
	}
	return u
}

// snapshot is of some nodes, of which one leads, or none.
func (c *chaos) snapshot() vault.Snapshot {
	now := time.Unix(1_900_000_000+int64(c.IntN(1e6)), 0)
	var s vault.Snapshot
	for i := range 3 {
		n := &vault.Node{Address: fmt.Sprintf("https://n%d:8200", i)}
		n.Certificate = &vault.Certificate{Fingerprint: c.word("aa", "aa", "aa", "bb")}
		n.Health = vault.Section[vault.Health]{At: now, Tried: now}
		n.Health.Value.Code = []int{200, 429, 503}[c.IntN(3)]
		c.freshen(i, n)
		n.Seal = vault.Section[vault.SealStatus]{At: now, Tried: now, Value: c.status()}
		s.Nodes = append(s.Nodes, n)
	}
	return s
}

// answers are events that answer the effect, well or badly.
func (c *chaos) answer(e Effect) Event {
	if c.IntN(12) == 0 {
		return NotActive{Err: c.err()}
	}
	switch e := e.(type) {
	case ReadSeal:
		return Unsealed{Address: e.Node.Address, Status: c.status(), Err: c.err()}
	case SendUnseal:
		return Unsealed{Address: e.Node.Address, Write: true, Status: c.status(), Err: c.err()}
	case ResetUnseal:
		return Unsealed{Address: e.Node.Address, Write: true, Status: c.status(), Err: c.err()}
	case FindDoors:
		return DoorsFound{Doors: []vault.Doors{vault.DoorsOpen, vault.DoorsClosed}[c.IntN(2)], Err: c.err()}
	case ReadRekey:
		return RekeyRead{Op: "read", State: c.rekey(), Verify: c.verify(), Err: c.err()}
	case StartRekey:
		return RekeyRead{Op: "start", State: c.rekey(), Made: c.first(), Err: c.err()}
	case CancelRekey:
		return RekeyRead{Op: "cancel", Err: c.err()}
	case GiveRekeyShare:
		return RekeyGiven{Update: c.update(), Err: c.err()}
	case GiveVerificationShare:
		return VerifyGiven{Verify: c.verify(), Err: c.err()}
	case RestartVerification:
		return VerifyGiven{Restart: true, Verify: c.verify(), Err: c.err()}
	case ReadRoot:
		return RootRead{Op: "read", Attempt: c.attempt(), Err: c.err()}
	case StartRoot:
		a := c.attempt()
		if a.OTP.Empty() && c.IntN(4) > 0 {
			a.OTP = c.secret(28) // without one it was not begun
		}
		return RootRead{Op: "start", Attempt: a, Err: c.err()}
	case CancelRoot:
		return RootRead{Op: "cancel", Err: c.err()}
	case GiveRootShare:
		return RootGiven{Attempt: c.attempt(), Err: c.err()}
	case ReadFormer, EndFormer:
		return FormerRead{There: c.IntN(2) == 0, Ended: c.IntN(2) == 0, Err: c.err()}
	case StoreSecret:
		return Stored{Path: e.Path, Err: c.err()}
	case LookupToken:
		return TokenLooked{Err: c.err()}
	case RevokeToken:
		return TokenRevoked{Gone: c.IntN(2) == 0, Err: c.err()}
	case WrapToken:
		return TokenWrapped{Wrapping: c.secret(20), Err: c.err()}
	}
	return c.answerOfInit(e)
}

// stray is any event at all, whether it was asked for or not.
func (c *chaos) stray() Event {
	effects := []Effect{
		ReadSeal{Node: Node{Address: "https://n0:8200"}},
		SendUnseal{Node: Node{Address: "https://n1:8200"}},
		FindDoors{},
		ReadRekey{},
		StartRekey{},
		CancelRekey{},
		GiveRekeyShare{},
		GiveVerificationShare{},
		RestartVerification{},
		ReadFormer{},
		ReadRoot{},
		StartRoot{},
		CancelRoot{},
		GiveRootShare{},
		StoreSecret{},
		LookupToken{},
		RevokeToken{},
		WrapToken{},
		ReadPublicKey{},
	}
	effects = append(effects, initEffects...)
	return c.answer(effects[c.IntN(len(effects))])
}

// reply is what a person may do, mostly what is asked for.
func (c *chaos) reply(m Machine) Event {
	if c.IntN(6) == 0 {
		return c.whim()
	}
	switch p := m.Prompt().(type) {
	case TypeBack:
		s := typedBackOf(m, p)
		c.secrets = append(c.secrets, s)
		return GaveSecret{s}
	case Tell:
		return Continue{}
	case Pick:
		return Picked{p.Options[c.IntN(len(p.Options))].Key}
	case Fill:
		v := map[string]string{}
		for _, f := range p.Fields {
			v[f.Key] = c.word(f.Default, f.Default, "", "3", "2", "0", "30m", "Anna", "Ben", "Cleo")
		}
		return Filled{v}
	case TypeOut:
		return Confirmed{}
	case EnterShare:
		if len(p.Options) > 0 && c.IntN(5) == 0 {
			return Picked{p.Options[0].Key}
		}
		return GaveShare{c.share()}
	case EnterSecret:
		return GaveSecret{c.typed(m)}
	case Reveal:
		return Shown{}
	case End:
		if len(p.Options) > 0 {
			return Picked{p.Options[c.IntN(len(p.Options))].Key}
		}
	}
	return c.whim()
}

func (c *chaos) whim() Event {
	switch c.IntN(4) {
	case 0:
		return GaveShare{c.share()}
	case 1:
		return GaveSecret{c.secret(4)}
	case 2:
		return Observed{c.snapshot()}
	}
	return []Event{
		Continue{},
		Back{},
		Picked{c.word("join", "end", "otp", "revoke", "skip", "verify")},
		Filled{},
		Confirmed{},
		GaveShare{},
		Shown{},
		Cancelled{},
		nil,
	}[c.IntN(9)]
}

// walk takes a machine through a random ceremony and holds each step to check.
func walk(m Machine, c *chaos, steps int, check func(before Prompt, e Event, effects []Effect, after Machine)) {
	var open []Effect
	for range steps {
		var e Event
		switch n := c.IntN(10); {
		case n < 5 && len(open) > 0:
			at := c.IntN(len(open))
			e = c.answer(open[at])
			open = slices.Delete(open, at, at+1)
		case n < 6:
			e = Observed{c.snapshot()}
		case n < 7:
			e = c.stray()
		default:
			e = c.reply(m)
		}
		before := m.Prompt()
		var effects []Effect
		m, effects = m.Apply(e)
		open = append(open, effects...)
		check(before, e, effects, m)
	}
	m.Wipe()
}
