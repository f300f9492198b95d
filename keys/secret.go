// Package keys holds what must not leak: shares, tokens and one-time passwords, and the arithmetic on them.
//
// Its rules: a secret lives in a Secret and nowhere else; no error quotes secret input; nothing here logs.
package keys

import "crypto/subtle"

// Secret is a run of bytes that no fmt verb, encoder or logger prints: the bytes stand behind a closure, which none of
// them opens. The zero Secret is empty. Copies share the bytes, so one Wipe wipes them all.
type Secret struct {
	open func() []byte
}

// NewSecret takes the bytes over: they move into the Secret and b is zeroed.
func NewSecret(b []byte) Secret {
	own := make([]byte, len(b))
	copy(own, b)
	clear(b)
	return Secret{open: func() []byte { return own }}
}

// Use lends the bytes to f, which must not keep them.
func (s Secret) Use(f func([]byte)) {
	if s.open == nil {
		f(nil)
		return
	}
	f(s.open())
}

// Len is the number of bytes.
func (s Secret) Len() int {
	if s.open == nil {
		return 0
	}
	return len(s.open())
}

// Empty says that there is nothing in it.
func (s Secret) Empty() bool { return s.Len() == 0 }

// Equal compares in constant time.
func (s Secret) Equal(o Secret) bool {
	var equal bool
	s.Use(func(a []byte) {
		o.Use(func(b []byte) { equal = subtle.ConstantTimeCompare(a, b) == 1 })
	})
	return equal
}

// Wipe zeroes the bytes, in every copy of this Secret.
func (s Secret) Wipe() {
	if s.open != nil {
		clear(s.open())
	}
}
