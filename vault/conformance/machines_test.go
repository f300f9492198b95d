package conformance

import (
	"crypto/rand"
	"fmt"
	"slices"
	"testing"

	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// The steps here hold ceremonies by warder's own machines, and then ask the servers past them.

func (c *cluster) unsealing(t *testing.T) *console {
	t.Helper()
	return c.sits(t, func(s vault.Snapshot, prints *keys.Fingerprinter) ceremony.Machine {
		return ceremony.NewUnseal(ceremony.Sealed(s, false), s, prints)
	})
}

func (c *cluster) replacing(t *testing.T) *console {
	t.Helper()
	return c.sits(t, func(s vault.Snapshot, prints *keys.Fingerprinter) ceremony.Machine {
		return ceremony.NewRekey(s, false, prints, rand.Reader)
	})
}

// machineUnseals opens all nodes after a power cut. A wrong last share empties the one node that it is tried on, and no other.
func machineUnseals(t *testing.T, c *cluster) {
	for i := range c.nodes {
		c.machine.kill(t, i)
	}
	for i := range c.nodes {
		c.machine.start(t, i)
		c.becomes(t, i, vault.CodeSealed)
	}
	p, last := c.unsealing(t), c.threshold-1
	p.gives(c.shares[:last]...)
	p.gives(mistyped(c.shares[last]))
	p.alarmed("All shares it was given are gone")
	if got := c.gathered(t); !slices.Equal(got, []int{0, last, last}) {
		t.Errorf("after a wrong last share the nodes have %v", got)
	}
	p.gives(c.shares[last])
	p.gives(c.shares[:last]...)
	p.endsWell()
	c.open(t)
}

// gathered is how many shares each node says that it has, the fewest first.
func (c *cluster) gathered(t *testing.T) []int {
	t.Helper()
	var out []int
	for i := range c.nodes {
		s, err := c.bare(i).SealStatus(t.Context())
		if works(t, "seal status", err); !s.Sealed {
			t.Errorf("node %d is open", i)
		}
		out = append(out, s.Progress)
	}
	slices.Sort(out)
	return out
}

// open asks every node whether it is, and waits until the cluster is whole.
func (c *cluster) open(t *testing.T) {
	t.Helper()
	for i := range c.nodes {
		s, err := c.bare(i).SealStatus(t.Context())
		if works(t, "seal status", err); s.Sealed {
			t.Errorf("node %d is sealed", i)
		}
	}
	c.whole(t)
}

// machineRekeys replaces the shares, and has the leader die: it returns by the new ones only.
func machineRekeys(t *testing.T, c *cluster) {
	p := c.replacing(t)
	old := p.replaces()
	restarted := c.active(t)
	c.machine.kill(t, restarted)
	c.active(t)
	c.machine.start(t, restarted)
	c.becomes(t, restarted, vault.CodeSealed)
	c.says(t, restarted, c.threshold, len(c.shares))

	p = c.unsealing(t)
	p.gives(old[:c.threshold]...)
	p.alarmed("All shares it was given are gone")
	if code := c.code(t, restarted); code != vault.CodeSealed {
		t.Errorf("after the old shares its health is %d", code)
	}
	p.gives(c.shares[:c.threshold]...)
	p.endsWell()
	c.open(t)
	c.machineRoots(t, old)
}

func machineRekeysRecovery(t *testing.T, c *cluster) {
	p := c.replacing(t)
	p.picks("recovery")
	c.machineRoots(t, p.replaces())
}

// machineRekeysBehindSeal replaces the key of which nobody has a share; the recovery shares stay, and the seal opens the node.
func machineRekeysBehindSeal(t *testing.T, c *cluster) {
	p := c.replacing(t)
	p.picks("barrier")
	p.gives(c.shares[:c.threshold]...)
	p.endsWell()
	c.says(t, c.active(t), c.threshold, len(c.shares))
	reopenedBySeal(t, c)
	c.machineRoots(t, nil)
}

// replaces goes to any 3 of 5, hands every new share out and has every one proved. It gives the old ones.
func (p *console) replaces() (old []keys.Secret) {
	t, c := p.t, p.c
	t.Helper()
	p.fills(map[string]string{"shares": "5", "threshold": "3"})
	p.through()
	p.picks("open")
	p.gives(c.shares[:c.threshold]...)
	var fresh []keys.Secret
	for i := range 5 {
		fresh = append(fresh, p.writesDown(fmt.Sprintf("custodian %d", i+1)))
	}
	p.through()
	p.gives(fresh[4], fresh[1])
	c.says(t, c.active(t), c.threshold, len(c.shares)) // the old ones, up to the last share given back
	p.gives(fresh[3])
	c.says(t, c.active(t), 3, 5)
	p.gives(fresh[0], fresh[2])
	p.endsWell()
	old, c.shares, c.threshold = c.shares, fresh, 3
	return old
}
