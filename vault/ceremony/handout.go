package ceremony

import (
	"crypto/subtle"
	"encoding/base64"
	"io"
	"slices"

	"warder/keys"
)

// handout is the new shares on their way from this console to their custodians. Of a share that was handed out in the open
// only its trace stays, by which it is recognised when it is given back.
type handout struct {
	shares    []keys.Secret
	short     bool     // the server gave fewer than it should have, so that none is handed out
	encrypted bool     // OpenPGP messages, which nobody here can read
	saved     bool     // they are in a file
	noted     bool     // with a line before each that says whose it is
	elsewhere []string // where they may be written, after a failure
	names     []string
	traces    []keys.Trace
	proved    []bool
	at        int   // whose turn it is
	positions []int // of the characters to be typed back, from 1
}

// typedCharacters are typed back: enough that nobody gets them right who wrote nothing down.
const typedCharacters = 4

// count is how many were handed out.
func (h handout) count() int { return h.at }

// left is how many nobody got yet.
func (h handout) left() int { return len(h.shares) - h.at }

func (h handout) complete() bool { return len(h.shares) > 0 && h.at == len(h.shares) }

// missing are the custodians whose shares were not proved yet.
func (h handout) missing() []string {
	var out []string
	for i, name := range h.names {
		if !h.proved[i] {
			out = append(out, name)
		}
	}
	return out
}

// draw chooses which characters of the share's base64 are typed back.
func (h *handout) draw(random io.Reader) error {
	length := base64.StdEncoding.EncodedLen(h.shares[h.at].Len())
	h.positions = nil
	var b [1]byte
	for len(h.positions) < min(typedCharacters, length) {
		if _, err := io.ReadFull(random, b[:]); err != nil {
			return err
		}
		// Which places come a little more often than others is of no use to anybody.
		if p := int(b[0])%length + 1; !slices.Contains(h.positions, p) {
			h.positions = append(h.positions, p)
		}
	}
	slices.Sort(h.positions)
	return nil
}

// matches says whether these are the characters asked for.
func (h handout) matches(typed keys.Secret) bool {
	var equal bool
	h.shares[h.at].Use(func(share []byte) {
		text := base64.StdEncoding.AppendEncode(nil, share)
		defer clear(text)
		want := make([]byte, 0, typedCharacters)
		for _, p := range h.positions {
			if p <= len(text) {
				want = append(want, text[p-1])
			}
		}
		defer clear(want)
		typed.Use(func(b []byte) { equal = len(want) > 0 && subtle.ConstantTimeCompare(b, want) == 1 })
	})
	return equal
}

// next hands the present share over and forgets it.
func (h *handout) next(name string, prints *keys.Fingerprinter) {
	share := h.shares[h.at]
	if !h.encrypted {
		h.traces = append(slices.Clip(h.traces), traceOf(share, prints))
	}
	share.Wipe()
	h.names = append(slices.Clip(h.names), name)
	h.proved = append(slices.Clip(h.proved), false)
	h.at++
	h.positions = nil
}

// traceOf is the trace of a share as it came from the server.
func traceOf(s keys.Secret, prints *keys.Fingerprinter) keys.Trace {
	t := keys.Trace{Length: s.Len(), Fingerprint: prints.Fingerprint(s)}
	s.Use(func(b []byte) {
		if len(b)%2 == 1 {
			t.X = b[len(b)-1]
		}
	})
	return t
}

// find is which custodian a share given back is of. near is whose share it resembles where it is of nobody.
func (h handout) find(t keys.Trace) (of, near int) {
	near = -1
	for i, known := range h.traces {
		if known.Fingerprint == t.Fingerprint {
			return i, i
		}
		if known.X == t.X && t.X != 0 {
			near = i
		}
	}
	return -1, near
}

// wipe forgets the shares that were not handed out.
func (h *handout) wipe() {
	for _, s := range h.shares {
		s.Wipe()
	}
}
