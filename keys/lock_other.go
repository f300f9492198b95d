//go:build !linux && !darwin

package keys

// Elsewhere memory is not locked.
func lock([]byte) {}

func unlock([]byte) {}
