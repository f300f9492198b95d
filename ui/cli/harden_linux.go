package cli

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// forbidTracers closes the process's memory and its first environment to debuggers of the same user. It also stops the
// dumps that the limit on core files does not: those that the system hands to a collector.
func forbidTracers() error {
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("debuggers cannot be kept out: %w", err)
	}
	return nil
}
