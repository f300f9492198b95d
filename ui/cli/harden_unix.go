//go:build linux || darwin

package cli

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// forbidDumps forbids core dumps to this process and to those it starts, for good.
func forbidDumps() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return fmt.Errorf("core dumps cannot be switched off: %w", err)
	}
	return nil
}
