//go:build !linux && !darwin

package keys

// Elsewhere memory is not locked.
func lock([]byte) bool { return false }

func unlock([]byte) {}
