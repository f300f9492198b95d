package conformance

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"warder/vault"
)

func sealedStandby(t *testing.T, c *cluster) {
	standby := c.standby(t)
	status, _ := c.write(t, standby, "sys/seal", c.token, map[string]any{})
	want := map[outcome]int{accepted: http.StatusNoContent, failed: http.StatusInternalServerError}[differences["seal a standby"].outcomes[c.kind]]
	if status != want {
		t.Errorf("seal a standby: %d, want %d", status, want)
	}
	if status == http.StatusNoContent {
		c.becomes(t, standby, vault.CodeSealed)
		c.unseal(t, standby)
	}
	c.whole(t)
}

// leaderDies kills the leader and brings it back; the others elect.
func leaderDies(t *testing.T, c *cluster) {
	dead := c.active(t)
	c.machine.kill(t, dead)
	eventually(t, "connections are refused", func() error { // and no longer broken ones tried
		_, _, err := c.bare(dead).Health(t.Context())
		var e *vault.Error
		if !errors.As(err, &e) || e.Kind != vault.Unreachable || e.Why != vault.ConnRefused {
			return fmt.Errorf("health: %w", err)
		}
		return nil
	})
	if next := c.active(t); next == dead {
		t.Fatal("a dead node leads")
	}
	eventually(t, "autopilot notices", func() error {
		state, err := c.lead(t).Autopilot(t.Context())
		if err == nil && (state.Healthy || state.Tolerance != 0) {
			err = errors.New("it is content")
		}
		return err
	})
	c.returns(t, dead)
}

// returns starts a node again and lets it in.
func (c *cluster) returns(t *testing.T, nodes ...int) {
	t.Helper()
	for _, i := range nodes {
		c.machine.start(t, i)
		c.becomes(t, i, vault.CodeSealed)
		c.says(t, i, c.threshold, len(c.shares))
		for _, share := range c.shares[:c.threshold] {
			_, err := c.bare(i).Unseal(t.Context(), share, false)
			works(t, "unseal", err)
		}
	}
	for _, i := range nodes {
		c.serves(t, i)
	}
	c.whole(t)
}

const raftWithoutQuorum = "the Raft configuration without a quorum"

// leaderAlone loses the quorum and keeps the leader: it steps down, knows of no leader, and what needs one is refused.
func leaderAlone(t *testing.T, c *cluster) {
	left := c.active(t)
	dead := c.killsOthers(t, left)
	c.becomes(t, left, vault.CodeStandby)
	node := c.at(left)
	l, err := node.Leader(t.Context())
	if works(t, "leader", err); l.IsSelf || l.Address != "" {
		t.Errorf("leader: %+v", l)
	}
	_, err = node.HAStatus(t.Context())
	ends(t, "HA status without a quorum", err, noActive)
	_, err = node.Autopilot(t.Context())
	ends(t, "autopilot without a quorum", err, noActive)
	eventually(t, "reads without a leader are as they stay", func() error {
		_, err = node.RaftConfiguration(t.Context())
		if want := differences[raftWithoutQuorum].outcomes[c.kind]; outcomeOf(err) != want {
			return fmt.Errorf("%s: %s, want %s", raftWithoutQuorum, outcomeOf(err), want)
		}
		return nil
	})
	c.returns(t, dead...)
}

// standbyAlone loses the quorum and the leader with it: the standby that is left goes on naming the dead one.
func standbyAlone(t *testing.T, c *cluster) {
	left, active := c.standby(t), c.active(t)
	dead := c.killsOthers(t, left)
	node := c.at(left)
	eventually(t, "the standby sends its callers to the dead leader", func() error {
		_, err := node.HAStatus(t.Context())
		if outcomeOf(err) != redirected {
			return fmt.Errorf("HA status: %s: %w", outcomeOf(err), err)
		}
		return nil
	})
	l, err := node.Leader(t.Context())
	if works(t, "leader", err); l.IsSelf || l.Address != c.nodes[active] {
		t.Errorf("leader: %+v, want the dead one at %s", l, c.nodes[active])
	}
	if code := c.code(t, left); code != vault.CodeStandby && code != vault.CodeCutOff {
		t.Errorf("health is %d", code)
	}
	_, err = node.Autopilot(t.Context())
	ends(t, "autopilot", err, redirected)
	_, err = node.RaftConfiguration(t.Context())
	c.differs(t, "the Raft configuration without a leader", err)
	_, err = node.CapabilitiesSelf(t.Context(), vault.WatchedPaths...)
	c.differs(t, "capabilities without a leader", err)
	_, err = node.Rekey(t.Context(), c.doors(), vault.BarrierKey)
	c.differs(t, "a rekey's state without a leader", err)
	c.returns(t, dead...)
}

// killsOthers kills all nodes but one, and says which.
func (c *cluster) killsOthers(t *testing.T, left int) []int {
	t.Helper()
	var dead []int
	for i := range c.nodes {
		if i != left {
			c.machine.kill(t, i)
			dead = append(dead, i)
		}
	}
	return dead
}
