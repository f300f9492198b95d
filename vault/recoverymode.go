package vault

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
)

// RecoveryMode is what a node that was started with -recovery says of itself. It serves sys/raw and the making of a token for
// it, and no sys/health or sys/seal-status: it says neither its version nor its seal, nor which product it is of.
type RecoveryMode struct {
	Opened   bool // its token was made: it makes no other, and does not say how many shares that took
	Started  bool // a token is being made
	Progress int
	Required int // how many shares it takes; 0 where it is not said
}

// alreadyOpened is how a node refuses whose recovery token was made.
const alreadyOpened = "when already unsealed"

// RecoveryMode asks GET sys/generate-recovery-token/attempt without a token, which only a node in recovery mode answers. It is
// an error at any other server.
func (c *Client) RecoveryMode(ctx context.Context) (RecoveryMode, error) {
	k := call{path: RecoveryToken.Base(DoorsOpen) + "/attempt"}
	a, err := ask(ctx, c, k, func(body []byte) (wireAttempt, error) {
		var w wireAttempt
		if _, err := decodeAttempt(body); err != nil {
			return w, err
		}
		return w, decode(body, &w)
	})
	if RecoveryTokenMade(err) {
		return RecoveryMode{Opened: true}, nil
	}
	return RecoveryMode{Started: a.Started, Progress: a.Progress, Required: a.Required}, err
}

// RecoveryTokenMade says that an answer is that of a node in recovery mode whose token was made: it answers its attempt no more.
func RecoveryTokenMade(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == Failed && slices.ContainsFunc(e.Messages, func(m string) bool {
		return strings.Contains(m, alreadyOpened)
	})
}

// withoutHealth says that the answer to sys/health is that of a server which has no such path, so that it may be in recovery
// mode: whether it is, it says when it is asked for its attempt.
func withoutHealth(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == Malformed && e.Status == http.StatusNotFound
}
