package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"warder/vault/plan"
)

func planCommand() *cobra.Command {
	var output string
	cmd := quiet(&cobra.Command{
		Use:   "plan FILE",
		Short: "Check the plan of a ceremony and print it as a script",
		Long: "Checks the plan of a ceremony (docs/administrator.md) and prints it as a script with boxes to be initialled.\n" +
			"warder --plan FILE follows it; warder --demo --plan FILE rehearses it.",
	})
	cmd.Args = cobra.ExactArgs(1)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		script := map[string]func(plan.Plan) string{"text": plan.Plan.Text, "markdown": plan.Plan.Markdown}[output]
		if script == nil {
			return fmt.Errorf("unknown output %q: want text or markdown", output)
		}
		p, err := readPlan(args[0])
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(cmd.OutOrStdout(), script(p))
		return err
	}
	cmd.Flags().StringVar(&output, "output", "text", "text, or markdown with a column for initials")
	return cmd
}

// readPlan reads a plan. Files that it names are looked for beside it.
func readPlan(path string) (plan.Plan, error) {
	f, err := os.Open(path)
	if err != nil {
		return plan.Plan{}, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 1<<20))
	if err != nil {
		return plan.Plan{}, err
	}
	p, err := plan.Parse(text)
	if err != nil {
		return plan.Plan{}, fmt.Errorf("%s: %w", path, err)
	}
	return p.Beside(filepath.Dir(path)), nil
}
