package keys

import (
	"crypto/rand"
	"encoding/base64"
	mathrand "math/rand/v2"
	"strings"
	"testing"
)

func TestRecordedTokensDecode(t *testing.T) {
	t.Parallel()
	prefixes := map[string]string{"Vault 1.21.0": "hvs.", "OpenBao 2.6.2": "s."}
	for _, r := range recordings(t) {
		g := r.GenerateRoot
		for _, padding := range []string{"", strings.Repeat("=", -len(g.EncodedToken)&3)} {
			token, err := DecodeToken(" "+g.EncodedToken+padding+"\n", NewSecret([]byte(g.OTP)))
			if err != nil {
				t.Fatal(err)
			}
			if got := contents(token); got != g.Token || !strings.HasPrefix(got, prefixes[r.Product]) {
				t.Errorf("%s: decoded to %q, the server knew %q", r.Product, got, g.Token)
			}
		}
		if got := EncodeToken([]byte(g.Token), []byte(g.OTP)); got != g.EncodedToken {
			t.Errorf("%s: encoded to %q, the server to %q", r.Product, got, g.EncodedToken)
		}
	}
}

func TestOldTokenDecodesToAUUID(t *testing.T) {
	t.Parallel()
	// Bytes 00…0f hidden behind bytes f0 each: the UUID is plain to see.
	otp := strings.Repeat("\xf0", 16)
	hidden := make([]byte, 16)
	for i := range hidden {
		hidden[i] = byte(i) ^ 0xf0
	}
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding} {
		token, err := DecodeToken(encoding.EncodeToString(hidden), NewSecret([]byte(encoding.EncodeToString([]byte(otp)))))
		if err != nil {
			t.Fatal(err)
		}
		if got := contents(token); got != "00010203-0405-0607-0809-0a0b0c0d0e0f" {
			t.Errorf("decoded to %q", got)
		}
	}
}

func TestShortTokenBehindAnOTPOfItsLengthIsNoUUID(t *testing.T) {
	t.Parallel()
	const otp = "0123456789abcdef"
	token, err := DecodeToken(EncodeToken([]byte("hvs.abcdefghijkl"), []byte(otp)), NewSecret([]byte(otp)))
	if err != nil || contents(token) != "hvs.abcdefghijkl" {
		t.Errorf("%q, %v", contents(token), err)
	}
}

func TestDecodeTokenRefuses(t *testing.T) {
	t.Parallel()
	const otp = "v9bXtkxY4aI1k28d5s9YrHLGCTrQ"
	encoded := EncodeToken([]byte("hvs.Y1LD3oTp3dPs8pCkFG9nvnaj"), []byte(otp))
	for name, c := range map[string]struct{ encoded, otp, want string }{
		"nothing":                 {"", otp, "empty"},
		"no base64":               {"?" + encoded[1:], otp, "not base64"},
		"a short OTP":             {encoded, otp[1:], "28 bytes, the one-time password 27"},
		"no OTP":                  {encoded, "", "password 0"},
		"an old OTP, a new token": {encoded, "AAAAAAAAAAAAAAAAAAAAAA==", "password 24"},
		"an old token, a new OTP": {"AAAAAAAAAAAAAAAAAAAAAA==", otp, "16 bytes, the one-time password 28"},
		"another attempt's OTP":   {encoded, "9AMtQr1ePg2g7E4IwuBuGJFSWoxy", "not of one attempt"},
	} {
		token, err := DecodeToken(c.encoded, NewSecret([]byte(c.otp)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if !token.Empty() {
			t.Errorf("%s: a token in spite of the error", name)
		}
		if c.otp != "" && err != nil && strings.Contains(err.Error(), c.otp) {
			t.Errorf("%s: the error quotes the password", name)
		}
	}
}

func TestEncodeTokenPanicsRatherThanShowHalfAToken(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a token was encoded with too short a password")
		}
	}()
	EncodeToken([]byte("hvs.token"), []byte("short"))
}

func TestOTPIsBase62OfTheLengthAskedFor(t *testing.T) {
	t.Parallel()
	for _, length := range []int{1, 26, 28, 500} {
		otp, err := GenerateOTP(length, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if text := contents(otp); len(text) != length || strings.Trim(text, base62) != "" {
			t.Errorf("asked for %d characters: %q", length, text)
		}
	}
	for _, length := range []int{0, -1} {
		if _, err := GenerateOTP(length, rand.Reader); err == nil {
			t.Errorf("a password of %d characters", length)
		}
	}
	if _, err := GenerateOTP(28, strings.NewReader("too short")); err == nil {
		t.Error("a password out of too little randomness")
	}
}

func TestOTPDrawsAgainWhatWouldFavourTheFirstCharacters(t *testing.T) {
	t.Parallel()
	otp, err := GenerateOTP(3, strings.NewReader("\xff\x00\xf8\xf7\xf9\x3e"))
	if err != nil || contents(otp) != "0z0" {
		t.Errorf("%q, %v: 0xf8 and up must be drawn again", contents(otp), err)
	}
}

func TestOTPFavoursNoCharacter(t *testing.T) {
	t.Parallel()
	const each = 1000
	otp, err := GenerateOTP(each*len(base62), mathrand.NewChaCha8([32]byte{1}))
	if err != nil {
		t.Fatal(err)
	}
	text := contents(otp)
	for _, c := range base62 {
		// With this seed the counts are always the same; the remainder of 256 alone would give the first eight 1,211.
		if n := strings.Count(text, string(c)); n < each-150 || n > each+150 {
			t.Errorf("%c comes %d times in %d", c, n, len(text))
		}
	}
}

func FuzzDecodeToken(f *testing.F) {
	f.Add("Hk8Rdi1aNB0HDh1BWFZoFw0DejI0D3UpNToTOw", []byte("v9bXtkxY4aI1k28d5s9YrHLGCTrQ"))
	f.Add("AAECAwQFBgcICQoLDA0ODw==", []byte("8PDw8PDw8PDw8PDw8PDw8A=="))
	f.Add("", []byte{})
	f.Add("====", []byte("="))
	f.Fuzz(func(t *testing.T, encoded string, otp []byte) {
		pad := string(otp)
		token, err := DecodeToken(encoded, NewSecret([]byte(pad)))
		if err != nil {
			return
		}
		text := contents(token)
		if !printable([]byte(text)) || text == "" {
			t.Errorf("a token that cannot be one: %q", text)
		}
		if len(text) == len(pad) {
			again, err := DecodeToken(EncodeToken([]byte(text), []byte(pad)), NewSecret([]byte(pad)))
			if err != nil || contents(again) != text {
				t.Errorf("%q encoded again decodes to %q, %v", text, contents(again), err)
			}
		} else if len(text) != 36 {
			t.Errorf("%q behind a password of %d bytes", text, len(pad))
		}
	})
}

// TestAnEncodedTokenIsReadWithTheGapsInWhichItIsShown: it is carried from one console to another by hand.
func TestAnEncodedTokenIsReadWithTheGapsInWhichItIsShown(t *testing.T) {
	t.Parallel()
	token, otp := []byte("hvs.throwawaytokenofatest000"), []byte("abcdefghijklmnopqrstuvwxyz01")
	encoded := EncodeToken(token, otp)
	got, err := DecodeToken(" "+encoded[:4]+" "+encoded[4:8]+"\n"+encoded[8:], NewSecret(append([]byte(nil), otp...)))
	if err != nil {
		t.Fatal(err)
	}
	if !got.Equal(NewSecret(append([]byte(nil), token...))) {
		t.Error("another token came out")
	}
}
