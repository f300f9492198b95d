package cli

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// forbidTracers closes the process to debuggers that come later.
func forbidTracers() error {
	if err := unix.PtraceDenyAttach(); err != nil {
		return fmt.Errorf("debuggers cannot be kept out: %w", err)
	}
	return nil
}
