package cli

import (
	"os"
	"slices"
)

// tracing are variables by which libraries write to a file what passes the terminal, shares included.
var tracing = []string{"TEA_TRACE", "TEA_DEBUG", "UV_DEBUG"}

// harden keeps what this process knows from the disk and from other processes of the same user. It comes before anything
// secret is read. The errors say what could not be had; the rest is done all the same.
func harden() []error {
	for _, name := range tracing {
		// Unsetenv fails on names that no variable can have, which these are not.
		_ = os.Unsetenv(name)
	}
	return failures(forbidDumps(), forbidTracers())
}

func failures(results ...error) []error {
	return slices.DeleteFunc(results, func(err error) bool { return err == nil })
}
