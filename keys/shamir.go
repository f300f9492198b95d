package keys

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// maxShares is how many non-zero x-coordinates a byte has room for.
const maxShares = 255

// Split divides a secret so that any threshold of the shares restore it and fewer tell nothing about it. A share is in
// Vault's format: one y value per byte of the secret, then its x-coordinate. The x-coordinates are distinct, never 0,
// and in random order. All randomness, coefficients and coordinates alike, is read from random.
func Split(secret []byte, shares, threshold int, random io.Reader) ([][]byte, error) {
	if err := checkSplit(len(secret), shares, threshold); err != nil {
		return nil, err
	}
	xs, err := coordinates(shares, random)
	if err != nil {
		return nil, err
	}
	out := make([][]byte, shares)
	for i, x := range xs {
		out[i] = make([]byte, len(secret)+1)
		out[i][len(secret)] = x
	}
	coefficients := make([]byte, threshold)
	defer clear(coefficients)
	for b, constant := range secret {
		coefficients[0] = constant
		if _, err := io.ReadFull(random, coefficients[1:]); err != nil {
			return nil, fmt.Errorf("read randomness: %w", err)
		}
		for i, x := range xs {
			out[i][b] = gfPoly(coefficients, x)
		}
	}
	return out, nil
}

func checkSplit(length, shares, threshold int) error {
	switch {
	case length == 0:
		return errors.New("an empty secret cannot be split")
	case threshold < 2:
		return fmt.Errorf("a threshold of %d splits nothing: it must be at least 2", threshold)
	case threshold > shares:
		return fmt.Errorf("a threshold of %d is more than the %d shares", threshold, shares)
	case shares > maxShares:
		return fmt.Errorf("%d shares are more than the %d there can be", shares, maxShares)
	}
	return nil
}

// coordinates draws n distinct values of 1…255 by the beginning of a Fisher–Yates shuffle. Eight bytes a draw make the
// bias of the remainder smaller than 2⁻⁵⁶ without a loop that some reader could keep from ending.
func coordinates(n int, random io.Reader) ([]byte, error) {
	var all [maxShares]byte
	for i := range all {
		all[i] = byte(i + 1)
	}
	var draw [8]byte
	for i := range n {
		if _, err := io.ReadFull(random, draw[:]); err != nil {
			return nil, fmt.Errorf("read randomness: %w", err)
		}
		j := i + int(binary.BigEndian.Uint64(draw[:])%uint64(maxShares-i))
		all[i], all[j] = all[j], all[i]
	}
	return all[:n], nil
}

// Combine restores the secret from shares in Vault's format. It cannot tell whether they are enough or belong together:
// too few, or a wrong one among them, give other bytes of the same length without an error.
func Combine(shares [][]byte) ([]byte, error) {
	if err := checkCombine(shares); err != nil {
		return nil, err
	}
	last := len(shares[0]) - 1
	secret := make([]byte, last)
	for i, share := range shares {
		weight := lagrangeAtZero(shares, i)
		for b := range secret {
			secret[b] ^= gfMul(share[b], weight)
		}
	}
	return secret, nil
}

func checkCombine(shares [][]byte) error {
	if len(shares) < 2 {
		return errors.New("fewer than two shares")
	}
	var seen [maxShares + 1]int
	for i, share := range shares {
		if len(share) < 2 {
			return fmt.Errorf("share %d is too short to be one: %d bytes", i+1, len(share))
		}
		if len(share) != len(shares[0]) {
			return fmt.Errorf("share %d has %d bytes, share 1 has %d", i+1, len(share), len(shares[0]))
		}
		x := share[len(share)-1]
		if x == 0 {
			return fmt.Errorf("share %d has the x-coordinate 0, which no share has", i+1)
		}
		if seen[x] != 0 {
			return fmt.Errorf("shares %d and %d have the same x-coordinate", seen[x], i+1)
		}
		seen[x] = i + 1
	}
	return nil
}

// lagrangeAtZero is the weight of the i-th share's y values in the value at 0 of the polynomial through all shares.
func lagrangeAtZero(shares [][]byte, i int) byte {
	last := len(shares[0]) - 1
	numerator, denominator := byte(1), byte(1)
	for j, other := range shares {
		if j != i {
			numerator = gfMul(numerator, other[last])
			denominator = gfMul(denominator, other[last]^shares[i][last])
		}
	}
	return gfMul(numerator, gfInv(denominator))
}
