package ui_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
	"warder/keys"
)

// shelf goes so many shelves on, and waits for what is told there.
func (c *console) shelf(steps int) {
	c.t.Helper()
	for range steps {
		c.press("tab")
	}
	c.wait(time.Second)
	c.fits(80, 24)
}

func (c *console) onInventory() {
	c.t.Helper()
	c.wait(12 * time.Second)
	c.press("i")
	c.wait(time.Second)
	c.see("Inventory of")
}

func TestAnInventoryShowsShelfByShelfWhatAClusterIsMadeOf(t *testing.T) {
	for _, p := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		t.Run(p.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: "healthy", Product: p}, 80, 24)
				c.onInventory()
				c.see("Mounts 7", "kv/", "secrets of the applications", "ago")
				c.shelf(1)
				c.see("Auth methods 3", "approle/")
				c.shelf(1)
				c.see("Audit devices 2", "file_path=/var/log/audit.log", "syslog/")
				c.shelf(1)
				c.see("Policies 4", "app-read")
				c.press("enter")
				c.wait(time.Second)
				c.see("Policy app-read", `path "kv/data/app/*" {`, `  capabilities = ["read"]`)
				c.press("esc")
				c.shelf(1)
				c.see("Quotas 2", "everything", "2000")
				c.shelf(1)
				if p == demo.OpenBao {
					c.see("payments/", "research/")
				} else {
					c.see("This server, or its edition, has none.")
				}
				c.shelf(1)
				c.see("Leases", "database/", "c count")
				c.press("c")
				c.wait(time.Second)
				c.see("there are", "4 leases")
				c.press("esc")
				c.press("enter")
				c.wait(time.Second)
				c.press("enter")
				c.wait(time.Second)
				c.see("below database/creds/", "app/", "reporting/")
				c.press("enter")
				c.wait(time.Second)
				c.press("enter")
				c.wait(time.Second)
				c.see("renewable", "lease revoke")
				c.press("esc", "backspace")
				c.wait(time.Second)
				c.see("below database/creds/", "reporting/")
				c.shelf(1)
				c.see("Plugins", "MOUNTS", "supported")
				c.shelf(1)
				c.see("Versions 1", "SINCE (UTC)")
				c.press("q")
				c.miss("Inventory of")
			})
		})
	}
}

// TestAShelfIsAskedForOnceAndWhenItIsWanted: reads with a token stand in audit logs.
func TestAShelfIsAskedForOnceAndWhenItIsWanted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.onInventory()
		c.wait(30 * time.Second)
		c.see("31 s ago")
		c.shelf(1)
		c.press("left")
		c.see("32 s ago")
		c.press("r")
		c.wait(time.Second)
		c.see("1 s ago")
	})
}

func TestALongListIsLookedThroughWholeAndShownPageByPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "many-names"}, 80, 24)
		c.onInventory()
		c.press("tab", "tab")
		c.shelf(1)
		c.see("Policies 12504", "1–10000 of 12504", "n next page")
		c.press("n")
		c.wait(time.Second)
		c.see("10001–12504 of 12504")
		c.press("b")
		c.wait(time.Second)
		c.see("1–10000 of 12504")
		c.press("/", "operator")
		c.see("enter looks through all 12504")
		c.press("enter")
		c.wait(time.Second)
		c.see("1–1 of 1 that hold", "operator")
		c.press("esc")
		c.wait(time.Second)
		c.see("1–10000 of 12504")
	})
}

func TestAShelfThatCannotBeReadSaysWhatItWouldNeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cluster, err := demo.New(demo.Options{Scenario: "healthy"})
		if err != nil {
			t.Fatal(err)
		}
		cluster.ListenPipe()
		c := openWith(t, cluster, settingsOf(t, cluster, limitedToken(t, cluster)), 80, 24)
		c.onInventory()
		c.see("The token does not permit it. Needed: read on sys/mounts.")
		c.shelf(2)
		c.see("Needed: read and sudo on sys/audit.")
	})
}

// limitedToken is one of the policy default.
func limitedToken(t *testing.T, cluster *demo.Cluster) keys.Secret {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), http.MethodPost, cluster.Addresses()[1]+"/v1/auth/token/create", strings.NewReader(`{"policies":["default"]}`))
	if err != nil {
		t.Fatal(err)
	}
	cluster.Token().Use(func(b []byte) { q.Header.Set("X-Vault-Token", string(b)) })
	r, err := (&http.Transport{DialContext: cluster.Dial, DisableKeepAlives: true}).RoundTrip(q)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var made struct {
		Auth struct {
			Token string `json:"client_token"`
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&made); err != nil {
		t.Fatal(err)
	}
	return keys.NewSecret([]byte(made.Auth.Token))
}

func TestAShelfIsExportedAsATable(t *testing.T) {
	t.Chdir(t.TempDir())
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.onInventory()
		c.press("e")
		c.wait(time.Second)
		files, err := os.ReadDir(".")
		if err != nil || len(files) != 1 {
			t.Fatalf("%v, %v", files, err)
		}
		got, err := os.ReadFile(files[0].Name())
		if err != nil || !strings.Contains(string(got), "# Mounts\n\nAs vault-2 told at 2000-01-01 00:00:12 UTC.") || !strings.Contains(string(got), "| kv/ | kv |") {
			t.Errorf("%s, %v", got, err)
		}
		c.press("q")
		c.see("Exported to")
	})
}

// TestAnAnswerOfAClosedInventoryChangesNothing: who closed it does not wait for it.
func TestAnAnswerOfAClosedInventoryChangesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.wait(12 * time.Second)
		if err := c.cluster.Apply(demo.Slow{Node: c.leader(), By: 3 * time.Second}); err != nil {
			t.Fatal(err)
		}
		c.press("i")
		c.see("asking")
		c.press("esc")
		c.wait(10 * time.Second)
		c.miss("Inventory of")
	})
}

// TestWithoutALeaderTheInventoryIsAskedOfTheSelectedNode: OpenBao's standbys answer reads, Vault's do not.
func TestWithoutALeaderTheInventoryIsAskedOfTheSelectedNode(t *testing.T) {
	for p, says := range map[demo.Product]string{demo.OpenBao: "secrets of the applications", demo.Vault: "It could not be read"} {
		t.Run(p.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: "quorum-lost", Product: p}, 80, 24)
				c.wait(20 * time.Second)
				for range 3 {
					c.press("i")
					c.wait(time.Second)
					if strings.Contains(c.screen(), "Inventory of") {
						break
					}
					c.see("none that serves is selected")
					c.press("down")
				}
				c.wait(10 * time.Second)
				c.see(says)
			})
		})
	}
}
