package keys

import (
	"bytes"
	"crypto/rand"
	"errors"
	"regexp"
	"strings"
	"testing"
)

func fingerprinter(t *testing.T, salt byte) Fingerprinter {
	t.Helper()
	f, err := NewFingerprinter(bytes.NewReader(bytes.Repeat([]byte{salt}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFingerprintIsHMACWithTheSalt(t *testing.T) {
	t.Parallel()
	// Computed with another implementation: Python's hmac over the bytes 1…33 with the key 0b0b…0b.
	const want = "molo-kada-lifi"
	if got := fingerprinter(t, 0x0b).Fingerprint(NewSecret(counting(33))).String(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestFingerprintRecognisesAndTellsApart(t *testing.T) {
	t.Parallel()
	one, other := fingerprinter(t, 1), fingerprinter(t, 2)
	a, b := NewSecret(counting(33)), NewSecret(append(counting(32), 34))
	if one.Fingerprint(a) != one.Fingerprint(NewSecret(counting(33))) {
		t.Error("the same bytes have two fingerprints")
	}
	if one.Fingerprint(a) == one.Fingerprint(b) {
		t.Error("different bytes have one fingerprint")
	}
	if one.Fingerprint(a) == other.Fingerprint(a) || one.Fingerprint(a).String() == other.Fingerprint(a).String() {
		t.Error("the salt makes no difference")
	}
}

func TestFingerprintIsSpeakable(t *testing.T) {
	t.Parallel()
	words := regexp.MustCompile(`^([bdfklmrs][aeio]){2}(-([bdfklmrs][aeio]){2}){2}$`)
	seen := make(map[string]bool)
	f := fingerprinter(t, 1)
	for i := range 500 {
		spoken := f.Fingerprint(NewSecret([]byte{byte(i), byte(i >> 8)})).String()
		if !words.MatchString(spoken) || seen[spoken] {
			t.Errorf("%q is no speakable fingerprint, or seen twice", spoken)
		}
		seen[spoken] = true
	}
	if got := (Fingerprint{sum: [32]byte{0: 0xff, 1: 0xff, 2: 0xff, 3: 0xff}}).String(); got != "soso-soso-soso" {
		t.Errorf("all bits set: %s", got)
	}
}

func TestFingerprinterWithoutSaltRefusesToWork(t *testing.T) {
	t.Parallel()
	wiped := fingerprinter(t, 1)
	wiped.Wipe()
	for name, f := range map[string]Fingerprinter{"zero": {}, "wiped": wiped} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: a fingerprint without a salt", name)
				}
			}()
			f.Fingerprint(NewSecret(counting(33)))
		}()
	}
	if _, err := NewFingerprinter(strings.NewReader("too short")); err == nil {
		t.Error("a salt out of too little randomness")
	}
}

func TestNothingPrintsTheSalt(t *testing.T) {
	t.Parallel()
	f, err := NewFingerprinter(strings.NewReader(strings.Repeat("salt", 8)))
	if err != nil {
		t.Fatal(err)
	}
	for way, printed := range printings(struct{ f *Fingerprinter }{&f}) {
		if leaks(printed, "saltsalt") {
			t.Errorf("%s prints the salt: %s", way, printed)
		}
	}
}

func TestExamineFindsClashesWithEarlierShares(t *testing.T) {
	t.Parallel()
	shares, err := Split(counting(32), 5, 3, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	f := fingerprinter(t, 1)
	trace := func(b []byte) Trace {
		share, err := NewShare(bytes.Clone(b))
		if err != nil {
			t.Fatal(err)
		}
		defer share.Wipe()
		return f.Trace(share)
	}
	earlier := []Trace{trace(shares[0]), trace(shares[1])}
	mistyped := bytes.Clone(shares[1])
	mistyped[3] ^= 0x10
	for name, c := range map[string]struct {
		share []byte
		want  error
		at    string
	}{
		"a new share":     {shares[2], nil, ""},
		"the first again": {shares[0], ErrSameShare, "number 1"},
		"the second":      {shares[1], ErrSameShare, "number 2"},
		"a mistyped one":  {mistyped, ErrSameCoordinate, "number 2"},
		"a shorter one":   {counting(17), ErrOtherLength, "number 1"},
		"a whole key":     {counting(32), ErrOtherLength, "number 1"},
	} {
		err := trace(c.share).Examine(earlier)
		if !errors.Is(err, c.want) || err != nil && !strings.Contains(err.Error(), c.at) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := trace(shares[0]).Examine(nil); err != nil {
		t.Errorf("the first share clashes: %v", err)
	}
}
