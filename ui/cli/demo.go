package cli

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"warder/demo"
	"warder/keys"
	"warder/vault"
	"warder/vault/keystore"
)

const defaultScenario = "seal-ha"

// simulatedSettings start a cluster inside this process and reach it, and the key stores beside it. The name of a product alone
// means its healthy cluster.
func simulatedSettings(scenario string) (s vault.Settings, stores []keystore.Store, said []string, err error) {
	o := demo.Options{Scenario: scenario}
	if p, err := demo.ParseProduct(scenario); err == nil {
		o = demo.Options{Scenario: "healthy", Product: p}
	}
	c, err := demo.New(o)
	if err != nil {
		return s, nil, nil, err
	}
	if err := c.Listen("127.0.0.1:0"); err != nil {
		return s, nil, nil, fmt.Errorf("the simulated cluster cannot listen: %w", err)
	}
	if s, err = vault.SimulatedSettings(c.Addresses(), c.Token(), c.CACert()); err != nil {
		return s, nil, nil, err
	}
	for _, k := range c.Stores() {
		store, err := keystore.Open(k.Kind, keystore.Config{Name: k.Name, Address: k.Address, CAPEM: c.CACert(), Token: k.Token})
		if err != nil {
			return s, nil, nil, err
		}
		stores = append(stores, store)
	}
	return s, stores, rehearsing(c), nil
}

// rehearsing is what who rehearses has to know: the shares, which open this process only, and how something is let happen.
func rehearsing(c *demo.Cluster) []string {
	i := invite(c)
	out := []string{"To let something happen in the rehearsal: curl -X POST -d '{\"Node\": \"NAME\"}' " + i.Control + "/stop (GET " + i.Control + " lists what can)."}
	for n, s := range i.Shares {
		out = append(out, fmt.Sprintf("Old share %d of the simulated cluster, which opens nothing else: %s", n+1, s))
	}
	return out
}

// demoFlags are what the command line of the simulated cluster says.
type demoFlags struct {
	scenario, product, listen, output string
	nodes                             int
	tls, list                         bool
}

func demoCommand() *cobra.Command {
	var f demoFlags
	cmd := quiet(&cobra.Command{
		Use:   "demo",
		Short: "Serve a simulated cluster on loopback, for vault, bao, hvac or a second warder",
		RunE:  func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	})
	fs := cmd.Flags()
	fs.StringVar(&f.scenario, "scenario", defaultScenario, "the situation to simulate (--list)")
	fs.StringVar(&f.product, "product", "vault", "vault (1.21), vault2 (2.0) or openbao (2.6)")
	fs.StringVar(&f.listen, "listen", "127.0.0.1:8200", "address of the first node; the others take the ports above it; port 0 takes any")
	fs.StringVar(&f.output, "output", "text", "text or json")
	fs.IntVar(&f.nodes, "nodes", 0, "how many nodes, instead of the scenario's own number")
	fs.BoolVar(&f.tls, "tls", false, "serve with certificates of a throwaway CA")
	fs.BoolVar(&f.list, "list", false, "list the scenarios")
	return cmd
}

// run prints how to reach the cluster and serves until interrupted.
func (f demoFlags) run(cmd *cobra.Command) error {
	vault.Scrub() // a real cluster's token has no business here
	out := cmd.OutOrStdout()
	if f.list {
		for _, s := range demo.Scenarios() {
			fmt.Fprintf(out, "%-22s %s\n", s.Name, s.Sentence)
		}
		return nil
	}
	tell := map[string]func(io.Writer, *demo.Cluster) error{"text": tellShell, "json": tellJSON}[f.output]
	if tell == nil {
		return fmt.Errorf("unknown output %q: want text or json", f.output)
	}
	product, err := demo.ParseProduct(f.product)
	if err != nil {
		return err
	}
	c, err := demo.New(demo.Options{Scenario: f.scenario, Product: product, TLS: f.tls, Nodes: f.nodes})
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.Listen(f.listen); err != nil {
		return err
	}
	if err := tell(out, c); err != nil {
		return err
	}
	<-cmd.Context().Done()
	return nil
}

// invitation is all that a client needs. Printing shares and a token is the purpose here: they open this process only.
type invitation struct {
	Addresses []string `json:"addresses"`
	Token     string   `json:"token"`
	Shares    []string `json:"shares"`
	Control   string   `json:"control"`
	CACert    string   `json:"ca_cert"`

	KeyStores []invitedStore `json:"key_stores"`
}

// invitedStore is a storage system beside the cluster.
type invitedStore struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Address string `json:"address"`
	Token   string `json:"token"`
}

func invite(c *demo.Cluster) (i invitation) {
	i.Addresses, i.Control, i.CACert = c.Addresses(), c.Control(), string(c.CACert())
	i.Token = reveal(c.Token(), func(b []byte) string { return string(b) })
	i.Shares = []string{}
	for _, s := range c.Shares() {
		i.Shares = append(i.Shares, reveal(s, base64.StdEncoding.EncodeToString))
	}
	i.KeyStores = []invitedStore{}
	for _, s := range c.Stores() {
		i.KeyStores = append(i.KeyStores, invitedStore{s.Name, s.Kind, s.Address, reveal(s.Token, func(b []byte) string { return string(b) })})
	}
	return i
}

func reveal(s keys.Secret, as func([]byte) string) (text string) {
	s.Use(func(b []byte) { text = as(b) })
	return text
}

// tellJSON prints one object on the first line.
func tellJSON(out io.Writer, c *demo.Cluster) error { return json.NewEncoder(out).Encode(invite(c)) }

// tellShell prints lines that a shell can take in, with the rest as comments.
func tellShell(out io.Writer, c *demo.Cluster) error {
	i := invite(c)
	fmt.Fprintln(out, "# A simulated cluster. Its token and its shares open nothing else.")
	fmt.Fprintf(out, "export VAULT_ADDR=%s\n", i.Addresses[0])
	if i.Token != "" {
		fmt.Fprintf(out, "export VAULT_TOKEN=%s\n", i.Token)
	}
	for n, a := range i.Addresses {
		fmt.Fprintf(out, "# node %d: %s\n", n+1, a)
	}
	for n, s := range i.Shares {
		fmt.Fprintf(out, "# share %d: %s\n", n+1, s)
	}
	for _, s := range i.KeyStores {
		fmt.Fprintf(out, "# key store %s (%s): %s, token %s\n", s.Name, s.Kind, s.Address, s.Token)
	}
	fmt.Fprintf(out, "# to let something happen: curl -X POST -d '{\"Node\": \"NAME\"}' %s/stop (GET lists what can)\n", i.Control)
	if i.CACert != "" {
		return tellCA(out, i.CACert)
	}
	_, err := fmt.Fprintln(out, "# It serves until ctrl+c.")
	return err
}
