package ui_test

import (
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
)

// TestAnActThatIsConfirmedAfterAnotherNodeCameToLeadTellsTheTruth: between the question and the answer the active node is gone, or
// another one. Whatever is told then, it is true, and nothing is left half done.
func TestAnActThatIsConfirmedAfterAnotherNodeCameToLeadTellsTheTruth(t *testing.T) {
	acts := map[string]struct {
		ask     func(c *console) // up to the question
		confirm func(c *console, was string)
	}{
		"rotation": {func(c *console) { c.press("K"); c.wait(2 * time.Second); c.press("down", "enter") }, yes},
		"autopilot": {func(c *console) {
			c.onCluster()
			c.press("down", "enter", "backspace", "backspace", "backspace", "20s", "enter", "enter", "enter", "enter", "enter", "enter")
		}, yes},
		"leases": {func(c *console) {
			c.onCluster()
			c.press("down", "down", "down", "enter", "database/creds/app", "enter")
			c.wait(2 * time.Second)
		}, func(c *console, _ string) { c.press("revoke leases", "enter") }},
		"removal": {func(c *console) {
			_, other, _ := c.rows()
			c.actOn(other)
			for !strings.Contains(c.screen(), "> Remove") {
				c.press("down")
			}
			c.press("enter")
		}, func(c *console, was string) {
			stem, n := was[:len(was)-1], was[len(was)-1]-'1'
			c.press("remove "+stem+string('1'+(n+1)%3), "enter")
		}},
		"save":    {func(c *console) { c.press("S"); c.wait(2 * time.Second); c.press("down", "enter", "enter") }, yes},
		"restore": {func(c *console) { c.restores(2, c.takes()) }, func(c *console, was string) { c.press("pgdown", "pgdown", "restore "+was, "enter") }},
	}
	for _, p := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		for name, a := range acts {
			for change, dies := range map[string]bool{"stepped down": false, "died": true} {
				t.Run(p.String()+", "+name+", "+change, func(t *testing.T) {
					t.Chdir(t.TempDir())
					synctest.Test(t, func(t *testing.T) {
						c := open(t, demo.Options{Scenario: "healthy", Product: p}, 80, 24)
						c.wait(12 * time.Second)
						was := c.leader()
						a.ask(c)
						c.changeLeader(was, dies)
						a.confirm(c, was)
						c.wait(30 * time.Second)
						told := c.screen()
						honest := []string{"Done, and read back", "Nothing was changed", "no file was left", "It is not sent again"}
						if !holdsOne(told, honest) {
							t.Errorf("what is told?\n%s", told)
						}
						if dies && strings.Contains(told, "Done, and read back") && name != "removal" {
							t.Errorf("done by a node that is dead?\n%s", told)
						}
						files, _ := os.ReadDir(".")
						if saved := strings.Contains(told, "Done, and read back") && name == "save" || name == "restore"; saved != (len(files) == 1) {
							t.Errorf("%v is there, and it says\n%s", files, told)
						}
					})
				})
			}
		}
	}
}

func yes(c *console, _ string) { c.press("y") }

func holdsOne(text string, any []string) bool {
	for _, a := range any {
		if strings.Contains(strings.Join(strings.Fields(strings.NewReplacer("┃", " ", "│", " ").Replace(text)), " "), a) {
			return true
		}
	}
	return false
}

// changeLeader has another node lead, and waits until it does.
func (c *console) changeLeader(was string, dies bool) {
	c.t.Helper()
	var f demo.Fault = demo.StepDown{}
	if dies {
		f = demo.Stop{Node: was}
	}
	if err := c.cluster.Apply(f); err != nil {
		c.t.Fatal(err)
	}
	c.wait(30 * time.Second)
}
