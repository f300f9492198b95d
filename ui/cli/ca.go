package cli

import (
	"fmt"
	"io"
	"os"
)

// tellCA writes the throwaway CA where clients can read it. It is public, so that a temporary file is good enough.
func tellCA(out io.Writer, pem string) error {
	f, err := os.CreateTemp("", "warder-demo-ca-*.pem")
	if err != nil {
		return err
	}
	if _, err := f.WriteString(pem); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "export VAULT_CACERT=%s\n# It serves until ctrl+c.\n", f.Name())
	return err
}
