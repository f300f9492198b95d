// Command warder is a terminal console for HashiCorp Vault and OpenBao clusters.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"warder/demo"
	"warder/theme"
	"warder/ui"
	"warder/vault"
)

// version is set at release with -ldflags.
var version = "dev"

func main() {
	// A lost terminal sends SIGHUP. All three end the program in the same orderly way.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if err := rootCommand().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "warder: "+err.Error())
		stop()
		os.Exit(1)
	}
}

// flags are what the command line of the console says.
type flags struct {
	vault.Flags
	theme string
	ascii bool
	demo  string
}

func rootCommand() *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:           "warder",
		Short:         "A terminal console for HashiCorp Vault and OpenBao clusters",
		Version:       version,
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return console(cmd.Context(), f) },
	}
	fs := cmd.Flags()
	fs.StringSliceVar(&f.Address, "address", nil, "addresses of nodes, separated by commas (BAO_ADDR, VAULT_ADDR)")
	fs.StringVar(&f.Namespace, "namespace", "", "namespace of the token (BAO_NAMESPACE, VAULT_NAMESPACE)")
	fs.StringVar(&f.CACert, "ca-cert", "", "file of CA certificates, PEM (BAO_CACERT, VAULT_CACERT)")
	fs.StringVar(&f.CAPath, "ca-path", "", "directory of CA certificates, PEM (BAO_CAPATH, VAULT_CAPATH)")
	fs.StringVar(&f.ClientCert, "client-cert", "", "file of our certificate, PEM (BAO_CLIENT_CERT, VAULT_CLIENT_CERT)")
	fs.StringVar(&f.ClientKey, "client-key", "", "file of its key, PEM (BAO_CLIENT_KEY, VAULT_CLIENT_KEY)")
	fs.StringVar(&f.TLSServerName, "tls-server-name", "", "name that the servers' certificates must bear")
	fs.BoolVar(&f.SkipVerify, "tls-skip-verify", false, "do not verify the servers' certificates")
	fs.StringVar(&f.theme, "theme", "auto", "auto, dark, light or mono")
	fs.BoolVar(&f.ascii, "ascii", false, "draw with ASCII only")
	fs.StringVar(&f.demo, "demo", "", "show a simulated cluster instead; =SCENARIO chooses one (warder demo --list)")
	fs.Lookup("demo").NoOptDefVal = defaultScenario
	cmd.AddCommand(demoCommand())
	return cmd
}

const defaultScenario = "seal-ha"

// console runs the full screen. Whatever is wrong with the settings is said before the screen is taken.
func console(ctx context.Context, f flags) error {
	mode, err := theme.ParseMode(f.theme)
	if err != nil {
		return err
	}
	if os.Getenv("NO_COLOR") != "" {
		mode = theme.Mono
	}
	settings, name, err := settings(f)
	if err != nil {
		return err
	}
	vault.Scrub()
	if err := ui.NeedTerminal(os.Stdin, os.Stdout); err != nil {
		return err
	}
	if !settings.Given && f.demo == "" && !vault.Listens(ctx, settings) {
		return errors.New("no address is configured and nothing listens at " + settings.Addresses[0] +
			": set VAULT_ADDR or BAO_ADDR, give --address, or try warder --demo")
	}
	clients := vault.NewClients(settings)
	defer clients.Close()
	o := ui.Options{
		Cluster: clients, Given: settings.Addresses, Name: name, Mode: mode,
		ASCII: f.ascii || !ui.UnicodeLocale(os.Getenv), Warnings: settings.Warnings,
	}
	if dir := vault.StateDir(os.Getenv); dir != "" && f.demo == "" {
		memory := vault.NewMemory(dir)
		o.Recalled = memory.Recall(settings.Addresses)
		o.Remember = func(id string, known []vault.Known) error { return memory.Remember(id, known, time.Now()) }
	}
	return ui.Run(ctx, o)
}

// settings are those of a real cluster, or of a simulated one that runs inside this process.
func settings(f flags) (s vault.Settings, name string, err error) {
	if f.demo == "" {
		s, err = vault.LoadSettings(f.Flags, vault.ProcessEnvironment())
		return s, "", err
	}
	c, err := simulate(f.demo)
	if err != nil {
		return s, "", err
	}
	if err := c.Listen("127.0.0.1:0"); err != nil {
		return s, "", fmt.Errorf("the simulated cluster cannot listen: %w", err)
	}
	s, err = vault.SimulatedSettings(c.Addresses(), c.Token(), c.CACert())
	return s, "demo: " + f.demo, err
}

// simulate makes the cluster of a scenario; the name of a product alone means its healthy cluster.
func simulate(scenario string) (*demo.Cluster, error) {
	o := demo.Options{Scenario: scenario}
	if p, err := demo.ParseProduct(scenario); err == nil {
		o = demo.Options{Scenario: "healthy", Product: p}
	}
	return demo.New(o)
}

func demoCommand() *cobra.Command {
	var o struct{ scenario, product, listen string }
	var tls, list bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Serve a simulated cluster on loopback, for vault, bao, hvac or a second warder",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if list {
				return listScenarios(cmd)
			}
			p, err := demo.ParseProduct(o.product)
			if err != nil {
				return err
			}
			return serve(cmd, demo.Options{Scenario: o.scenario, Product: p, TLS: tls}, o.listen)
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&o.scenario, "scenario", defaultScenario, "the situation to simulate (--list)")
	fs.StringVar(&o.product, "product", "vault", "vault (1.21), vault2 (2.0) or openbao (2.6)")
	fs.StringVar(&o.listen, "listen", "127.0.0.1:8200", "address of the first node; the others take the ports above it")
	fs.BoolVar(&tls, "tls", false, "serve with certificates of a throwaway CA")
	fs.BoolVar(&list, "list", false, "list the scenarios")
	return cmd
}

func listScenarios(cmd *cobra.Command) error {
	for _, s := range demo.Scenarios() {
		fmt.Fprintf(cmd.OutOrStdout(), "%-22s %s\n", s.Name, s.Sentence)
	}
	return nil
}

// serve prints how to reach the cluster and serves until interrupted.
func serve(cmd *cobra.Command, o demo.Options, listen string) error {
	c, err := demo.New(o)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.Listen(listen); err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "export VAULT_ADDR=%s\n", strings.Join(c.Addresses(), ","))
	c.Token().Use(func(b []byte) { fmt.Fprintf(out, "export VAULT_TOKEN=%s\n", b) })
	fmt.Fprintln(os.Stderr, "A simulated cluster serves until ctrl+c. Its token and shares open nothing else.")
	<-cmd.Context().Done()
	return nil
}
