package cli

import (
	"crypto/sha256"
	"encoding/hex"
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
		p, _, err := readPlan(args[0])
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(cmd.OutOrStdout(), script(p))
		return err
	}
	cmd.Flags().StringVar(&output, "output", "text", "text, or markdown with a column for initials")
	return cmd
}

// readPlan reads a plan, and tells the SHA-256 of its text. Files that it names are looked for beside it.
func readPlan(path string) (p plan.Plan, hash string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return p, "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 1<<20))
	if err != nil {
		return p, "", err
	}
	if p, err = plan.Parse(text); err != nil {
		return p, "", fmt.Errorf("%s: %w", path, err)
	}
	sum := sha256.Sum256(text)
	return p.Beside(filepath.Dir(path)), hex.EncodeToString(sum[:]), nil
}
