package ui_test

import (
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
	"warder/vault/sys"
)

// onLog opens the log of the leader.
func (c *console) onLog() {
	c.t.Helper()
	c.wait(12 * time.Second)
	at, _, _ := c.rows()
	c.press("up", "up", "up")
	for range at {
		c.press("down")
	}
	c.press("L")
	c.wait(time.Second)
	c.see("Log of " + c.leaderName)
}

// happens has the cluster log something.
func happens(t *testing.T, c *console, mount string) {
	t.Helper()
	s, done := backendOf(t, c)
	defer done()
	if err := s.EnableMount(t.Context(), mount, sys.MountConfig{Type: "kv"}); err != nil {
		t.Fatal(err)
	}
}

func TestALogIsShownAsItHappens(t *testing.T) {
	for _, p := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		t.Run(p.String(), func(t *testing.T) {
			t.Chdir(t.TempDir())
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: "healthy", Product: p}, 80, 24)
				c.onLog()
				c.see("live   info and above", "Nothing was logged since.")
				happens(t, c, "one")
				c.wait(time.Second)
				c.see("info  core: successful mount path=one/ type=kv")
				c.fits(80, 24)
				c.press("p")
				happens(t, c, "two")
				c.wait(time.Second)
				c.see("paused, 1 new")
				c.miss("path=two/")
				c.press("p")
				c.see("path=two/")
				c.press("/", "two", "enter")
				c.see(`1 of 2 lines hold "two"`)
				c.miss("path=one/")
				c.press("esc", "l")
				c.wait(20 * time.Second)
				c.see("from here on: debug", "debug core.autopilot: all servers are judged")
				c.press("up", "enter")
				c.see("Log line", "message")
				c.press("esc", "e")
				c.wait(time.Second)
				c.see("Exported to ")
				files, err := os.ReadDir(".")
				if err != nil || len(files) != 1 {
					t.Fatalf("%v, %v", files, err)
				}
				if text, err := os.ReadFile(files[0].Name()); err != nil || !strings.Contains(string(text), `"fields":["path=one/","type=kv"]`) {
					t.Errorf("%s, %v", text, err)
				}
				c.press("esc")
				c.miss("Log of")
			})
		})
	}
}

func TestALogThatBreaksOffIsAskedForAgainAndTheGapIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "auto-unseal", Product: demo.OpenBao}, 80, 24)
		c.onLog()
		node := c.leaderName
		if err := c.cluster.Apply(demo.Stop{Node: node}); err != nil {
			t.Fatal(err)
		}
		c.wait(5 * time.Second)
		c.see("it broke off: connection broken", "not connected, asking again")
		if err := c.cluster.Apply(demo.Start{Node: node}); err != nil {
			t.Fatal(err)
		}
		c.wait(40 * time.Second)
		c.see("what was logged then is not here", "live   info and above")
		if n := strings.Count(c.screen(), "it broke off"); n != 1 {
			t.Errorf("it is said %d times", n)
		}
		c.press("esc")
	})
}

func TestTheLogOfASealedNodeGoesOnWhenItIsUnsealed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy", Product: demo.OpenBao}, 80, 24)
		c.onLog()
		if err := c.cluster.Apply(demo.Seal{Node: c.leaderName}); err != nil {
			t.Fatal(err)
		}
		c.wait(10 * time.Second)
		c.see("core received sealed state change", "the server ended the stream", "sealed, asking again at")
		if err := c.cluster.Apply(demo.Unseal{Node: c.leaderName}); err != nil {
			t.Fatal(err)
		}
		c.press("r")
		c.wait(time.Second)
		c.see("what was logged then is not here", "live")
		c.press("esc")
	})
}

func TestAStandbyOfVaultTellsNoLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.wait(12 * time.Second)
		_, other, _ := c.rows()
		c.press("up", "up", "up")
		for range other {
			c.press("down")
		}
		c.press("L")
		c.wait(time.Second)
		c.see("it redirects to vault-2.demo:8200, as standbys do", "warder does not follow: n asks another node")
	})
}

func TestALogThatTheTokenMayNotReadSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cluster, err := demo.New(demo.Options{Scenario: "healthy"})
		if err != nil {
			t.Fatal(err)
		}
		cluster.ListenPipe()
		c := openWith(t, cluster, settingsOf(t, cluster, limitedToken(t, cluster)), 80, 24)
		c.wait(12 * time.Second)
		c.press("L")
		c.wait(time.Second)
		c.see("does not permit it: read on sys/monitor is needed", "ended")
	})
}

// TestALogThatWasNeverOpenedDidNotBreakOff says what happened, and no more.
func TestALogThatWasNeverOpenedDidNotBreakOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "quorum-lost"}, 80, 24)
		c.wait(12 * time.Second)
		c.press("L")
		c.wait(time.Second)
		c.see("it could not be opened: connection refused", "asking again")
		c.miss("broke off")
		c.press("esc")
	})
}

// TestTheLogOfAnotherNodeIsAKeyAway: on OpenBao a standby tells its own, which is not the leader's.
func TestTheLogOfAnotherNodeIsAKeyAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy", Product: demo.OpenBao}, 80, 24)
		c.onLog()
		c.wait(20 * time.Second)
		c.see("leases in force")
		c.press("n")
		c.miss("leases in force")
		c.miss("Log of " + c.leaderName)
		c.wait(20 * time.Second)
		c.see("standing by", "live   info and above")
		c.miss("leases in force")
		c.press("esc")
	})
}
