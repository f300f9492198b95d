package ui_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/demo"
	"warder/ui"
	"warder/vault"
	"warder/vault/ceremony"
)

func TestAnotherContextTakesThePlaceOfTheFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := openPair(t, "healthy", 120, 36, as)
		c.see("vault-1", "east", "PROD")
		c.miss("READ-ONLY")
		c.press("c")
		c.see("PROD  Contexts", "> east", "open", "west", "READ-ONLY")
		c.press("down", "enter")
		c.wait(3 * time.Second)
		c.see("bao-1", "west", "READ-ONLY")
		c.miss("vault-")
		c.miss("PROD")
		if c.closed.Load() != 1 {
			t.Errorf("%d sessions were closed, want the old one", c.closed.Load())
		}
		c.press("c", "up", "enter")
		c.wait(3 * time.Second)
		c.see("vault-1", "PROD")
		c.miss("bao-")
		c.press("c", "enter") // the one that is open
		c.see("vault-1")
		if c.closed.Load() != 2 {
			t.Errorf("%d sessions were closed, want two", c.closed.Load())
		}
	})
}

// late answers when the test says so, whatever became of the question.
type late struct {
	ui.Cluster
	until chan struct{}
}

func (l late) Fetch(ctx context.Context, a vault.Ask) *vault.Node {
	out := l.Cluster.Fetch(ctx, a)
	<-l.until
	return out
}

func TestAnswersOfTheOldClusterAreDropped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		old, own := make(chan struct{}), make(chan struct{})
		// Of the same addresses, so that nothing but their generation tells the answers apart.
		twin := demo.Options{Scenario: "sealed", TLS: true}
		c := openPairWith(t, "healthy", twin, 120, 36, func(o *ui.Options) {
			o.Cluster = late{o.Cluster, old}
			open := o.Open
			o.Open = func(ctx context.Context, key string) (ui.Session, error) {
				s, err := open(ctx, key)
				s.Cluster = late{s.Cluster, own}
				return s, err
			}
		})
		c.press("c", "down", "enter")
		c.wait(3 * time.Second)
		close(old)
		c.wait(time.Second)
		c.miss("standby")
		c.miss("HEALTHY")
		close(own)
		c.wait(3 * time.Second)
		c.see("sealed 0/3")
	})
}

func TestAContextThatCannotBeOpenedLeavesTheOldOneOpen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := openPair(t, "healthy", 80, 24, as)
		c.opening = func(context.Context) error { return errors.New("ca_cert of context west: no such\x1b[2J file") }
		c.press("c", "down", "enter")
		c.see("west is not opened: ca_cert of context west: no such[2J file", "east is still open")
		c.fits(80, 24)
		c.press("esc")
		c.wait(5 * time.Second)
		c.see("vault-1", "live")
		if c.closed.Load() != 0 {
			t.Error("a session was closed")
		}
	})
}

func TestAContextThatWasGivenUpIsClosedUnseen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := openPair(t, "healthy", 80, 24, as)
		ready := make(chan struct{})
		c.opening = func(context.Context) error { <-ready; return nil }
		c.press("c", "down", "enter")
		c.see("Opening west")
		c.press("up", "enter", "u") // belongs to nobody meanwhile
		c.see("Opening west")
		c.press("esc")
		c.miss("Opening")
		close(ready)
		c.wait(time.Second)
		c.see("Contexts")
		c.press("esc")
		c.wait(5 * time.Second)
		c.see("vault-1")
		c.miss("bao-")
		if c.closed.Load() != 1 {
			t.Errorf("%d sessions were closed, want the one that nobody waits for", c.closed.Load())
		}
	})
}

func TestTheContextStaysWhileACeremonyAwaitsItsAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		answer := make(chan struct{})
		c := openPair(t, "one-sealed", 80, 24, func(o *ui.Options) {
			do := o.Ceremonies
			o.Ceremonies = func(ctx context.Context, e ceremony.Effect) ceremony.Event {
				out := do(ctx, e)
				if _, share := e.(ceremony.SendUnseal); share {
					<-answer
				}
				return out
			}
		})
		c.press("u", "enter", "yes", "enter")
		c.see("PROD  Unseal")
		c.give(c.share(0, base))
		c.press("esc", "y", "c")
		c.see("still awaits an answer")
		c.miss("Contexts")
		close(answer)
		c.wait(time.Second)
		c.press("c")
		c.see("Contexts")
	})
}

func TestNoContextIsOpenedUnderACeremony(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := openPair(t, "one-sealed", 80, 24, as)
		c.press("u", "enter", "c")
		c.see("PROD  Unseal")
		c.miss("Contexts")
	})
}

func TestReadOnlyRefusesWhatWouldChangeTheCluster(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := openPair(t, "healthy", 120, 36, as)
		c.press("c", "down", "enter")
		c.wait(3 * time.Second)
		for _, key := range []string{"u", "R", "g"} {
			c.press(key)
			c.see("Read-only: context west")
			c.wait(6 * time.Second)
			c.miss("Read-only: context west")
		}
		c.press("K")
		c.wait(time.Second)
		c.see("read only")
		c.press("esc")
		c.fits(120, 36)
	})
}

func TestProductionIsMarkedOnEveryScreen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := openPair(t, "one-sealed", 80, 24, as)
		for _, keys := range [][]string{nil, {"?"}, {"enter"}, {"c"}, {"u"}, {"u", "enter"}, {"R"}, {"g"}, {"K"}} {
			c.press(keys...)
			for _, size := range [][2]int{{40, 10}, {50, 12}, {60, 16}, {80, 24}, {120, 36}} {
				c.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				c.see("PROD")
			}
			c.press("esc", "y", "esc")
			c.wait(time.Second)
		}
	})
}

func TestAReminderOfARootTokenNamesItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := openPair(t, "healthy", 120, 36, as)
		c.rootMade()
		c.press("esc", "y")
		c.see("A root token that was made here")
		c.press("c", "down", "enter")
		c.wait(2 * time.Minute)
		c.see("In east: unknown since", "here still lives")
		c.press("c", "up", "enter")
		c.wait(2 * time.Minute)
		c.see("A root token that was made here", "still lives")
		c.miss("In east")
	})
}

func TestWithoutContextsTheKeySaysWhereTheyStand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.press("c")
		c.see("No contexts are configured")
	})
}

func TestEveryWarningOfASessionHasItsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := openPair(t, "healthy", 80, 24, func(o *ui.Options) { o.Warnings = []string{"the first", "the second", "the third"} })
		c.see("the first (2 more)")
		c.wait(12 * time.Second)
		c.see("the second (1 more)")
		c.wait(14 * time.Second)
		c.see("the third")
		c.miss("more)")
	})
}
