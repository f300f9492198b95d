package cli

import (
	"context"
	"errors"
	"os"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"warder/config"
	"warder/keys"
	"warder/theme"
	"warder/ui"
	"warder/vault"
)

// consoleFlags are what the command line of the console says.
type consoleFlags struct {
	clusterFlags
	theme string
	ascii bool
	idle  time.Duration
	said  func(flag string) bool // that the flag was given
	keep  keepFlags
}

func consoleCommand() *cobra.Command {
	var f consoleFlags
	cmd := quiet(&cobra.Command{
		Use:   "warder",
		Short: "A terminal console for HashiCorp Vault and OpenBao clusters",
		RunE:  func(cmd *cobra.Command, _ []string) error { return console(cmd.Context(), cmd.Root().Version, f) },
	})
	fs := cmd.Flags()
	f.said = fs.Changed
	f.register(fs)
	fs.StringVar(&f.theme, "theme", "auto", "auto, dark, light or mono")
	fs.BoolVar(&f.ascii, "ascii", false, "draw with ASCII only")
	fs.DurationVar(&f.idle, "blank-after", time.Minute, "blank the screen of a ceremony when no key was pressed for so long; 0 never does")
	keepingFlags(fs, &f.keep)
	return cmd
}

// console runs the full screen.
func console(ctx context.Context, version string, f consoleFlags) error {
	opener, first, err := f.open(ctx)
	if err != nil {
		return err
	}
	vault.Scrub()
	o, err := f.look(opener)
	if err != nil {
		return err
	}
	if err := ui.NeedTerminal(os.Stdin, os.Stdout); err != nil {
		return err
	}
	if !first.Given && !vault.Listens(ctx, first.Settings) {
		return errors.New("no address is configured and nothing listens at " + first.Addresses[0] +
			": set VAULT_ADDR or BAO_ADDR, give --address, or try warder --demo")
	}
	o.Session = opener.session(first, f.idleIn(first.Known))
	o.Contexts, o.Open = opener.choices(), opener.reopen(f.idleIn)
	o.Cautions = cautions
	if o.Keeping, err = f.keep.keeping(version, f.demo != "", first.Said); err != nil {
		return err
	}
	if o.Keeping.Guide.Rehearsal {
		o.Session.Name = "REHEARSAL · " + o.Session.Name
	}
	spareMemory()
	return ui.Run(ctx, o)
}

// spareMemory has garbage collected earlier than Go would: for a console that lives beside what it watches memory is dearer than
// the few thousandths of a core. GOGC, where it is set, is the operator's wish.
func spareMemory() {
	const percent = 50
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// look is how the console looks and what its keys are: flags go before the file.
func (f consoleFlags) look(o *opener) (ui.Options, error) {
	if o.file.Theme != "" && !f.said("theme") {
		f.theme = o.file.Theme
	}
	mode, err := theme.ParseMode(f.theme)
	if err != nil {
		return ui.Options{}, err
	}
	if os.Getenv("NO_COLOR") != "" {
		mode = theme.Mono
	}
	keys, err := o.keys()
	return ui.Options{Mode: mode, ASCII: f.ascii || o.file.ASCII && !f.said("ascii") || ui.PlainTerminal(os.Getenv), Keys: keys}, err
}

// idleIn is after how long the screen of a ceremony goes blank in a context.
func (f consoleFlags) idleIn(c config.Context) time.Duration {
	if c.BlankAfter != nil && !f.said("blank-after") {
		return *c.BlankAfter
	}
	return f.idle
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
