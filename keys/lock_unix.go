//go:build linux || darwin

package keys

import "golang.org/x/sys/unix"

// lock keeps the pages in memory and says whether it could. A failure (the system's limit on locked memory is reached)
// leaves them usable, only not protected from being swapped out.
func lock(pages []byte) bool { return unix.Mlock(pages) == nil }

// unlock undoes lock; it does nothing to pages that are not locked.
func unlock(pages []byte) { _ = unix.Munlock(pages) }
