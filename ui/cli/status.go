package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"warder/report"
	"warder/vault"
	"warder/vault/rules"
)

// statusFlags are what the command line of status says.
type statusFlags struct {
	clusterFlags
	output, waitFor   string
	patience, timeout time.Duration
}

// How long a reading may take, so that a check every ten seconds never overtakes itself; and a wait.
const (
	readingTakes = 8 * time.Second
	waitTakes    = 5 * time.Minute
)

// The exit codes beside 0, which is a healthy cluster, or one that is what was waited for.
const (
	codeUntold   = 1 // it could not be told: wrong settings, or nobody answered as a server
	codeCritical = 2 // sealed, or otherwise critical
	codeDegraded = 3
	codeWaited   = 4 // --wait-for ran out of time
)

func statusCommand() *cobra.Command {
	var f statusFlags
	cmd := quiet(&cobra.Command{
		Use:   "status",
		Short: "Print how a cluster is, and exit",
		Long: "Print how a cluster is, and exit: 0 healthy, 1 could not tell, 2 sealed or critical, 3 degraded, 4 --wait-for ran out of\n" +
			"time. docs/status.md tells more, and docs/status.schema.json the fields of --output json.",
		RunE: func(cmd *cobra.Command, _ []string) error { return status(cmd.Context(), cmd.OutOrStdout(), f) },
	})
	fs := cmd.Flags()
	f.register(fs)
	fs.StringVar(&f.output, "output", "table", "table, json or markdown")
	fs.DurationVar(&f.patience, "patience", readingTakes, "how long a reading may take; what has not answered by then is told as that")
	fs.StringVar(&f.waitFor, "wait-for", "", "poll until the cluster is healthy, every node is unsealed, or there is a leader: healthy, unsealed or leader")
	fs.DurationVar(&f.timeout, "timeout", waitTakes, "how long --wait-for waits")
	return cmd
}

// status reads once, or until what is waited for is there, and prints the last reading. The error is the exit code.
func status(ctx context.Context, out io.Writer, f statusFlags) error {
	write := map[string]func(io.Writer, report.Report) error{"table": writeTable, "json": writeReport, "markdown": writeMarkdown}[f.output]
	wanted, known := conditions[f.waitFor]
	switch {
	case write == nil:
		return fmt.Errorf("unknown output %q: want table, json or markdown", f.output)
	case !known:
		return fmt.Errorf("--wait-for: unknown condition %q: want healthy, unsealed or leader", f.waitFor)
	case f.patience <= 0 || f.timeout <= 0:
		return errors.New("--patience and --timeout must be longer than nothing")
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
	if err := somebodyListens(ctx, settings); err != nil {
		return err
	}
	clients := vault.NewClients(settings)
	defer clients.Close()
	r := reading{cluster: clients, start: vault.NewSnapshot(settings.Addresses...).Recalled(o.Recalled), stores: o.Stores}
	var scene rules.Scene
	met := false
	if wanted == nil {
		scene = r.once(ctx, f.patience)
	} else {
		scene, met = r.until(ctx, f.timeout, wanted)
	}
	if ctx.Err() != nil {
		return errors.New("interrupted: nothing can be told")
	}
	told := report.New(scene, scene.Judge(), o.Name)
	if err := write(out, told); err != nil {
		return fmt.Errorf("the status cannot be written: %w", err)
	}
	switch {
	case met:
		return nil
	case wanted != nil:
		return coded{codeWaited, fmt.Errorf("waited %s, and it is not so: %s", f.timeout, f.waitFor)}
	}
	return outcome(told.Verdict)
}

// outcome is the exit code of a single reading.
func outcome(v report.Verdict) error {
	switch v {
	case report.VerdictOf(rules.Well):
		return nil
	case report.VerdictOf(rules.Dire):
		return coded{code: codeCritical}
	case report.VerdictOf(rules.Weak):
		return coded{code: codeDegraded}
	}
	return coded{code: codeUntold}
}

func writeTable(out io.Writer, r report.Report) error {
	_, err := io.WriteString(out, r.Table())
	return err
}

func writeMarkdown(out io.Writer, r report.Report) error {
	_, err := io.WriteString(out, r.Markdown())
	return err
}

func writeReport(out io.Writer, r report.Report) error {
	text, err := r.JSON()
	if err != nil {
		return err
	}
	_, err = out.Write(text)
	return err
}
