package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"warder/vault"
	"warder/vault/keystore"
	"warder/vault/poller"
)

// watchFlags are what the command line of watch says.
type watchFlags struct {
	clusterFlags
	output string
}

func watchCommand() *cobra.Command {
	var f watchFlags
	cmd := quiet(&cobra.Command{
		Use:   "watch",
		Short: "Print what changes in a cluster, a line each, until interrupted",
		Long: "Print what changes in a cluster, a line each, until interrupted: first what is, then every event and every finding that\n" +
			"begins or ends. docs/watch.md lists the kinds of line and the fields of --output json.",
		RunE: func(cmd *cobra.Command, _ []string) error { return watch(cmd.Context(), cmd.OutOrStdout(), f) },
	})
	fs := cmd.Flags()
	f.register(fs)
	fs.StringVar(&f.output, "output", "text", "text, or json for JSON Lines")
	return cmd
}

// watch ends with ctx, which is no error: to be interrupted is how it ends.
func watch(ctx context.Context, out io.Writer, f watchFlags) error {
	write := map[string]func(io.Writer, line) error{"text": writeText, "json": writeJSON}[f.output]
	if write == nil {
		return fmt.Errorf("unknown output %q: want text or json", f.output)
	}
	_, o, err := f.open(ctx)
	if err != nil {
		return err
	}
	settings := o.Settings
	vault.Scrub()
	for _, w := range settings.Warnings {
		fmt.Fprintln(os.Stderr, "warder: "+w)
	}
	clients := vault.NewClients(settings)
	defer clients.Close()
	signal.Ignore(syscall.SIGPIPE) // a pipe that nobody reads is an error of the write, and ends us in order
	start := vault.NewSnapshot(settings.Addresses...).Recalled(o.Recalled)
	return follow(ctx, clients, start, o.Stores, func(l line) error { return write(out, l) })
}

// follow hands on each line as it comes. A reader who went away is no error.
func follow(ctx context.Context, cluster poller.Cluster, start vault.Snapshot, beside []keystore.Store, write func(line) error) error {
	ctx, stop := context.WithCancel(ctx)
	stores := poller.NewStores(beside)
	defer stores.Close()
	defer stop()
	var t teller
	for step := range poller.Poll(ctx, cluster, start) {
		var whole bool
		t.stores, whole = stores.Refresh(ctx, step.Now)
		step.Idle = step.Idle && whole
		for _, l := range t.take(step) {
			if err := write(l); errors.Is(err, syscall.EPIPE) {
				return nil
			} else if err != nil {
				return fmt.Errorf("the lines cannot be written: %w", err)
			}
		}
	}
	return nil
}
