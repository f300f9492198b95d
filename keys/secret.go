// Package keys holds what must not leak: shares, tokens and one-time passwords, and the arithmetic on them.
//
// Its rules: a secret lives in a Secret and nowhere else; no error quotes secret input; nothing here logs; scratch copies
// are zeroed before a function returns; randomness comes in as a parameter, so that a simulation can be repeated.
//
// What Go cannot promise: a copy that the runtime, a library or a caller made outside a Secret is not found again, and
// memory is locked only as far as the system's limit reaches.
package keys

import (
	"crypto/subtle"
	"runtime"
	"sync"
)

// Secret is a run of bytes that no fmt verb, encoder or logger prints: the bytes stand behind a closure, which none of
// them opens. The zero Secret is empty. Copies share the bytes, so one Wipe wipes them all. All methods may be called
// at any time from any goroutine.
type Secret struct {
	open func() *cell
}

// cell is what all copies of one Secret share. The bytes are lent rather than locked away while they are used, so that
// a Secret can be used, or wiped, from within its own use.
type cell struct {
	mu      sync.Mutex
	bytes   []byte
	lent    int
	wiped   bool
	cleanup runtime.Cleanup
}

// NewSecret takes the bytes over: they move into the Secret and b is zeroed. A Secret that is dropped without a Wipe is
// zeroed by the garbage collector at some time.
func NewSecret(b []byte) Secret {
	if len(b) == 0 {
		return Secret{}
	}
	pages := lockedPages(len(b))
	copy(pages, b)
	clear(b)
	c := &cell{bytes: pages[:len(b)]}
	c.cleanup = runtime.AddCleanup(c, releasePages, pages)
	return Secret{open: func() *cell { return c }}
}

// Use lends the bytes to f, which must not keep them: nil when the Secret is empty or wiped. A Wipe meanwhile takes
// effect when the last borrower is done.
func (s Secret) Use(f func([]byte)) {
	if s.open == nil {
		f(nil)
		return
	}
	c := s.open()
	defer c.giveBack()
	f(c.lend())
}

// Len is the number of bytes, 0 after a Wipe.
func (s Secret) Len() int {
	var n int
	s.Use(func(b []byte) { n = len(b) })
	return n
}

// Empty says that there is nothing in it.
func (s Secret) Empty() bool { return s.Len() == 0 }

// Equal compares in time that depends on the lengths only.
func (s Secret) Equal(o Secret) bool {
	var equal bool
	s.Use(func(a []byte) {
		o.Use(func(b []byte) { equal = subtle.ConstantTimeCompare(a, b) == 1 })
	})
	return equal
}

// Wipe zeroes the bytes, in every copy of this Secret, which is empty from then on.
func (s Secret) Wipe() {
	if s.open == nil {
		return
	}
	c := s.open()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wiped = true
	c.releaseUnused()
}

func (c *cell) lend() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lent++
	if c.wiped {
		return nil
	}
	return c.bytes
}

func (c *cell) giveBack() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lent--
	c.releaseUnused()
}

// releaseUnused gives the memory of a wiped cell back once nobody borrows it.
func (c *cell) releaseUnused() {
	if c.wiped && c.lent == 0 && c.bytes != nil {
		c.cleanup.Stop()
		releasePages(c.bytes[:cap(c.bytes)])
		c.bytes = nil
	}
}
