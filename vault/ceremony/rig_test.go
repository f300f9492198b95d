package ceremony_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"warder/demo"
	"warder/keys"
	"warder/vault"
)

// rig is a demo cluster over pipes, and the ways to it.
type rig struct {
	t       *testing.T
	cluster *demo.Cluster
	clients *vault.Clients
	prints  keys.Fingerprinter
	seen    vault.Snapshot
	settle  func() // waits until connections that a fault broke are seen to be broken
}

// scene runs a test against a cluster, under a clock that passes only while all wait.
func scene(t *testing.T, o demo.Options, test func(*rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := rigOf(t, o, (*demo.Cluster).ListenPipe)
		r.settle = synctest.Wait
		s, err := vault.SimulatedSettings(r.cluster.Addresses(), r.cluster.Token(), nil)
		if err != nil {
			t.Fatal(err)
		}
		s.Dial = r.cluster.Dial
		r.clients = vault.NewClients(s)
		defer synctest.Wait()
		defer r.cluster.Close()
		defer r.clients.Close()
		test(r)
	})
}

// live runs a test against a cluster with TLS on loopback: a handshake that is refused needs a network that buffers.
func live(t *testing.T, o demo.Options, test func(*rig)) {
	t.Helper()
	o.TLS = true
	r := rigOf(t, o, func(c *demo.Cluster) {
		if err := c.Listen("127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
	})
	s, err := vault.SimulatedSettings(r.cluster.Addresses(), r.cluster.Token(), r.cluster.CACert())
	if err != nil {
		t.Fatal(err)
	}
	r.clients = vault.NewClients(s)
	defer r.cluster.Close()
	defer r.clients.Close()
	test(r)
}

func rigOf(t *testing.T, o demo.Options, listen func(*demo.Cluster)) *rig {
	t.Helper()
	o.Random = rand.NewChaCha8([32]byte{1})
	cluster, err := demo.New(o)
	if err != nil {
		t.Fatal(err)
	}
	listen(cluster)
	r := &rig{t: t, cluster: cluster, seen: vault.NewSnapshot(cluster.Addresses()...)}
	if r.prints, err = keys.NewFingerprinter(rand.NewChaCha8([32]byte{2})); err != nil {
		t.Fatal(err)
	}
	return r
}

// nodes are the names of the nodes, in the order of their addresses.
func (r *rig) nodes() []string {
	var out []string
	for _, a := range r.cluster.Addresses() {
		name, _, _ := strings.Cut(strings.TrimPrefix(a, "http://"), ".")
		out = append(out, name)
	}
	return out
}

func (r *rig) happens(f demo.Fault) {
	r.t.Helper()
	if err := r.cluster.Apply(f); err != nil {
		r.t.Fatal(err)
	}
	if r.settle != nil {
		r.settle()
	}
}

// look reads the whole cluster.
func (r *rig) look() vault.Snapshot {
	for _, a := range r.cluster.Addresses() {
		r.seen = r.seen.Merge(r.clients.Fetch(r.t.Context(), vault.Ask{Address: a, Lane: vault.Vital}))
		if n := r.seen.Node(a); n.State() == vault.Active {
			what := vault.AskDoors | vault.AskRaft | vault.AskHA | vault.AskAutopilot | vault.AskBackends
			r.seen = r.seen.Merge(r.clients.Fetch(r.t.Context(), vault.Ask{Address: a, Lane: vault.Detail, What: what}))
		}
	}
	return r.seen
}

// share is a copy of one of the shares in force, as a custodian would type it.
func (r *rig) share(i int) keys.Share { return shareOf(r.t, r.cluster.Shares()[i]) }

func shareOf(t *testing.T, s keys.Secret) keys.Share {
	t.Helper()
	var b []byte
	s.Use(func(raw []byte) { b = slices.Clone(raw) })
	out, err := keys.NewShare(b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// wrongShare is well formed and opens nothing.
func wrongShare(t *testing.T, x byte) keys.Share {
	t.Helper()
	b := make([]byte, 33)
	for i := range b {
		b[i] = x ^ byte(i)
	}
	b[32] = x
	s, err := keys.NewShare(b)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sealStatus is what a node says, asked past the ceremony.
func (r *rig) sealStatus(node int) vault.SealStatus {
	r.t.Helper()
	s, err := r.clients.Client(r.cluster.Addresses()[node], false).SealStatus(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	return s
}
