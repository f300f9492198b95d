package ui_test

import (
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
)

// actOn opens the acts on a node, told by how many rows it stands below the first.
func (c *console) actOn(row int) {
	c.t.Helper()
	c.press("up", "up", "up")
	for range row {
		c.press("down")
	}
	c.press("x")
	c.wait(2 * time.Second)
	c.see("Act on ")
}

// take chooses an act and, where it wants that, types its confirmation.
func (c *console) take(nth int, confirm string) {
	c.t.Helper()
	for range nth {
		c.press("down")
	}
	c.press("enter")
	c.see("the same as")
	c.fits(80, 24)
	c.press(confirm)
}

// rows are the rows of the leader and of one of the others, whose name is told.
func (c *console) rows() (leader, other int, name string) {
	c.t.Helper()
	id := c.leader()
	stem := id[:len(id)-1]
	leader = int(id[len(id)-1] - '1')
	other = (leader + 1) % 3
	return leader, other, stem + string(rune('1'+other))
}

func TestTheActiveNodeStepsDownAndItIsReadBack(t *testing.T) {
	for _, p := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		t.Run(p.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := open(t, demo.Options{Scenario: "healthy", Product: p}, 80, 24)
				c.wait(12 * time.Second)
				was := c.leader()
				at, _, _ := c.rows()
				c.actOn(at)
				c.take(1, "step down")
				c.press("enter")
				c.wait(20 * time.Second)
				c.see("Done, and read back.", "active now")
				c.press("enter")
				c.wait(12 * time.Second)
				if c.leader() == was {
					t.Errorf("%s leads as before", was)
				}
			})
		})
	}
}

func TestAPeerIsRemovedAfterItsNameWasTyped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy"}, 80, 24)
		c.wait(12 * time.Second)
		_, at, name := c.rows()
		c.actOn(at)
		c.see("Vault seals its active node only")
		c.take(1, "remove "+name)
		c.see("2 of 2 voters left")
		c.press("enter")
		c.wait(10 * time.Second)
		c.see("Done, and read back.", "gone")
	})
}

func TestOnOpenBaoAStandbyIsSealedAndAVoterDemotedAndPromoted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "healthy", Product: demo.OpenBao}, 80, 24)
		c.wait(12 * time.Second)
		_, at, name := c.rows()
		c.actOn(at)
		c.take(3, "demote "+name) // seal, remove, demote: it does not lead, and votes
		c.see("2 voters then, of which 2 have to take part")
		c.press("enter")
		c.wait(5 * time.Second)
		c.see("Done, and read back.", "non-voter")
		c.press("enter")
		c.wait(12 * time.Second)
		c.actOn(at)
		c.take(3, "")
		c.see("Promote to voter", "3 voters then, of")
		c.press("y")
		c.wait(5 * time.Second)
		c.see("Done, and read back.", "voter")
		c.press("enter")
		c.wait(12 * time.Second)
		c.actOn(at)
		c.take(1, "seal "+name)
		c.press("enter")
		c.wait(5 * time.Second)
		c.see("Done, and read back.")
		c.press("enter")
		c.wait(3 * time.Second)
		c.see("sealed 0/3")
	})
}

func TestWhereWarderReadsOnlyNothingIsDoneToANode(t *testing.T) {
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
		c.press("x")
		c.wait(2 * time.Second)
		c.see("Step down: not here and now. Warder was told to read only", "Seal: not here and now. Warder was told")
	})
}
