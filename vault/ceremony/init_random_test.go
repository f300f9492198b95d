package ceremony

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"warder/keys"
	"warder/vault"
)

// freshness is how a walk goes among nodes without keys.
type freshness struct {
	blank  int // of so many nodes all but one have no keys; 0: all have
	steps  int // of a walk; 0: as many as most take
	public []keys.PublicKey
}

// someKeyed is blank once keys were made.
const someKeyed = 2

var initEffects = []Effect{MakeKeys{}, JoinNode{Node: Node{Address: "https://n1:8200"}}, ReadCertificates{}, ReadRaft{}}

func (c *chaos) keyed() bool {
	if c.blank > 0 {
		return c.IntN(c.blank) == 0
	}
	return c.IntN(9) > 0
}

// spares keeps an error back, since the way is long.
func (c *chaos) spares() bool { return c.blank > 0 && c.IntN(3) > 0 }

// freshen makes one of the nodes of a snapshot what it is to be. Once keys were made one often leads.
func (c *chaos) freshen(i int, n *vault.Node) {
	switch {
	case c.blank == 0:
	case c.blank == someKeyed && i == 0 && c.IntN(3) > 0:
		n.Health.Value.Code = vault.CodeActive
	case c.IntN(c.blank) == 0:
		n.Health.Err = errDown
	case c.IntN(c.blank) > 0:
		n.Health.Value.Code = vault.CodeUninit
	}
}

// typed is the code of a challenge, at times, or anything.
func (c *chaos) typed(m Machine) keys.Secret {
	if i, ok := m.(Initialise); ok && !i.check.code.Empty() && c.IntN(4) > 0 {
		var s keys.Secret
		i.check.code.Use(func(b []byte) { s = keys.NewSecret(slices.Clone(b)) })
		c.secrets = append(c.secrets, s)
		return s
	}
	return c.secret(38)
}

// answerOfInit answers what only an initialisation asks for, and the reading of a key.
func (c *chaos) answerOfInit(e Effect) Event {
	switch e := e.(type) {
	case MakeKeys:
		return c.keysMade(e)
	case JoinNode:
		return NodeJoined{Address: e.Node.Address, Err: c.err()}
	case ReadCertificates:
		return CertificatesRead{PEM: "-", Err: c.err()}
	case ReadRaft:
		return RaftRead{Servers: []vault.RaftServer{{ID: "a", Voter: true}, {ID: "b", Voter: c.IntN(2) == 0}}, Err: c.err()}
	}
	read := PublicKeyRead{Err: c.err()}
	if len(c.public) > 0 {
		read.Key = c.public[c.IntN(len(c.public))]
	}
	return read
}

// keysMade holds all that was asked for, mostly.
func (c *chaos) keysMade(e MakeKeys) KeysMade {
	out := KeysMade{Err: c.err()}
	if c.IntN(4) > 0 {
		c.blank = someKeyed // whatever was answered, some nodes have keys from now on
	}
	if out.Err != nil {
		return out
	}
	if c.IntN(9) > 0 {
		out.Result.RootToken = c.secret(28)
	}
	for range max(e.Config.Shares, e.Config.RecoveryShares) {
		if c.IntN(20) == 0 {
			continue
		}
		var s keys.Secret
		if len(e.Config.PGPKeys)+len(e.Config.RecoveryPGPKeys) > 0 && c.IntN(9) > 0 {
			s = c.secret(80)
		} else {
			s = c.share().Secret()
		}
		if e.Config.Shares > 0 {
			out.Result.Shares = append(out.Result.Shares, s)
		} else {
			out.Result.RecoveryShares = append(out.Result.RecoveryShares, s)
		}
	}
	return out
}

func TestRandomInitialisationsSkipNoStep(t *testing.T) {
	t.Parallel()
	var public []keys.PublicKey
	for _, file := range []string{"gpg-ed25519.asc", "gpg-rsa3072.asc"} {
		b, err := os.ReadFile("../../keys/testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		k, err := keys.ParsePublicKey(b)
		if err != nil {
			t.Fatal(err)
		}
		if err := k.Problem(time.Unix(1_900_000_000, 0)); err != nil {
			t.Fatal(err)
		}
		public = append(public, k)
	}
	reached := map[string]int{}
	stages := map[initStage]int{}
	var looked, made bool
	var sent int
	runs(t, 1000, func(c *chaos, f *keys.Fingerprinter) Machine {
		looked, made, sent = false, false, 0
		c.blank, c.steps, c.public = 60, 220, public
		return NewInitialise(c.snapshot(), c.IntN(3) == 0, f, c)
	}, func(before Prompt, e Event, effects []Effect, m Machine) {
		i := m.(Initialise)
		reached[fmt.Sprintf("%T", m.Prompt())]++
		stages[i.stage]++
		if e, ok := e.(Unsealed); ok && !e.Write {
			looked = e.Err == nil && !e.Status.Initialised
		}
		if _, ok := e.(KeysMade); ok && sent > 0 {
			made = true
		}
		for _, effect := range effects {
			k, ok := effect.(MakeKeys)
			if !ok {
				continue
			}
			sent++
			if !looked {
				t.Fatal("sent to a node that did not just say that it has no keys")
			}
			if n := i.field(); len(n.keyed) > 0 || i.unexcused() {
				t.Fatalf("a second cluster: %+v", n)
			}
			if open := len(k.Config.PGPKeys)+len(k.Config.RecoveryPGPKeys) == 0; open && i.plan.shares > 0 && stages[initRisking] == 0 {
				t.Fatal("sent without the risk")
			}
		}
		if _, ok := m.Prompt().(Reveal); ok && !made {
			t.Fatal("shares are revealed that no answer held")
		}
		if i.stage == initDone && i.hand.left() > 0 {
			t.Fatal("done with shares that nobody has")
		}
		if i.stage == initDone && i.holdsToken() {
			t.Fatal("done with a root token that nobody has")
		}
		if w, ok := m.Prompt().(Wait); i.awaits == callInit && (!ok || !w.Hold) {
			t.Fatal("leaving is not warned of while the keys are made")
		}
		i.Keeps()
		i.Backs()
	})
	if testing.Short() {
		return // too few runs to come everywhere
	}
	for s := range initDone + 1 {
		if stages[s] == 0 {
			t.Errorf("no run came to stage %d: the walk is too narrow", s)
		}
	}
	for _, p := range []Prompt{Tell{}, Pick{}, Fill{}, TypeOut{}, EnterShare{}, Reveal{}, TypeBack{}, Wait{}, End{}} {
		if reached[fmt.Sprintf("%T", p)] == 0 {
			t.Errorf("no run came to a %T: the walk is too narrow", p)
		}
	}
}
