package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"warder/demo"
	"warder/keys"
	"warder/vault"
)

func TestFirstScreenShowsEveryNodeWithinARound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 120, 36)
		c.wait(time.Second)
		c.see("HEALTHY", "vault-1", "vault-2", "vault-3", "active", "standby", "leader", "voter", "can lose 1 of 3", "Shamir, 3 of 5")
		c.miss("DEGRADED")
	})
}

func TestLeaderDiesAndTheScreenTellsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 120, 36)
		c.wait(12 * time.Second)
		c.see("HEALTHY")
		if err := c.cluster.Apply(demo.Stop{Node: c.leader()}); err != nil {
			t.Fatal(err)
		}
		dead := c.leaderName
		c.wait(3 * time.Second)
		c.see("CRITICAL", "No active node", "connection refused")
		c.wait(40 * time.Second)
		c.see("CRITICAL", "Tolerance 0: "+dead+" does not answer", "active", "can lose 0 of 3")
		if err := c.cluster.Apply(demo.Start{Node: dead}); err != nil {
			t.Fatal(err)
		}
		c.wait(40 * time.Second)
		c.see("sealed 0/3", dead+" is sealed")
		if err := c.cluster.Apply(demo.Unseal{Node: dead}); err != nil {
			t.Fatal(err)
		}
		c.wait(60 * time.Second)
		c.see("HEALTHY", "can lose 1 of 3")
	})
}

func TestWithoutATokenPanesSayWhatTheyWouldNeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cluster, err := demo.New(demo.Options{Scenario: "healthy"})
		if err != nil {
			t.Fatal(err)
		}
		cluster.ListenPipe()
		s, err := vault.SimulatedSettings(cluster.Addresses(), keys.Secret{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		s.Dial = cluster.Dial
		c := openWith(t, cluster, s, 120, 36)
		c.wait(3 * time.Second)
		c.see("HEALTHY", "Needs a token.", "sys/sealwrap/rewrap", "sys/storage/raft/configuration", "no token", "active")
	})
}

func TestOneAddressIsEnoughToLearnTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cluster, err := demo.New(demo.Options{Scenario: "healthy"})
		if err != nil {
			t.Fatal(err)
		}
		cluster.ListenPipe()
		s, err := vault.SimulatedSettings(cluster.Addresses()[2:], cluster.Token(), nil)
		if err != nil {
			t.Fatal(err)
		}
		s.Dial = cluster.Dial
		c := openWith(t, cluster, s, 120, 36)
		c.wait(3 * time.Second)
		c.see("3 nodes of 3 serving", "vault-1", "vault-2", "vault-3")
	})
}

func TestAHungNodeDelaysNoOtherRow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 120, 36)
		c.wait(4 * time.Second)
		if err := c.cluster.Apply(demo.Hang{Node: "vault-3"}); err != nil {
			t.Fatal(err)
		}
		c.wait(9 * time.Second)
		c.see("standby, ") // the hung one grows old before our eyes
		c.wait(6 * time.Second)
		c.see("no answer in time")
		for _, line := range strings.Split(c.screen(), "\n") {
			if strings.Contains(line, "vault-1") && strings.Contains(line, "old") {
				t.Errorf("another row waits for the hung node: %q", line)
			}
		}
	})
}

func TestRewrapIsStartedOnceAndOnlyAfterAYes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "seal-ha"}, 120, 36)
		c.wait(3 * time.Second)
		c.press("w")
		c.see("A rewrap is running already.")
		c.wait(10 * time.Minute)
		c.see("not running")
		c.press("w")
		c.wait(time.Second)
		c.see("Start a rewrap on vault-2?", "it cannot be stopped", "vault write -f")
		c.press("enter")
		c.wait(3 * time.Second)
		c.miss("Start a rewrap on vault-2?")
		c.see("not running")
		c.press("w")
		c.wait(time.Second)
		c.press("left", "enter")
		c.wait(time.Second)
		c.see("Done, and read back.")
		c.press("enter")
		c.wait(3 * time.Second)
		c.see("running ─")
	})
}

func TestPausedScreenGrowsOldAndSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 120, 36)
		c.wait(3 * time.Second)
		c.press("p")
		c.wait(30 * time.Second)
		c.see("paused", "s old")
		c.press("p")
		c.wait(time.Second)
		c.miss("s old")
	})
}

func TestFilterNarrowsTheRowsAndEscapeGivesThemBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 120, 36)
		c.wait(3 * time.Second)
		c.press("/", "active")
		c.see("1 of 3")
		c.press("enter")
		c.see("/active")
		c.press("esc")
		c.see("vault-1", "vault-3")
	})
}

func TestNoScreenExceedsItsWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "seal-ha"}, 120, 36)
		c.wait(5 * time.Second)
		for _, keys := range [][]string{{}, {"tab"}, {"tab", "tab", "tab"}, {"z"}, {"enter"}, {"?"}} {
			c.press(keys...)
			for w := 0; w <= 200; w += 7 {
				for h := 0; h <= 60; h += 3 {
					c.send(tea.WindowSizeMsg{Width: w, Height: h})
					exact(t, c.app.View().Content, w, h, fmt.Sprint(keys))
				}
			}
			c.press("esc")
		}
	})
}

func exact(t *testing.T, view string, w, h int, what string) {
	t.Helper()
	if w == 0 || h == 0 {
		if view != "" {
			t.Errorf("%s at %d×%d: not empty", what, w, h)
		}
		return
	}
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		t.Errorf("%s at %d×%d: %d lines", what, w, h, len(lines))
	}
	for i, l := range lines {
		if got := ansi.StringWidth(l); got != w {
			t.Errorf("%s at %d×%d: line %d is %d wide: %q", what, w, h, i, got, ansi.Strip(l))
			return
		}
	}
}

func TestQuitEndsAndCancels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.wait(time.Second)
		c.press("q")
		if !c.ended {
			t.Error("q does not quit")
		}
	})
}
