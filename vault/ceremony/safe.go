package ceremony

import "warder/keys"

// safe holds all secrets of a machine. The values of a machine share it, as copies of a Secret share its bytes, so that a
// Wipe finds what any of them held.
type safe struct {
	held []keys.Secret
	shut bool
}

// keep takes a secret in. Once the machine is over nothing stays.
func (s *safe) keep(secrets ...keys.Secret) {
	kept := s.held[:0]
	for _, h := range s.held {
		if !h.Empty() {
			kept = append(kept, h)
		}
	}
	s.held = append(kept, secrets...)
	if s.shut {
		s.wipe()
	}
}

// wipe zeroes all that is held.
func (s *safe) wipe() {
	for _, h := range s.held {
		h.Wipe()
	}
	s.held = nil
}

// close ends the machine.
func (s *safe) close() {
	s.wipe()
	s.shut = true
}
