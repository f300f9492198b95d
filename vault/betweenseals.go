package vault

import (
	"errors"
	"slices"
	"strings"
)

// BetweenSeals says that an answer is that of a node whose stored seal is not the one it is configured for. OpenBao 2.6's
// standbys answer sys/health, sys/seal-status and the last share so once they are unsealed for a seal migration which the
// leader has still to do.
func BetweenSeals(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == Failed && slices.ContainsFunc(e.Messages, func(m string) bool {
		return strings.Contains(m, "does not match loaded type") || strings.Contains(m, "does not match expected type")
	})
}
