package vault

import "time"

// Section is one endpoint's answer, kept with its age. A failed try keeps the value of the last good one.
type Section[T any] struct {
	Value T
	At    time.Time // when the value was had; zero: never
	Tried time.Time // when it was last asked for; zero: never
	Err   error     // of the last try
}

// Known says that there is a value, of whatever age.
func (s Section[T]) Known() bool { return !s.At.IsZero() }

// Fresh says that the last try gave the value.
func (s Section[T]) Fresh() bool { return s.Known() && s.Err == nil }

// Age is how old the value is.
func (s Section[T]) Age(now time.Time) time.Duration { return now.Sub(s.At) }

// fetched makes the section of one try. A try that we gave up ourselves says nothing of the node: it did not take place.
func fetched[T any](now time.Time, v T, err error) Section[T] {
	if givenUp(err) {
		return Section[T]{}
	}
	s := Section[T]{Tried: now, Err: err}
	if err == nil {
		s.Value, s.At = v, now
	}
	return s
}

// merged lays a try over what was known. A try that did not take place changes nothing; one that ended before the last one
// known began is out of date.
func (s Section[T]) merged(try Section[T]) Section[T] {
	switch {
	case try.Tried.IsZero() || try.Tried.Before(s.Tried):
		return s
	case try.Err == nil:
		return try
	case Is(try.Err, Unsupported):
		return try // what the server does not have, it never said
	}
	s.Tried, s.Err = try.Tried, try.Err
	return s
}
