package vault

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// Kind says what a caller can do about an error.
type Kind int

// The kinds of error.
const (
	Malformed   Kind = iota // the answer is none that such a server gives
	NoToken                 // the call needs a token and there is none for this address
	Denied                  // the token does not permit it
	Sealed                  // the node is sealed or not initialised
	Unsupported             // this product or edition has no such endpoint
	NoActive                // the node cannot reach an active node
	Redirected              // the node sends its callers elsewhere; warder does not follow
	Refused                 // another answer of 4xx
	Failed                  // another answer of 5xx
	Unreachable             // no answer; Why says why
	ReadOnly                // nothing was sent: it would change something, and warder was told to read only
)

// Error says which operation failed, on which address, and how.
type Error struct {
	Op       string
	Address  string
	Kind     Kind
	Why      Why
	Status   int
	Messages []string // the server's own, cleaned
	Cause    error
	Says     string // told in place of the kind's own words, where those would be of Vault; clean
}

// Error tells a person.
func (e *Error) Error() string { return e.Op + " on " + e.Address + ": " + e.Short() }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Short says what happened without the operation and the address, for a row that names them already.
func (e *Error) Short() string {
	if e.Says != "" {
		return e.Says
	}
	switch e.Kind {
	case NoToken:
		if e.Cause != nil {
			return e.Cause.Error()
		}
		return "needs a token"
	case Denied:
		return "the token does not permit it"
	case Sealed:
		return "sealed"
	case Unsupported:
		return "not supported by this server"
	case NoActive:
		return "no active node to ask"
	case Redirected:
		return "redirects " + e.text()
	case Unreachable:
		return e.whyText()
	case ReadOnly:
		return "not sent: warder is read-only here"
	case Malformed:
		return "not an answer of Vault or OpenBao: " + e.text()
	default:
		return fmt.Sprintf("answered %d: %s", e.Status, e.text())
	}
}

func (e *Error) text() string {
	switch {
	case len(e.Messages) > 0:
		return strings.Join(e.Messages, "; ")
	case e.Cause != nil:
		return clean(e.Cause.Error())
	}
	return clean(http.StatusText(e.Status))
}

// KindOf is the kind of err; ok is false when err is none of ours.
func KindOf(err error) (kind Kind, ok bool) {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind, true
	}
	return 0, false
}

// Is says whether err is of the kind.
func Is(err error, kind Kind) bool {
	k, ok := KindOf(err)
	return ok && k == kind
}

// Reason is the short text of err.
func Reason(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Short()
	}
	if err == nil {
		return ""
	}
	return clean(err.Error())
}

// refusal makes the error of an answer that is not 200. Texts only tell apart what one status is used for twice. What comes
// without a server's words is a proxy's: its 403 is no word on our token, its 404 none on the server's endpoints, its 503
// none on the seal.
func refusal(op, address string, r reply) *Error {
	e := &Error{Op: op, Address: address, Status: r.status}
	var spoken bool
	e.Messages, spoken = messages(r.body)
	switch {
	case r.status >= 300 && r.status < 400:
		e.Kind, e.Messages = Redirected, []string{"to " + hostPort(clean(r.header.Get("Location")))}
	case spoken && r.status == http.StatusForbidden:
		e.Kind = Denied
	case spoken && r.status == http.StatusServiceUnavailable && strings.Contains(e.text(), "namespace is sealed"):
		e.Kind = Refused // OpenBao's namespaces have seals of their own: the node serves
	case spoken && r.status == http.StatusServiceUnavailable:
		e.Kind = Sealed
	case spoken && (r.status == http.StatusNotFound || r.status == http.StatusMethodNotAllowed):
		e.Kind = Unsupported
	case r.status == http.StatusInternalServerError && strings.Contains(e.text(), "active cluster node not found"):
		e.Kind = NoActive
	case r.status >= 500:
		e.Kind = Failed
	case r.status >= 400:
		e.Kind = Refused
	}
	return e
}

// givenUp says that nobody waits for the answer any more.
func givenUp(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == Unreachable && e.Why == Cancelled
}

// messages are the texts of an error answer; spoken says that it has the servers' form, in which the list may be empty.
func messages(body []byte) (texts []string, spoken bool) {
	var wire struct {
		Errors list[string] `json:"errors"`
	}
	if json.Unmarshal(body, &wire) != nil || wire.Errors == nil {
		return nil, false
	}
	texts = wire.Errors[:0]
	for _, m := range wire.Errors {
		if m = clean(m); m != "" {
			texts = append(texts, m)
		}
	}
	return texts, true
}
