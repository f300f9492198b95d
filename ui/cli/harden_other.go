//go:build !linux && !darwin

package cli

import "errors"

func forbidDumps() error { return errors.New("core dumps cannot be switched off on this system") }

func forbidTracers() error { return errors.New("debuggers cannot be kept out on this system") }
