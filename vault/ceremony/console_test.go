package ceremony_test

import (
	"context"
	"slices"
	"strings"
	"time"

	"warder/keys"
	"warder/vault/ceremony"
)

// console is one person's ceremony.
type console struct {
	*rig
	name    string
	machine ceremony.Machine
	runner  ceremony.Runner
	book    *ceremony.Recorder // keeps the record, where there is one
	spy     func(ceremony.Event)
	queue   []ceremony.Effect
	said    []ceremony.Notice
	given   []keys.Secret // every share that was typed
}

func (r *rig) console(m ceremony.Machine) *console {
	return &console{rig: r, machine: m, runner: ceremony.Runner{Clients: r.clients}}
}

// apply gives an event to the machine and queues what comes of it.
func (c *console) apply(e ceremony.Event) {
	before := c.machine.Notices()
	if g, ok := e.(ceremony.GaveShare); ok {
		c.given = append(c.given, g.Share.Secret())
	}
	var effects []ceremony.Effect
	c.machine, effects = c.machine.Apply(e)
	c.queue = append(c.queue, effects...)
	for _, n := range c.machine.Notices() {
		if !slices.Contains(before, n) {
			c.said = append(c.said, n)
		}
	}
}

// do applies an event and does all that comes of it.
func (c *console) do(e ceremony.Event) {
	c.apply(e)
	for len(c.queue) > 0 {
		c.next()
	}
}

// next does the first effect of the queue.
func (c *console) next() {
	e := c.queue[0]
	c.queue = c.queue[1:]
	c.apply(c.doing()(c.t.Context(), e))
}

// doing is how effects are done: with a record, where one is kept, and under the eyes of a spy.
func (c *console) doing() func(context.Context, ceremony.Effect) ceremony.Event {
	do := func(ctx context.Context, e ceremony.Effect) ceremony.Event {
		out := c.runner.Do(ctx, e)
		if c.spy != nil {
			c.spy(out)
		}
		return out
	}
	if c.book == nil {
		return do
	}
	return func(ctx context.Context, e ceremony.Effect) ceremony.Event { return c.book.Do(ctx, e, do) }
}

func (c *console) observe() { c.do(ceremony.Observed{Snapshot: c.look()}) }

// wait lets time pass and looks again.
func (c *console) wait(d time.Duration) {
	time.Sleep(d)
	c.observe()
}

// through goes on past everything that only has to be read and confirmed.
func (c *console) through() {
	c.t.Helper()
	for range 20 {
		switch c.machine.Prompt().(type) {
		case ceremony.Tell:
			c.do(ceremony.Continue{})
		case ceremony.TypeOut:
			c.do(ceremony.Confirmed{})
		case ceremony.Wait:
			c.wait(time.Second)
		default:
			return
		}
	}
	c.t.Fatalf("%s: stuck at %#v", c.name, c.machine.Prompt())
}

func (c *console) give(s keys.Share) { c.do(ceremony.GaveShare{Share: s}) }

// heard says whether a notice with these words was given.
func (c *console) heard(words string) bool {
	return slices.ContainsFunc(c.said, func(n ceremony.Notice) bool { return strings.Contains(n.Text, words) })
}

func (c *console) wantHeard(words string) {
	c.t.Helper()
	if !c.heard(words) {
		c.t.Errorf("never said %q; said:\n%s", words, texts(c.said))
	}
}

func (c *console) wantAlarm(words string) {
	c.t.Helper()
	if !slices.ContainsFunc(c.said, func(n ceremony.Notice) bool { return n.Alarm && strings.Contains(n.Text, words) }) {
		c.t.Errorf("no alarm %q; said:\n%s", words, texts(c.said))
	}
}

// wantAccount holds the account to some words.
func (c *console) wantAccount(words ...string) {
	c.t.Helper()
	account := strings.Join(c.machine.Account(), "\n")
	for _, w := range words {
		if !strings.Contains(account, w) {
			c.t.Errorf("the account does not say %q:\n%s", w, account)
		}
	}
}

func texts(notices []ceremony.Notice) string {
	var out []string
	for _, n := range notices {
		out = append(out, n.Text)
	}
	return strings.Join(out, "\n")
}

// wantNoSecret wipes the machine and holds every share that was typed to be gone.
func (c *console) wantNoSecret() {
	c.t.Helper()
	c.machine.Wipe()
	for i, s := range c.given {
		if !s.Empty() {
			c.t.Errorf("share %d typed here is alive", i+1)
		}
	}
}

func prompt[P ceremony.Prompt](c *console) P {
	c.t.Helper()
	p, ok := c.machine.Prompt().(P)
	if !ok {
		c.t.Fatalf("asked %#v, want a %T; said:\n%s", c.machine.Prompt(), p, texts(c.said))
	}
	return p
}

func (c *console) pick(key string) {
	c.t.Helper()
	var options []ceremony.Option
	switch p := c.machine.Prompt().(type) {
	case ceremony.Pick:
		options = p.Options
	case ceremony.End:
		options = p.Options
	case ceremony.EnterSecret:
		options = p.Options
	case ceremony.EnterShare:
		options = p.Options
	}
	if !slices.ContainsFunc(options, func(o ceremony.Option) bool { return o.Key == key }) {
		c.t.Fatalf("%q is not among the options of %#v", key, c.machine.Prompt())
	}
	c.do(ceremony.Picked{Key: key})
}

func (c *console) fill(values ...string) {
	c.t.Helper()
	p := prompt[ceremony.Fill](c)
	given := map[string]string{}
	for i, f := range p.Fields {
		given[f.Key] = f.Default
		if i < len(values) {
			given[f.Key] = values[i]
		}
	}
	c.do(ceremony.Filled{Values: given})
}

// text is a copy of a secret, for the test's eyes.
func text(s keys.Secret) string {
	var out string
	s.Use(func(b []byte) { out = string(b) })
	return out
}
