package conformance

import (
	"testing"
	"time"

	"warder/vault"
)

// discovered begins with the address of a standby and ends with every node, in the Raft configuration and with autopilot's word.
func discovered(t *testing.T, c *cluster) {
	given := c.nodes[c.standby(t)]
	idle := func(string, vault.Lane) bool { return false }
	fresh := clients(t, []string{given}, c.token) // to which the others' addresses were not given
	s := vault.NewSnapshot(given)
	for range 4 { // the leader, then the others; and each in both lanes
		for _, ask := range s.Due(time.Now(), true, idle) {
			s = s.Merge(fresh.Fetch(t.Context(), ask))
		}
	}
	members := s.Members()
	if len(members) != len(c.nodes) {
		t.Errorf("%d members", len(members))
	}
	for _, m := range members {
		if m.Node == nil || m.HA == nil || m.Raft == nil || m.Autopilot == nil {
			t.Errorf("member %s: node %t, HA %t, Raft %t, autopilot %t", m.Name, m.Node != nil, m.HA != nil, m.Raft != nil, m.Autopilot != nil)
			continue
		}
		if p := m.Node.Product(); p != c.product() {
			t.Errorf("member %s is taken for %s", m.Name, p)
		}
	}
}
