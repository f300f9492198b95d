package cli

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"warder/vault/record"
)

func transcriptCommand() *cobra.Command {
	var output, written string
	cmd := quiet(&cobra.Command{
		Use:   "transcript FILE",
		Short: "Check the record of a ceremony and print it",
		Long: "Checks that no line of a ceremony's record was changed, dropped, moved or cut off, and prints it.\n" +
			"Exit code 0: the record is whole, and is the one of --hash; 1: it cannot be read; 2: it is not to be trusted.",
	})
	cmd.Args = cobra.ExactArgs(1)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		print := map[string]func(record.Record) string{"text": record.Record.Text, "markdown": record.Record.Markdown}[output]
		if print == nil {
			return fmt.Errorf("unknown output %q: want text or markdown", output)
		}
		f, err := os.Open(args[0])
		if err != nil {
			return err
		}
		defer f.Close()
		r, err := record.Read(f)
		if err != nil {
			return fmt.Errorf("%s: %w", args[0], err)
		}
		if _, err := fmt.Fprint(cmd.OutOrStdout(), print(r)); err != nil {
			return err
		}
		switch {
		case !r.Whole():
			return coded{2, errors.New(args[0] + " is not to be trusted: " + r.Problems[0])}
		case written != "" && !record.SameHash(r.Head, written):
			return coded{2, errors.New(args[0] + " is whole, but its last hash is not the one that was written down: it is another record")}
		}
		return nil
	}
	fs := cmd.Flags()
	fs.StringVar(&output, "output", "text", "text, or markdown with a column for initials")
	fs.StringVar(&written, "hash", "", "the last hash as the witnesses wrote it down, which the record's must be")
	return cmd
}
