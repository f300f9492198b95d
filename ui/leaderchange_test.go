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
		ask     []string // the keys up to the question
		confirm []string
	}{
		"rotation":  {[]string{"K", " ", "down", "enter"}, []string{"y"}},
		"autopilot": {[]string{"X", " ", "down", "enter", "backspace", "backspace", "backspace", "20s", "enter", "enter", "enter", "enter", "enter", "enter"}, []string{"y"}},
		"snapshot":  {[]string{"S", " ", "down", "enter", "enter"}, []string{"y"}},
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
						for _, key := range a.ask {
							if key == " " {
								c.wait(2 * time.Second)
								continue
							}
							c.press(key)
						}
						c.see("the same as")
						c.changeLeader(was, dies)
						c.press(a.confirm...)
						c.wait(30 * time.Second)
						told := c.screen()
						honest := []string{"Done, and read back", "Nothing was changed", "no file was left", "It is not sent again"}
						if !holdsOne(told, honest) {
							t.Errorf("what is told?\n%s", told)
						}
						if dies && strings.Contains(told, "Done, and read back") {
							t.Errorf("done by a node that is dead?\n%s", told)
						}
						files, _ := os.ReadDir(".")
						if saved := strings.Contains(told, "Done, and read back") && name == "snapshot"; saved != (len(files) == 1) {
							t.Errorf("%v is there, and it says\n%s", files, told)
						}
					})
				})
			}
		}
	}
}

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
