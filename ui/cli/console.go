package cli

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/spf13/cobra"

	"warder/keys"
	"warder/theme"
	"warder/ui"
	"warder/vault"
	"warder/vault/ceremony"
)

// consoleFlags are what the command line of the console says.
type consoleFlags struct {
	vault.Flags
	theme string
	ascii bool
	idle  time.Duration
	demo  string
}

func consoleCommand() *cobra.Command {
	var f consoleFlags
	cmd := quiet(&cobra.Command{
		Use:   "warder",
		Short: "A terminal console for HashiCorp Vault and OpenBao clusters",
		RunE:  func(cmd *cobra.Command, _ []string) error { return console(cmd.Context(), f) },
	})
	fs := cmd.Flags()
	settingsFlags(fs, &f.Flags)
	fs.StringVar(&f.theme, "theme", "auto", "auto, dark, light or mono")
	fs.BoolVar(&f.ascii, "ascii", false, "draw with ASCII only")
	fs.DurationVar(&f.idle, "blank-after", time.Minute, "blank the screen of a ceremony when no key was pressed for so long; 0 never does")
	demoFlag(fs, &f.demo)
	return cmd
}

// console runs the full screen.
func console(ctx context.Context, f consoleFlags) error {
	mode, err := theme.ParseMode(f.theme)
	if err != nil {
		return err
	}
	if os.Getenv("NO_COLOR") != "" {
		mode = theme.Mono
	}
	o := ui.Options{Mode: mode, Idle: f.idle, ASCII: f.ascii || ui.PlainTerminal(os.Getenv)}
	settings, err := f.settings(&o)
	if err != nil {
		return err
	}
	vault.Scrub()
	if err := ui.NeedTerminal(os.Stdin, os.Stdout); err != nil {
		return err
	}
	if !settings.Given && !vault.Listens(ctx, settings) {
		return errors.New("no address is configured and nothing listens at " + settings.Addresses[0] +
			": set VAULT_ADDR or BAO_ADDR, give --address, or try warder --demo")
	}
	clients := vault.NewClients(settings)
	defer clients.Close()
	o.Cluster, o.Given, o.Warnings = clients, settings.Addresses, settings.Warnings
	o.Ceremonies, o.SkipVerify = ceremony.Runner{Clients: clients}.Do, settings.SkipVerify
	o.Cautions = cautions
	o.Release = func() { release(clients) }
	o.LookupAccessor = func(ctx context.Context, address string, learnt bool, accessor string) (bool, error) {
		_, there, err := clients.Client(address, learnt).LookupAccessor(ctx, accessor)
		return there, err
	}
	return ui.Run(ctx, o)
}

// cautions are what custodians should know before they type a share.
func cautions() []string {
	var out []string
	if by := Recording(os.Getenv, Ancestors()); by != "" {
		out = append(out, "This terminal seems to be recorded or watched: "+by+". What is revealed on it is kept there.")
	}
	if !keys.Locked() {
		out = append(out, "The system does not let warder lock memory: secrets may reach the swap space (raise ulimit -l).")
	}
	return out
}

// settings are those of a real cluster, with what is remembered of it, or those of a simulated one inside this process.
func (f consoleFlags) settings(o *ui.Options) (vault.Settings, error) {
	if f.demo != "" {
		o.Name = "demo: " + f.demo
		s, stores, err := simulatedSettings(f.demo)
		o.Stores = stores
		return s, err
	}
	s, err := vault.LoadSettings(f.Flags, vault.ProcessEnvironment())
	if err != nil {
		return s, err
	}
	if dir := vault.StateDir(os.Getenv); dir != "" {
		memory := vault.NewMemory(dir)
		o.Recalled = memory.Recall(s.Addresses)
		o.Remember = func(id string, known []vault.Known) error { return memory.Remember(id, known, time.Now()) }
	}
	return s, nil
}
