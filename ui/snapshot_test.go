package ui_test

import (
	"os"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
)

func TestASnapshotIsSavedToANewFileAndNeverOverOne(t *testing.T) {
	for _, p := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		t.Run(p.String(), func(t *testing.T) {
			t.Chdir(t.TempDir())
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: "healthy", Product: p}, 80, 24)
				c.wait(12 * time.Second)
				c.press("S")
				c.wait(time.Second)
				c.press("down", "enter", "enter")
				c.see("mode 0600", "operator raft snapshot save")
				c.fits(80, 24)
				if files, _ := os.ReadDir("."); len(files) != 0 {
					t.Errorf("%v before it was confirmed", files)
				}
				c.press("y")
				c.wait(time.Second)
				c.see("Done, and read back.", "Raft index", "SHA-256")
				files, err := os.ReadDir(".")
				if err != nil || len(files) != 1 {
					t.Fatalf("%v, %v", files, err)
				}
				c.press("enter", "S")
				c.wait(time.Second)
				c.press("down", "enter")
				for range 80 {
					c.press("backspace")
				}
				c.press(files[0].Name(), "enter")
				c.see("there is a file of that name already")
			})
		})
	}
}

func TestASnapshotOfANodeThatDiesLeavesNothingBehind(t *testing.T) {
	t.Chdir(t.TempDir())
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.wait(12 * time.Second)
		leader := c.leader()
		c.press("S")
		c.wait(time.Second)
		c.press("down", "enter", "enter")
		if err := c.cluster.Apply(demo.Stop{Node: leader}); err != nil {
			t.Fatal(err)
		}
		c.press("y")
		c.wait(10 * time.Second)
		c.see("no file was left")
		if files, _ := os.ReadDir("."); len(files) != 0 {
			t.Errorf("%v is left", files)
		}
	})
}
