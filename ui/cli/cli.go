// Package cli is warder's command line: flags and environment become dependencies, and each command hands them to the
// package that does the work.
//
// Its rules: what is wrong with the settings is said before a screen is taken, in one line on the error output, with exit
// code 1; nothing secret is ever an argument.
package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Main runs the command and gives the process's exit code.
func Main(version string, args []string) int {
	for _, err := range harden() {
		fmt.Fprintln(os.Stderr, "warder: "+err.Error())
	}
	// A lost terminal sends SIGHUP. All three signals end the program in the same orderly way.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	cmd := consoleCommand()
	cmd.Version = version
	cmd.AddCommand(demoCommand(), statusCommand(), watchCommand(), transcriptCommand(), planCommand())
	cmd.SetArgs(args)
	return exitCode(cmd.ExecuteContext(ctx))
}

// coded is an error that ends the process with a code of its own; without a cause the code says all.
type coded struct {
	code  int
	cause error
}

func (c coded) Error() string { return fmt.Sprint(c.cause) }
func (c coded) Unwrap() error { return c.cause }

// exitCode tells an error and gives the code for it.
func exitCode(err error) int {
	var c coded
	if !errors.As(err, &c) {
		c = coded{code: 1, cause: err}
	}
	switch {
	case err == nil:
		return 0
	case c.cause != nil:
		fmt.Fprintln(os.Stderr, "warder: "+err.Error())
	}
	return c.code
}

// quiet leaves the telling of errors to Main.
func quiet(cmd *cobra.Command) *cobra.Command {
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.Args = cobra.NoArgs
	return cmd
}
