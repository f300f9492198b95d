package vault

import "errors"

// ReadOnly says that every write is refused before it is sent.
func (c *Clients) ReadOnly() bool { return c.settings.ReadOnly }

// Unsent says that a request surely did not reach the server: warder was told to read only, there was no token for it, nobody
// took the connection, or the handshake failed.
func Unsent(err error) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	if e.Kind == NoToken || e.Kind == ReadOnly {
		return true
	}
	return e.Kind == Unreachable && (e.Why == ConnRefused || e.Why == NoHost || e.Why == BadTLS)
}

// Lost says that it is not known whether a write was carried out: no answer came, or one that no server gives.
func Lost(err error) bool {
	var e *Error
	if err == nil || Unsent(err) {
		return false
	}
	if !errors.As(err, &e) {
		return true
	}
	return e.Kind == Unreachable || e.Kind == Malformed || e.Kind == Failed && len(e.Messages) == 0
}
