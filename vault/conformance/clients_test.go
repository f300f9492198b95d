package conformance

import (
	"os"
	"testing"

	"warder/keys"
	"warder/vault"
)

// asked skips what only `make conformance` tries, since it needs what others wrote.
func asked(t *testing.T) {
	t.Helper()
	if os.Getenv("CONFORMANCE") == "" {
		t.Skip("SKIPPED: NO CLIENT OF OTHERS WAS TRIED HERE (make conformance)")
	}
}

// words are how a vendor's command line says a rekey, and whether its generate-root knows the product.
type words struct {
	product kind
	rekey   string
	root    bool
	cancel  int      // how a cancel of a rekey ends
	strange []string // what it asks of paths that the product does not have, or keeps closed
}

func TestOpenBaosCommandLine(t *testing.T) {
	t.Parallel()
	asked(t)
	bin := binary(t, "BAO_BIN")
	for _, w := range []words{
		{product: openBao, rekey: "rotate-keys", root: true, strange: []string{"operator", "rekey", "-init"}},
		// It sends no nonce, without which Vault cancels nothing.
		{product: vault1, rekey: "rekey", cancel: 2, strange: []string{"operator", "generate-root", "-init"}},
		{product: vault2, rekey: "rekey", cancel: 2, strange: []string{"operator", "generate-root", "-init"}},
	} {
		t.Run(w.product.String(), func(t *testing.T) { t.Parallel(); w.drive(t, bin) })
	}
}

func TestVaultsCommandLine(t *testing.T) {
	t.Parallel()
	asked(t)
	bin := binary(t, "VAULT_BIN")
	for _, product := range []kind{vault1, vault2} {
		w := words{product: product, rekey: "rekey", root: true}
		t.Run(product.String(), func(t *testing.T) { t.Parallel(); w.drive(t, bin) })
	}
}

// drive has a command line make a cluster of a demo that nobody initialised, and hold its ceremonies.
func (w words) drive(t *testing.T, bin string) {
	c, _ := demoOf(t, w.product, "uninitialised", false)
	tool := cli{bin: bin, home: t.TempDir(), address: c.nodes[0]}
	shares := tool.found(t, c)
	tool.token = text(c.token)
	lead := tool.on(c.nodes[c.active(t)])
	lead.looks(t, c)
	lead.wraps(t)
	shares = w.rekeys(t, lead, shares[:3])
	if w.root {
		lead.generatesRoot(t, shares[:2])
	}
	if w.strange != nil {
		lead.json(t, 2, "", w.strange...)
	}
	lead.does(t, "operator", "step-down")
	c.becomes(t, 0, vault.CodeStandby)
	lead = tool.on(c.nodes[c.active(t)])
	lead.does(t, "operator", "seal")
	lead.json(t, 2, "", "status")
}

// found initialises the first node, and joins and unseals them all.
func (c cli) found(t *testing.T, of *cluster) []string {
	t.Helper()
	c.json(t, 2, "", "status")
	made := c.does(t, "operator", "init", "-key-shares=5", "-key-threshold=3")
	shares := texts(made["unseal_keys_b64"])
	if len(shares) != 5 {
		t.Fatalf("%d shares", len(shares))
	}
	of.holds(t, keys.NewSecret([]byte(made["root_token"].(string))))
	for i, address := range of.nodes {
		node := c.on(address)
		if i > 0 {
			node.does(t, "operator", "raft", "join", of.nodes[0])
		}
		for n, share := range shares[:3] {
			got := node.does(t, "operator", "unseal", share)
			if progress := got["progress"]; n < 2 && progress != float64(n+1) {
				t.Errorf("progress %v after %d shares", progress, n+1)
			}
		}
		of.serves(t, i)
	}
	of.whole(t)
	return shares
}

// looks reads what an operator looks at.
func (c cli) looks(t *testing.T, of *cluster) {
	t.Helper()
	if s := c.does(t, "status"); s["sealed"] != false || s["is_self"] != true || s["t"] != 3.0 || s["leader_address"] != c.address {
		t.Errorf("status: %v", s)
	}
	if got := c.does(t, "operator", "members"); count(dig(got, "Nodes")) != len(of.nodes) {
		t.Errorf("members: %v", got)
	}
	if got := c.does(t, "operator", "raft", "list-peers"); count(dig(got, "data", "config", "servers")) != len(of.nodes) {
		t.Errorf("peers: %v", got)
	}
	state := c.does(t, "operator", "raft", "autopilot", "state")
	if dig(state, "Healthy") != true || dig(state, "FailureTolerance") != 1.0 || count(dig(state, "Servers")) != len(of.nodes) {
		t.Errorf("autopilot: %v", state)
	}
	c.does(t, "operator", "raft", "autopilot", "get-config")
	if s := c.does(t, "operator", "key-status"); s["term"] != 1.0 {
		t.Errorf("key status: %v", s)
	}
}

// wraps makes a token that comes wrapped, opens it, and looks it up.
func (c cli) wraps(t *testing.T) {
	t.Helper()
	wrapped := c.does(t, "token", "create", "-policy=default", "-wrap-ttl=24h")["wrap_info"].(map[string]any)
	auth := c.does(t, "unwrap", wrapped["token"].(string))["auth"].(map[string]any)
	self := c.as(auth["client_token"].(string)).does(t, "token", "lookup")["data"].(map[string]any)
	if self["accessor"] != auth["accessor"] || self["path"] != "auth/token/create" {
		t.Errorf("what came out of its wrapping: %v", self)
	}
	c.json(t, 2, "", "unwrap", wrapped["token"].(string))
}

// text is a secret of a demo, for an environment or a standard input.
func text(s keys.Secret) (out string) {
	s.Use(func(b []byte) { out = string(b) })
	return out
}

func texts(list any) []string {
	var out []string
	items, _ := list.([]any)
	for _, s := range items {
		out = append(out, s.(string))
	}
	return out
}
