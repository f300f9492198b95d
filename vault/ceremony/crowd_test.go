package ceremony_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"warder/demo"
	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// crowd is two consoles and somebody with the vendor's command line, who act in any order on one cluster.
type crowd struct {
	*rig
	*rand.Rand
	consoles []*console
	fresh    [][]byte // new shares that somebody wrote down
	shown    map[*console][]byte
	seats    int // custodians named so far
	doors    vault.Doors
}

// gather runs a random ceremony of several and then holds the accounts to the truth.
func gather(t *testing.T, o demo.Options, begin func(*rig) ceremony.Machine, cli func(*crowd), check func(*crowd, *console)) {
	t.Helper()
	seeds := 6
	if testing.Short() {
		seeds = 3
	}
	for seed := range seeds {
		scene(t, o, func(r *rig) {
			w := &crowd{rig: r, Rand: rand.New(rand.NewPCG(uint64(seed), 7)), shown: map[*console][]byte{}}
			w.doors = map[demo.Product]vault.Doors{demo.Vault: vault.DoorsOpen, demo.Vault2: vault.DoorsToken, demo.OpenBao: vault.DoorsClosed}[o.Product]
			for i := range 2 {
				c := r.console(begin(r))
				c.name = fmt.Sprintf("seed %d, console %d", seed, i+1)
				w.consoles = append(w.consoles, c)
			}
			for range 120 {
				w.step(cli)
			}
			w.settle()
			for _, c := range w.consoles {
				check(w, c)
				c.wantNoSecret()
			}
		})
	}
}

// step is what one of them does next.
func (w *crowd) step(cli func(*crowd)) {
	c := w.consoles[w.IntN(len(w.consoles))]
	switch n := w.IntN(40); {
	case n == 0:
		w.happens(demo.StepDown{})
		time.Sleep(3 * time.Second)
	case n == 1:
		w.happens(demo.LoseReplies{Node: w.nodes()[w.IntN(3)], Count: 1})
	case n < 6:
		cli(w)
	case n < 12:
		time.Sleep(time.Duration(w.IntN(5)) * time.Second)
		c.apply(ceremony.Observed{Snapshot: w.look()})
	case len(c.queue) > 0:
		c.next()
	default:
		w.person(c)
	}
}

// settle lets everybody see how things are in the end. Whoever has to confirm a new active node does.
func (w *crowd) settle() {
	for range 6 {
		time.Sleep(12 * time.Second)
		for _, c := range w.consoles {
			for len(c.queue) > 0 {
				c.next()
			}
			c.observe()
			for range 3 {
				if _, ok := c.machine.Prompt().(ceremony.TypeOut); ok {
					c.do(ceremony.Confirmed{})
				}
			}
		}
	}
}

func (w *crowd) leader() *vault.Client {
	for _, n := range w.look().Active() {
		return w.clients.Client(n.Address, false)
	}
	return nil
}

// old is one of the shares in force, or now and then a wrong one.
func (w *crowd) old() keys.Share {
	if w.IntN(12) == 0 {
		return wrongShare(w.t, byte(200+w.IntN(5)))
	}
	return w.share(w.IntN(len(w.cluster.Shares())))
}

// new is one of the new shares that somebody wrote down, or an old one.
func (w *crowd) new() keys.Share {
	if len(w.fresh) == 0 || w.IntN(12) == 0 {
		return w.old()
	}
	s, err := keys.NewShare(slices.Clone(w.fresh[w.IntN(len(w.fresh))]))
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// person does what the console asks for.
func (w *crowd) person(c *console) {
	switch p := c.machine.Prompt().(type) {
	case ceremony.Tell:
		c.apply(ceremony.Continue{})
	case ceremony.TypeOut:
		c.apply(ceremony.Confirmed{})
	case ceremony.Pick:
		keys := []string{p.Options[0].Key, p.Options[0].Key, p.Options[0].Key, p.Options[len(p.Options)-1].Key}
		if p.Title == "How are the new shares handed out?" {
			keys = []string{"open"}
		}
		c.apply(ceremony.Picked{Key: keys[w.IntN(len(keys))]})
	case ceremony.Fill:
		w.seats++
		c.apply(ceremony.Filled{Values: map[string]string{"shares": "4", "threshold": "2", "name": fmt.Sprint("custodian ", w.seats)}})
	case ceremony.EnterShare:
		switch {
		case w.IntN(40) == 0:
			c.apply(ceremony.Cancelled{})
		case p.Title == "Give a new share back", p.Title == "Prove a share that is left over":
			c.apply(ceremony.GaveShare{Share: w.new()})
		default:
			c.apply(ceremony.GaveShare{Share: w.old()})
		}
		c.given = append(c.given, keys.Secret{})
	case ceremony.Reveal:
		p.Secret.Use(func(b []byte) { w.shown[c] = slices.Clone(b) })
		c.apply(ceremony.Shown{})
	case ceremony.TypeBack:
		c.apply(ceremony.GaveSecret{Secret: c.characters(w.shown[c])})
		w.fresh = append(w.fresh, w.shown[c])
	case ceremony.EnterSecret:
		if w.IntN(4) == 0 {
			c.apply(ceremony.Picked{Key: p.Options[0].Key})
		}
	}
}
