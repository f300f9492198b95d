package ui_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/demo"
	"warder/theme"
	"warder/ui"
	"warder/vault"
	"warder/vault/ceremony"
)

// TestAnAnswerOfACeremonyThatWasLeftIsNotTakenForOneOfTheNext: both wait for a share at the same node.
func TestAnAnswerOfACeremonyThatWasLeftIsNotTakenForOneOfTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "one-sealed", TLS: true}, 80, 24)
		settings, err := vault.SimulatedSettings(c.cluster.Addresses(), c.cluster.Token(), c.cluster.CACert())
		if err != nil {
			t.Fatal(err)
		}
		settings.Dial = c.cluster.Dial
		clients := vault.NewClients(settings)
		defer clients.Close()
		answers := make(chan struct{})
		c.app = ui.New(t.Context(), ui.Options{Mode: theme.Mono, Session: ui.Session{
			Cluster: clients, Given: settings.Addresses,
			Ceremonies: func(ctx context.Context, e ceremony.Effect) ceremony.Event {
				out := ceremony.Runner{Clients: clients}.Do(ctx, e)
				if _, share := e.(ceremony.SendUnseal); share {
					<-answers
				}
				return out
			},
		}})
		defer close(answers)
		c.run(c.app.Init())
		c.send(tea.WindowSizeMsg{Width: 80, Height: 24})
		c.wait(3 * time.Second)
		c.press("u", "enter", "yes", "enter")
		c.give(c.share(0, base))
		c.see("Waiting for the nodes")
		c.press("esc", "y", "u", "enter", "yes", "enter")
		c.give(c.share(1, base))
		c.see("Waiting for the nodes")
		answers <- struct{}{} // the first share's
		c.wait(time.Second)
		c.see("Waiting for the nodes")
	})
}

func TestACeremonyOpenedInAPauseSeesWhatHappens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "one-sealed", TLS: true}, 80, 24)
		c.wait(3 * time.Second)
		c.press("p")
		c.wait(30 * time.Second)
		c.see("paused")
		c.press("u", "enter", "yes", "enter")
		c.wait(5 * time.Second)
		c.press("esc", "y")
		c.miss("paused")
		c.miss("s old")
	})
}

func TestTabConfirmsNoListThatWasNotReadToItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "sealed", TLS: true}, 70, 18)
		c.wait(3 * time.Second)
		c.press("u", "enter")
		c.see("more lines")
		c.press("yes", "tab")
		c.see("There is more to read")
	})
}

// TestMemoryIsGivenBackWhenACeremonyCloses, and once more when an answer comes after that.
func TestMemoryIsGivenBackWhenACeremonyCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		released := 0
		answer := make(chan struct{})
		c := openChanged(t, demo.Options{Scenario: "one-sealed", TLS: true}, 80, 24, func(o *ui.Options) {
			do := o.Ceremonies
			o.Ceremonies = func(ctx context.Context, e ceremony.Effect) ceremony.Event {
				out := do(ctx, e)
				if _, share := e.(ceremony.SendUnseal); share {
					<-answer
				}
				return out
			}
			o.Release = func() { released++ }
		})
		c.wait(3 * time.Second)
		c.press("u", "enter", "yes", "enter")
		c.give(c.share(0, base))
		if released != 0 {
			t.Error("given back while the ceremony was open")
		}
		c.press("esc", "y")
		if released != 1 {
			t.Errorf("given back %d times after it was closed", released)
		}
		close(answer)
		c.wait(time.Second)
		if released != 2 {
			t.Errorf("given back %d times after a late answer", released)
		}
	})
}
