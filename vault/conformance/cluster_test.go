package conformance

import (
	"fmt"
	"slices"
	"testing"

	"warder/keys"
	"warder/vault"
)

// cluster is what is tried, and what the suite knows of it by now.
type cluster struct {
	kind
	nodes   []string // API addresses
	ca      []byte   // PEM of who certified the nodes; nil without TLS
	machine machine
	bin     string // the product's own command line; "" where there is none

	token     keys.Secret
	shares    []keys.Secret // those in force
	threshold int
	// With the root token, with one that nobody issued, with none.
	holding, stranger, nobody *vault.Clients
}

// machine is where the nodes' processes run.
type machine interface {
	kill(t *testing.T, node int)  // at once, as a power cut would
	start(t *testing.T, node int) // again; sealed, unless its seal opens it
}

// newCluster is one of which only the addresses are known.
func newCluster(t *testing.T, k kind, nodes []string, ca []byte, m machine) *cluster {
	t.Helper()
	c := &cluster{kind: k, nodes: nodes, ca: ca, machine: m}
	c.stranger = c.clients(t, nodes, keys.NewSecret([]byte("s.nobodyeverissuedthisone")))
	c.nobody = c.clients(t, nodes, keys.Secret{})
	return c
}

// holds gives the suite a token.
func (c *cluster) holds(t *testing.T, token keys.Secret) {
	t.Helper()
	c.token, c.holding = token, c.clients(t, c.nodes, token)
}

// clients begin with some of the nodes, and trust only who certified these.
func (c *cluster) clients(t *testing.T, nodes []string, token keys.Secret) *vault.Clients {
	t.Helper()
	s, err := vault.SimulatedSettings(nodes, token, c.ca)
	works(t, "settings", err)
	out := vault.NewClients(s)
	t.Cleanup(out.Close)
	return out
}

// at is the client of a node with the token, bare the one without.
func (c *cluster) at(node int) *vault.Client { return c.holding.Client(c.nodes[node], false) }

func (c *cluster) bare(node int) *vault.Client { return c.nobody.Client(c.nodes[node], false) }

// code is what a node's sys/health answers, 0 when it does not answer.
func (c *cluster) code(t *testing.T, node int) int {
	t.Helper()
	h, _, err := c.bare(node).Health(t.Context())
	if err != nil && !vault.Is(err, vault.Unreachable) {
		t.Fatalf("health of node %d: %v", node, err)
	}
	return h.Code
}

// first waits until a node's sys/health answers a code, and gives the node's number.
func (c *cluster) first(t *testing.T, code int) int {
	t.Helper()
	var found int
	eventually(t, fmt.Sprintf("some node's health is %d", code), func() error {
		codes := make([]int, len(c.nodes))
		for i := range c.nodes {
			if codes[i] = c.code(t, i); codes[i] == code {
				found = i
				return nil
			}
		}
		return fmt.Errorf("they are %v", codes)
	})
	return found
}

func (c *cluster) active(t *testing.T) int {
	t.Helper()
	return c.first(t, vault.CodeActive)
}

func (c *cluster) standby(t *testing.T) int {
	t.Helper()
	return c.first(t, vault.CodeStandby)
}

// lead is the client of the active node.
func (c *cluster) lead(t *testing.T) *vault.Client {
	t.Helper()
	return c.at(c.active(t))
}

// becomes waits until a node's sys/health answers one of the codes.
func (c *cluster) becomes(t *testing.T, node int, codes ...int) {
	t.Helper()
	eventually(t, fmt.Sprintf("health of node %d is one of %v", node, codes), func() error {
		if code := c.code(t, node); !slices.Contains(codes, code) {
			return fmt.Errorf("it is %d", code)
		}
		return nil
	})
}

// serves waits until a node is active or standby.
func (c *cluster) serves(t *testing.T, node int) {
	t.Helper()
	c.becomes(t, node, vault.CodeActive, vault.CodeStandby)
}

// whole waits until all nodes vote and autopilot is content: before that the death of a node tries something else.
func (c *cluster) whole(t *testing.T) {
	t.Helper()
	eventually(t, "all nodes vote and are healthy", func() error {
		state, err := c.lead(t).Autopilot(t.Context())
		switch {
		case err != nil:
			return err
		case !state.Healthy || len(state.Voters) != len(c.nodes):
			return fmt.Errorf("healthy %t, voters %v, servers %+v", state.Healthy, state.Voters, state.Servers)
		}
		return nil
	})
}

// unseal gives a node as many shares as it takes, and waits until it serves.
func (c *cluster) unseal(t *testing.T, node int) {
	t.Helper()
	for _, share := range c.shares[:c.threshold] {
		if _, err := c.bare(node).Unseal(t.Context(), share, false); err != nil {
			t.Fatalf("unseal node %d: %v", node, err)
		}
	}
	c.serves(t, node)
}
