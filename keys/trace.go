package keys

import (
	"errors"
	"fmt"
)

// What an examination of a share against earlier ones may find.
var (
	// ErrSameShare means that the very same share was given before.
	ErrSameShare = errors.New("the same share was given before")
	// ErrSameCoordinate means that one of two shares is mistyped, or that they are of different sets.
	ErrSameCoordinate = errors.New("another share has this x-coordinate: one of them is mistyped, or of another set")
	// ErrOtherLength means that two shares cannot be of one set.
	ErrOtherLength = errors.New("longer or shorter than the shares before: they are not of one set")
)

// Trace is what may be remembered of a share when its bytes are wiped: enough to recognise it and its clashes with
// others, too little to learn it.
type Trace struct {
	X           byte
	Length      int
	Fingerprint Fingerprint
}

// Trace takes the trace of a share that is not wiped yet.
func (f Fingerprinter) Trace(s Share) Trace {
	return Trace{X: s.X(), Length: s.Secret().Len(), Fingerprint: f.Fingerprint(s.Secret())}
}

// Examine looks for a clash with earlier shares of the same round, traced by the same Fingerprinter. The error wraps one
// of those above and counts the earlier shares from 1.
func (t Trace) Examine(earlier []Trace) error {
	for i, e := range earlier {
		var found error
		switch {
		case t.Fingerprint == e.Fingerprint:
			found = ErrSameShare
		case t.Length != e.Length:
			found = ErrOtherLength
		case t.X == e.X:
			found = ErrSameCoordinate
		}
		if found != nil {
			return fmt.Errorf("%w (number %d)", found, i+1)
		}
	}
	return nil
}
