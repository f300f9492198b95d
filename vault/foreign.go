package vault

import "net/http"

// What packages need that ask servers of other makes, in the same manner.

// Clean makes a text of a server fit for a terminal, and bounds it.
func Clean(text string) string { return clean(text) }

// Transport makes the connections to one address: bounded in time and in headers, and nothing is sent twice.
func (s Settings) Transport(address string) *http.Transport { return s.transport(address) }

// PlainBeyondLoopback says that what is sent to the address can be read on the way.
func PlainBeyondLoopback(address string) bool { return plainBeyondLoopback(address) }

// Unanswered is the error of a request without an answer.
func Unanswered(op, address string, err error) *Error { return unreachable(op, address, err) }

// GivenUp says that nobody waits for the answer any more, so that the error says nothing of the server.
func GivenUp(err error) bool { return givenUp(err) }
