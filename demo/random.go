package demo

import (
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
)

// dice is the demo's only source of chance: seeded once, so that one seed and one clock make one run. It is read under
// the cluster's mutex alone.
type dice struct {
	stream *rand.ChaCha8
	seed   uint64
}

func newDice(random io.Reader) (*dice, error) {
	var seed [32]byte
	if _, err := io.ReadFull(random, seed[:]); err != nil {
		return nil, fmt.Errorf("read randomness: %w", err)
	}
	stream := rand.NewChaCha8(seed)
	return &dice{stream: stream, seed: stream.Uint64()}, nil
}

// Read fills p; it never fails.
func (d *dice) Read(p []byte) (int, error) { return d.stream.Read(p) }

func (d *dice) bytes(n int) []byte {
	b := make([]byte, n)
	d.stream.Read(b)
	return b
}

// uuid has the shape of the servers' identifiers: random in every digit, no version.
func (d *dice) uuid() string {
	var raw [16]byte
	d.stream.Read(raw[:])
	var out [36]byte
	hex.Encode(out[0:8], raw[0:4])
	hex.Encode(out[9:13], raw[4:6])
	hex.Encode(out[14:18], raw[6:8])
	hex.Encode(out[19:23], raw[8:10])
	hex.Encode(out[24:36], raw[10:16])
	out[8], out[13], out[18], out[23] = '-', '-', '-', '-'
	return string(out[:])
}

const base62Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

func (d *dice) base62(n int) []byte {
	out := d.bytes(n)
	for i, b := range out {
		out[i] = base62Digits[int(b)%len(base62Digits)]
	}
	return out
}

func (d *dice) between(low, high float64) float64 {
	return low + (high-low)*float64(d.stream.Uint64()>>11)/(1<<53)
}

// wander is chance that reading does not use up: the same for the same thing at the same step, in [0,1).
func (d *dice) wander(thing string, step int64) float64 {
	h := fnv.New64a()
	io.WriteString(h, thing)
	x := h.Sum64() ^ d.seed ^ uint64(step)*0x9E3779B97F4A7C15
	x ^= x >> 31
	x *= 0xBF58476D1CE4E5B9
	x ^= x >> 29
	return float64(x>>11) / (1 << 53)
}
