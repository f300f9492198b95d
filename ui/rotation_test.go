package ui_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
	"warder/keys"
	"warder/vault"
)

// rotate goes from the console to the confirmation of a rotation.
func (c *console) rotate() {
	c.t.Helper()
	c.press("K")
	c.see("The barrier's key")
	c.wait(2 * time.Second)
	c.press("down", "enter")
	c.see("Rotate the key", "does not", "the same as", "operator rotate -address=")
}

func TestBarrierKeyIsRotatedOnceAndReadBackOnEveryProduct(t *testing.T) {
	for _, p := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		t.Run(p.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: "healthy", Product: p}, 80, 24)
				c.wait(3 * time.Second)
				c.rotate()
				c.see("term 1; it will be 2")
				c.fits(80, 24)
				c.press("enter") // on No
				c.miss("it will be 2")
				c.rotate()
				c.see("term 1; it will be 2")
				c.press("left", "enter")
				c.wait(time.Second)
				c.see("Done, and read back.", "2, before it was 1")
				c.press("enter")
				c.wait(3 * time.Second)
				c.rotate()
				c.see("term 2; it will be 3")
			})
		})
	}
}

func TestRotationWhoseAnswerIsLostIsReadBackAndNotSentAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.wait(3 * time.Second)
		leader := c.leader()
		c.rotate()
		if err := c.cluster.Apply(demo.LoseReplies{Node: leader, Count: 1}); err != nil {
			t.Fatal(err)
		}
		c.press("y")
		c.wait(time.Second)
		c.see("The answer was lost", "Read back, it has been done.", "2, before it was 1")
	})
}

func TestRotationWithAnUnhealthySealIsWarnedOfAndRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "seal-backend-down"}, 80, 24)
		c.wait(3 * time.Second)
		c.rotate()
		c.see("awskms-us", "refuse to")
		c.press("y")
		c.wait(time.Second)
		c.see(`seal "awskms-us" is`, "Read back, it has not been done.", "1, before it was 1")
	})
}

func TestRotationIsGreyWithoutThePermission(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cluster, err := demo.New(demo.Options{Scenario: "healthy"})
		if err != nil {
			t.Fatal(err)
		}
		cluster.ListenPipe()
		c := openWith(t, cluster, monitored(t, cluster), 80, 24)
		c.wait(3 * time.Second)
		c.press("K")
		c.wait(time.Second)
		c.see("Rotate the key: not here and now.", "update and", "sudo on sys/rotate", "Set automatic rotation: not here")
		c.press("down", "enter")
		c.miss("The barrier's key")
	})
}

// monitored are the settings of a token that may read all and change nothing.
func monitored(t *testing.T, cluster *demo.Cluster) vault.Settings {
	t.Helper()
	const id = "watcher"
	body := strings.NewReader(`{"id":"` + id + `","policies":["monitor"]}`)
	transport := &http.Transport{DialContext: cluster.Dial, DisableKeepAlives: true}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, cluster.Addresses()[1]+"/v1/auth/token/create", body)
	if err != nil {
		t.Fatal(err)
	}
	cluster.Token().Use(func(b []byte) { req.Header.Set("X-Vault-Token", string(b)) })
	res, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("no token was made: %d", res.StatusCode)
	}
	return settingsOf(t, cluster, keys.NewSecret([]byte(id)))
}

func settingsOf(t *testing.T, cluster *demo.Cluster, token keys.Secret) vault.Settings {
	t.Helper()
	s, err := vault.SimulatedSettings(cluster.Addresses(), token, cluster.CACert())
	if err != nil {
		t.Fatal(err)
	}
	s.Dial = cluster.Dial
	return s
}

func TestAutomaticRotationIsSetAndReadBack(t *testing.T) {
	for _, p := range []demo.Product{demo.Vault, demo.OpenBao} {
		t.Run(p.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: "healthy", Product: p}, 120, 36)
				c.wait(3 * time.Second)
				c.press("K")
				c.see("after 3865470566 encryptions")
				c.wait(time.Second)
				c.press("down", "down", "enter")
				c.see("Automatic rotation")
				c.press("enter", "backspace", "23h", "enter")
				c.see("24 hours at least")
				c.press("backspace", "backspace", "backspace", "90d", "enter")
				c.press("enter")
				c.see("afterwards", "or when the key is 90d old", "interval=7776000")
				c.press("y")
				c.wait(time.Second)
				c.see("Done, and read back.", "or when the key is 90d old")
			})
		})
	}
}

func TestNothingIsRotatedByWhoOnlyReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cluster, err := demo.New(demo.Options{Scenario: "healthy"})
		if err != nil {
			t.Fatal(err)
		}
		cluster.ListenPipe()
		s := settingsOf(t, cluster, cluster.Token())
		s.ReadOnly = true
		c := openWith(t, cluster, s, 80, 24)
		c.wait(3 * time.Second)
		c.press("K")
		c.wait(time.Second)
		c.see("Rotate the key: not here and now. Warder was told to read only", "Set automatic rotation: not here")
	})
}

func TestNothingIsRotatedWithoutAToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cluster, err := demo.New(demo.Options{Scenario: "no-token"})
		if err != nil {
			t.Fatal(err)
		}
		cluster.ListenPipe()
		c := openWith(t, cluster, settingsOf(t, cluster, keys.Secret{}), 80, 24)
		c.wait(3 * time.Second)
		c.press("K")
		c.wait(time.Second)
		c.see("Rotate the key: not here and now. Needs a token")
	})
}
