package conformance

import (
	"testing"
	"time"

	"warder/vault"
)

// reads asks for everything, in so many rounds: what is answered in one may allow more in the next.
func reads(t *testing.T, by *vault.Clients, s vault.Snapshot, rounds int) vault.Snapshot {
	t.Helper()
	idle := func(string, vault.Lane) bool { return false }
	for range rounds {
		for _, ask := range s.Due(time.Now(), true, idle) {
			s = s.Merge(by.Fetch(t.Context(), ask))
		}
	}
	return s
}

// discovered begins with the address of a standby and ends with every node, in the Raft configuration and with autopilot's word.
func discovered(t *testing.T, c *cluster) {
	given := c.nodes[c.standby(t)]
	fresh := c.clients(t, []string{given}, c.token)                   // to which the others' addresses were not given
	members := reads(t, fresh, vault.NewSnapshot(given), 4).Members() // the leader, then the others; and each in both lanes
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
