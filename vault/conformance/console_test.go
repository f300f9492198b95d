package conformance

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// console is one person at one ceremony, without a screen.
type console struct {
	t       *testing.T
	c       *cluster
	by      *vault.Clients // its own, with its own token
	machine ceremony.Machine
	seen    vault.Snapshot
	said    []ceremony.Notice // all that the machine remarked
}

// sits begins a ceremony with what is seen of the cluster now.
func (c *cluster) sits(t *testing.T, begin func(vault.Snapshot, *keys.Fingerprinter) ceremony.Machine) *console {
	t.Helper()
	return c.sitsBy(t, c.holding, begin)
}

// sitsBy is the same of a console with a token of its own.
func (c *cluster) sitsBy(t *testing.T, by *vault.Clients, begin func(vault.Snapshot, *keys.Fingerprinter) ceremony.Machine) *console {
	t.Helper()
	prints, err := keys.NewFingerprinter(rand.Reader)
	works(t, "fingerprinter", err)
	p := &console{t: t, c: c, by: by, seen: vault.NewSnapshot(c.nodes...)}
	p.seen = reads(t, by, p.seen, 2) // who leads is asked once its health is known
	p.machine = begin(p.seen, &prints)
	t.Cleanup(func() { p.machine.Wipe() })
	p.through()
	return p
}

// does applies an event and whatever the answers to its effects lead to. What belongs to another step than the present one is
// an error of the test.
func (p *console) does(e ceremony.Event) {
	p.t.Helper()
	runner := ceremony.Runner{Clients: p.by}
	for events := []ceremony.Event{e}; len(events) > 0; events = events[1:] {
		before := p.machine.Prompt()
		var effects []ceremony.Effect
		p.machine, effects = p.machine.Apply(events[0])
		p.said = append(p.said, p.machine.Notices()...)
		if p.heard("does not belong here") {
			p.t.Fatalf("%T was given to %T", events[0], before)
		}
		for _, effect := range effects {
			if answer := runner.Do(p.t.Context(), effect); answer != nil {
				events = append(events, answer)
			}
		}
	}
}

// through goes past what only has to be read or confirmed, and waits out what only takes time.
func (p *console) through() {
	p.t.Helper()
	eventually(p.t, "the machine asks for something", func() error {
		switch asks := p.machine.Prompt().(type) {
		case ceremony.Tell:
			p.does(ceremony.Continue{})
			return fmt.Errorf("it tells: %s", asks.Title)
		case ceremony.TypeOut:
			p.does(ceremony.Confirmed{})
			return fmt.Errorf("it wants %q", asks.Want)
		case ceremony.Wait:
			p.observes()
			return fmt.Errorf("it waits: %s", asks.Title)
		}
		return nil
	})
}

// observes looks at the cluster once.
func (p *console) observes() {
	p.t.Helper()
	p.seen = reads(p.t, p.by, p.seen, 1)
	p.does(ceremony.Observed{Snapshot: p.seen})
}

// learns looks at the cluster until the machine has remarked something.
func (p *console) learns(words string) {
	p.t.Helper()
	eventually(p.t, "the machine says "+words, func() error {
		if p.observes(); !p.heard(words) {
			return fmt.Errorf("said: %+v", p.said)
		}
		return nil
	})
}

// accounts says when the account of what is true lacks some words.
func (p *console) accounts(words string) {
	p.t.Helper()
	if told := strings.Join(p.machine.Account(), " "); !strings.Contains(told, words) {
		p.t.Errorf("the account lacks %q: %s; said: %+v", words, told, p.said)
	}
}

// gives has custodians type shares, one after the other.
func (p *console) gives(shares ...keys.Secret) {
	p.t.Helper()
	for _, s := range shares {
		prompt[ceremony.EnterShare](p)
		share, err := keys.NewShare([]byte(text(s)))
		works(p.t, "share", err)
		p.does(ceremony.GaveShare{Share: share})
	}
}

func (p *console) picks(key string) {
	p.t.Helper()
	p.does(ceremony.Picked{Key: key})
	p.through()
}

func (p *console) fills(values map[string]string) {
	p.t.Helper()
	prompt[ceremony.Fill](p)
	p.does(ceremony.Filled{Values: values})
}

// writesDown takes one new share: a custodian is named, copies what is shown, and proves it by some of its characters.
func (p *console) writesDown(custodian string) keys.Secret {
	p.t.Helper()
	p.fills(map[string]string{"name": custodian})
	copied := text(prompt[ceremony.Reveal](p).Secret)
	p.does(ceremony.Shown{})
	written := base64.StdEncoding.EncodeToString([]byte(copied))
	var out []byte
	for _, at := range prompt[ceremony.TypeBack](p).Positions {
		out = append(out, written[at-1])
	}
	p.does(ceremony.GaveSecret{Secret: keys.NewSecret(out)})
	return keys.NewSecret([]byte(copied))
}

func (p *console) heard(words string) bool {
	return slices.ContainsFunc(p.said, func(n ceremony.Notice) bool { return strings.Contains(n.Text, words) })
}

// alarmed says when there was no alarm with these words.
func (p *console) alarmed(words string) {
	p.t.Helper()
	if !slices.ContainsFunc(p.said, func(n ceremony.Notice) bool { return n.Alarm && strings.Contains(n.Text, words) }) {
		p.t.Errorf("no alarm %q; said: %+v", words, p.said)
	}
}

// endsWell goes through to an end at which all is as it was meant to be.
func (p *console) endsWell() {
	p.t.Helper()
	p.through()
	if e := prompt[ceremony.End](p); !e.Good {
		p.t.Errorf("ended: %s: %q; said: %+v", e.Title, e.Text, p.said)
	}
}

// awaits looks at the cluster until the machine asks something of this sort.
func awaits[P ceremony.Prompt](p *console) (out P) {
	p.t.Helper()
	eventually(p.t, fmt.Sprintf("it asks a %T", out), func() error {
		asks, ok := p.machine.Prompt().(P)
		if !ok {
			p.observes()
			return fmt.Errorf("it asks %+v", p.machine.Prompt())
		}
		out = asks
		return nil
	})
	return out
}

// prompt is what the machine asks now, which has to be of this sort.
func prompt[P ceremony.Prompt](p *console) P {
	p.t.Helper()
	asks, ok := p.machine.Prompt().(P)
	if !ok {
		p.t.Fatalf("asked %+v, want a %T; said: %+v", p.machine.Prompt(), asks, p.said)
	}
	return asks
}
