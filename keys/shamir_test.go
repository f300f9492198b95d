package keys

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	mathrand "math/rand/v2"
	"strings"
	"testing"
)

// subsets calls f with every choice of k of the shares.
func subsets(shares [][]byte, k int, f func([][]byte)) {
	var choose func(from int, chosen [][]byte)
	choose = func(from int, chosen [][]byte) {
		if len(chosen) == k {
			f(chosen)
			return
		}
		for i := from; i < len(shares); i++ {
			choose(i+1, append(chosen[:len(chosen):len(chosen)], shares[i]))
		}
	}
	choose(0, nil)
}

func unhex(t *testing.T, texts []string) [][]byte {
	t.Helper()
	out := make([][]byte, len(texts))
	for i, text := range texts {
		b, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = b
	}
	return out
}

func mustCombine(t *testing.T, shares [][]byte) []byte {
	t.Helper()
	secret, err := Combine(shares)
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

func TestRecordedSharesAgreeWhicheverAreTaken(t *testing.T) {
	t.Parallel()
	for _, r := range recordings(t) {
		for _, set := range r.Sets {
			shares := unhex(t, set.Hex)
			key := mustCombine(t, shares)
			if len(key) != 32 {
				t.Fatalf("%s, %s: a key of %d bytes", r.Product, set.From, len(key))
			}
			subsets(shares, set.Threshold, func(some [][]byte) {
				if !bytes.Equal(mustCombine(t, some), key) {
					t.Errorf("%s, %s: %d shares disagree with the others", r.Product, set.From, set.Threshold)
				}
			})
			if set.Threshold > 2 && bytes.Equal(mustCombine(t, shares[:2]), key) {
				t.Errorf("%s, %s: two shares were enough", r.Product, set.From)
			}
		}
	}
}

func TestSplitAndCombineAgree(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ length, shares, threshold int }{
		{32, 5, 3}, {32, 2, 2}, {32, 10, 10}, {16, 4, 2}, {1, 3, 2}, {100, 7, 5},
	} {
		secret := make([]byte, c.length)
		_, _ = rand.Read(secret)
		shares, err := Split(secret, c.shares, c.threshold, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		for k := c.threshold; k <= c.shares; k++ {
			subsets(shares, k, func(some [][]byte) {
				if !bytes.Equal(mustCombine(t, some), secret) {
					t.Fatalf("%d of %d/%d shares give another secret", k, c.threshold, c.shares)
				}
			})
		}
	}
}

func TestAllCoordinatesAreUsedBy255Shares(t *testing.T) {
	t.Parallel()
	shares, err := Split([]byte("secret"), 255, 255, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var seen [256]bool
	for _, share := range shares {
		seen[share[len(share)-1]] = true
	}
	for x := range seen {
		if seen[x] != (x != 0) {
			t.Errorf("x-coordinate %d used: %t", x, seen[x])
		}
	}
	if got := mustCombine(t, shares); string(got) != "secret" {
		t.Errorf("combined to %q", got)
	}
}

func TestCoordinatesAreInRandomOrder(t *testing.T) {
	t.Parallel()
	random := mathrand.NewChaCha8([32]byte{1})
	var sum, first int
	for range 4000 {
		xs, err := coordinates(5, random)
		if err != nil {
			t.Fatal(err)
		}
		sum += int(xs[4])
		if xs[0] < xs[1] {
			first++
		}
	}
	// With this seed the figures are always the same; an order that is not random is far outside.
	if mean := sum / 4000; mean < 120 || mean > 136 || first < 1850 || first > 2150 {
		t.Errorf("mean of the last coordinate %d, first below second %d of 4000 times", mean, first)
	}
}

func TestSameRandomnessGivesTheSameShares(t *testing.T) {
	t.Parallel()
	split := func() [][]byte {
		shares, err := Split([]byte("secret"), 5, 3, mathrand.NewChaCha8([32]byte{7}))
		if err != nil {
			t.Fatal(err)
		}
		return shares
	}
	for i, share := range split() {
		if !bytes.Equal(share, split()[i]) {
			t.Errorf("share %d differs", i+1)
		}
	}
}

func TestTooFewOrWrongSharesGiveOtherBytesSilently(t *testing.T) {
	t.Parallel()
	secret := bytes.Repeat([]byte{0x5a}, 32)
	shares, err := Split(secret, 5, 3, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if got := mustCombine(t, shares[:2]); bytes.Equal(got, secret) || len(got) != 32 {
		t.Error("two of three gave the secret")
	}
	shares[1][4] ^= 1
	if got := mustCombine(t, shares[:3]); bytes.Equal(got, secret) || len(got) != 32 {
		t.Error("a wrong share gave the secret")
	}
}

func TestSplitRefuses(t *testing.T) {
	t.Parallel()
	secret := []byte("secret")
	for name, c := range map[string]struct {
		secret            []byte
		shares, threshold int
		random            io.Reader
		want              string
	}{
		"nothing":                  {nil, 5, 3, rand.Reader, "empty"},
		"one of one":               {secret, 1, 1, rand.Reader, "at least 2"},
		"a threshold of 0":         {secret, 5, 0, rand.Reader, "at least 2"},
		"threshold over shares":    {secret, 3, 5, rand.Reader, "more than the 3 shares"},
		"256 shares":               {secret, 256, 3, rand.Reader, "255"},
		"no randomness":            {secret, 5, 3, strings.NewReader(""), "randomness"},
		"randomness that runs out": {secret, 5, 3, strings.NewReader(strings.Repeat("r", 45)), "randomness"},
	} {
		if _, err := Split(c.secret, c.shares, c.threshold, c.random); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	broken := errors.New("broken")
	if _, err := Split(secret, 5, 3, io.MultiReader(strings.NewReader("few"), failing{broken})); !errors.Is(err, broken) {
		t.Errorf("the reader's error is lost: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestCombineRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shares [][]byte
		want   string
	}{
		"nothing":             {nil, "fewer than two"},
		"one share":           {[][]byte{{1, 2, 3}}, "fewer than two"},
		"a lone coordinate":   {[][]byte{{1}, {2}}, "too short"},
		"an empty share":      {[][]byte{{1, 2}, {}}, "share 2 is too short"},
		"different lengths":   {[][]byte{{1, 2, 3}, {1, 2}}, "share 2 has 2 bytes"},
		"the same share":      {[][]byte{{1, 2, 3}, {1, 2, 3}}, "same x-coordinate"},
		"the same coordinate": {[][]byte{{1, 2, 3}, {9, 9, 4}, {8, 8, 3}}, "shares 1 and 3"},
		"coordinate 0":        {[][]byte{{1, 2, 3}, {1, 2, 0}}, "share 2 has the x-coordinate 0"},
	} {
		if _, err := Combine(c.shares); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzCombine(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6}, uint8(3))
	f.Add([]byte{}, uint8(0))
	f.Add([]byte{9, 9, 9, 9}, uint8(2))
	f.Fuzz(func(t *testing.T, data []byte, size uint8) {
		var shares [][]byte
		for n := int(size); n > 0 && len(data) >= n && len(shares) < 16; data = data[n:] {
			shares = append(shares, data[:n])
		}
		secret, err := Combine(shares)
		if err == nil && len(secret) != int(size)-1 {
			t.Errorf("%d bytes out of shares of %d", len(secret), size)
		}
	})
}
