package ui_test

import (
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
	"warder/vault"
	"warder/vault/sys"
)

// takes saves a snapshot by the console and gives its name.
func (c *console) takes() string {
	c.t.Helper()
	c.press("S")
	c.wait(time.Second)
	c.press("down", "enter", "enter", "y")
	c.wait(time.Second)
	c.see("Done, and read back.")
	c.press("enter")
	files, err := os.ReadDir(".")
	if err != nil || len(files) != 1 {
		c.t.Fatalf("%v, %v", files, err)
	}
	return files[0].Name()
}

// restores asks for the nth way of restoring a file.
func (c *console) restores(nth int, file string) {
	c.t.Helper()
	c.press("S")
	c.wait(time.Second)
	for range nth {
		c.press("down")
	}
	c.press("enter", file, "enter")
	c.wait(2 * time.Second)
}

// backendOf asks the leader without the console.
func backendOf(t *testing.T, c *console) (sys.Client, func()) {
	t.Helper()
	clients := vault.NewClients(settingsOf(t, c.cluster, c.cluster.Token()))
	var lead *vault.Client
	for i, name := range c.cluster.Nodes() {
		if name == c.leaderName { // as last seen: a dialog may lie over it
			lead = clients.Client(c.cluster.Addresses()[i], false)
		}
	}
	return sys.Client{Client: lead}, clients.Close
}

func TestASnapshotIsRestoredAfterItWasReadThroughAndTyped(t *testing.T) {
	for _, p := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		for nth, word := range map[int]string{2: "restore ", 3: "force "} {
			t.Run(p.String()+", "+word, func(t *testing.T) {
				t.Chdir(t.TempDir())
				synctest.Test(t, func(t *testing.T) {
					c := open(t, demo.Options{Scenario: "healthy", Product: p}, 80, 24)
					c.wait(12 * time.Second)
					lead := c.leader()
					file := c.takes()
					s, done := backendOf(t, c)
					defer done()
					if err := s.EnableMount(t.Context(), "later", sys.MountConfig{Type: "kv"}); err != nil {
						t.Fatal(err)
					}
					c.restores(nth, file)
					c.see("it is whole", "Everything written since")
					c.fits(80, 24)
					c.press("pgdown", "pgdown", "pgdown")
					c.see("the same as", "operator raft snapshot")
					c.press(word+lead, "enter")
					c.wait(20 * time.Second)
					c.see("A node is active and answers", "it is known to the restored")
					mounts, err := s.Mounts(t.Context())
					if err != nil || len(mounts) == 0 {
						t.Fatal(mounts, err)
					}
					for _, m := range mounts {
						if m.Path == "later/" {
							t.Error("the change is still there")
						}
					}
				})
			})
		}
	}
}

func TestADamagedSnapshotIsNeverSent(t *testing.T) {
	t.Chdir(t.TempDir())
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.wait(12 * time.Second)
		file := c.takes()
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("half.snap", whole[:len(whole)/2], 0o600); err != nil {
			t.Fatal(err)
		}
		c.restores(2, "half.snap")
		c.see("Not sent: It is not whole", "Nothing was changed.")
		c.press("enter")
		c.restores(2, "nowhere.snap")
		c.see("there is no such file")
	})
}

// TestARestoreWhoseAnswerIsLostIsNotCalledDone: no server tells afterwards whether it restored.
func TestARestoreWhoseAnswerIsLostIsNotCalledDone(t *testing.T) {
	t.Chdir(t.TempDir())
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.wait(12 * time.Second)
		lead := c.leader()
		file := c.takes()
		c.restores(2, file)
		if err := c.cluster.Apply(demo.LoseReplies{Node: lead, Count: 1}); err != nil {
			t.Fatal(err)
		}
		c.press("pgdown", "pgdown", "pgdown", "restore "+lead, "enter")
		c.wait(30 * time.Second)
		c.see("The answer was lost", "It is not sent again")
		if strings.Contains(c.screen(), "it has been done") {
			t.Errorf("who says so?\n%s", c.screen())
		}
	})
}
