package keys

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"
)

// A share of 33 bytes, 1…33, in both encodings.
const (
	shareHex    = "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021"
	shareBase64 = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh"
)

func counting(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i + 1)
	}
	return b
}

func TestShareIsReadInAnyDress(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"hex": shareHex, "upper-case hex": strings.ToUpper(shareHex), "base64": shareBase64,
		"blanks around":     " \t" + shareBase64 + " \r\n",
		"broken lines":      shareHex[:20] + "\n  " + shareHex[20:50] + "\r\n" + shareHex[50:],
		"groups of four":    shareHex[:4] + " " + shareHex[4:8] + " " + shareHex[8:],
		"no-break space":    "\u00a0" + shareBase64 + "\u00a0",
		"byte order mark":   "\ufeff" + shareHex,
		"zero-width space":  shareBase64[:9] + "\u200b" + shareBase64[9:],
		"double quotes":     `"` + shareBase64 + `"`,
		"single quotes":     `'` + shareHex + `'`,
		"curly quotes":      "“" + shareHex + "”",
		"a JSON list entry": `    "` + shareBase64 + `",`,
		"unseal key":        "Unseal Key 1: " + shareBase64,
		"recovery key":      "Recovery Key 2: " + shareHex,
		"new share":         "New Share 1: " + shareBase64,
		"key":               "Key 3: " + shareBase64,
		"no number":         "unseal key:" + shareBase64,
		"label and quotes":  `"Unseal Key 12": "` + shareBase64 + `"`,
		"label on its line": "Unseal Key 1:\n" + shareBase64 + "\n",
		"a bare colon":      ": " + shareHex,
	} {
		share, err := ParseShare([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := contents(share.Secret()); got != string(counting(33)) || share.X() != 33 {
			t.Errorf("%s: %x with x-coordinate %d", name, got, share.X())
		}
	}
}

func TestEveryLengthThatExistsIsRead(t *testing.T) {
	t.Parallel()
	for n := range 80 {
		b := counting(n)
		exists := n == 16 || n == 17 || n == 24 || n == 25 || n == 32 || n == 33
		for encoding, text := range map[string]string{
			"hex": hex.EncodeToString(b), "base64": base64.StdEncoding.EncodeToString(b),
			"unpadded base64": base64.RawStdEncoding.EncodeToString(b),
		} {
			share, err := ParseShare([]byte(text))
			if (err == nil) != exists {
				t.Errorf("%d bytes of %s: %v", n, encoding, err)
			}
			if err == nil && (contents(share.Secret()) != string(b) || share.X() != byte(n*(n%2))) {
				t.Errorf("%d bytes of %s came out altered", n, encoding)
			}
		}
	}
}

func TestRecordedSharesAreReadInBothEncodings(t *testing.T) {
	t.Parallel()
	for _, r := range recordings(t) {
		for _, set := range r.Sets {
			for i := range set.Hex {
				a, err := ParseShare([]byte(set.Hex[i]))
				if err != nil {
					t.Fatal(err)
				}
				b, err := ParseShare([]byte(set.Base64[i]))
				if err != nil {
					t.Fatal(err)
				}
				if !a.Secret().Equal(b.Secret()) || a.Secret().Len() != 33 || a.X() != b.X() || a.X() == 0 {
					t.Errorf("%s, %s, share %d: hex and base64 differ", r.Product, set.From, i+1)
				}
			}
		}
	}
}

func TestRefusedShareIsExplained(t *testing.T) {
	t.Parallel()
	ciphertext := append([]byte{0xc1, 0xc0, 0x4c, 0x03}, counting(250)...)
	for name, c := range map[string]struct{ text, want string }{
		"nothing":             {"", "nothing was entered"},
		"blanks":              {" \n", "nothing was entered"},
		"three hex too few":   {shareHex[3:], "63 hex characters: a share has 66; 3 are missing"},
		"one hex too few":     {shareHex[1:], "65 hex characters: a share has 66; 1 is missing"},
		"one hex":             {"a", "1 hex character: a share has 66; 65 are missing"},
		"one hex too many":    {shareHex + "0", "67 hex characters: a share has 66; 1 is too many"},
		"two shares in hex":   {shareHex + shareHex, "132 hex characters: as many as 2 shares have; enter one at a time"},
		"base64 too short":    {shareBase64[:41], "41 base64 characters: a share has 44; 3 are missing"},
		"base64 one too long": {shareBase64 + "a", "45 base64 characters: a share has 44; 1 is too many"},
		"base64 too long":     {shareBase64 + "ab", "46 base64 characters: a share has 44; 2 are too many"},
		"two base64 shares":   {shareBase64 + "\n" + shareBase64, "as many as 2 shares have"},
		"letter O for 0":      {strings.Replace(shareHex, "0", "O", 1), "character 1 is not a hex digit"},
		"letter l for 1":      {shareHex[:65] + "l", "character 66 is not a hex digit"},
		"a foreign character": {shareBase64[:10] + "*" + shareBase64[11:], "character 11 belongs neither"},
		"not UTF-8":           {shareBase64[:10] + "\xff" + shareBase64[11:], "character 11 belongs neither"},
		"wrong padding":       {shareBase64 + "==", "="},
		"padding inside":      {shareBase64[:10] + "=" + shareBase64[11:], "character 11 belongs neither"},
		"loose bits":          {base64.RawStdEncoding.EncodeToString(counting(32))[:42] + "B", "compare the last characters"},
		"x-coordinate 0":      {shareHex[:64] + "00", "last byte is 0"},
		"a token":             {"hvs.O9anAqcJDSp8UyHxrFVkyiVk", "a token, not a share"},
		"an old token":        {"s.ul5GqTrJwLJPBN52K5bQx7mM", "a token, not a share"},
		"a labelled token":    {"Initial Root Token: hvs.O9anAqcJDSp8UyHxrFVkyiVk", "a token, not a share"},
		"another label":       {"Password: " + shareHex, "label"},
		"two labels":          {"Unseal Key 1: " + shareHex + "\nUnseal Key 2: " + shareHex, "more than one label"},
		"PGP base64":          {base64.StdEncoding.EncodeToString(ciphertext), "decrypt"},
		"PGP in hex":          {hex.EncodeToString(ciphertext), "decrypt"},
		"PGP armour":          {"-----BEGIN PGP MESSAGE-----\n\nwcBM", "decrypt"},
	} {
		share, err := ParseShare([]byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if !share.Secret().Empty() {
			t.Errorf("%s: a share in spite of the error", name)
		}
	}
}

// TestErrorsQuoteNoInput goes through a share with every kind of damage.
func TestErrorsQuoteNoInput(t *testing.T) {
	t.Parallel()
	for at := range len(shareBase64) {
		for _, damaged := range []string{
			shareBase64[:at], shareBase64[:at] + "*" + shareBase64[at+1:], shareBase64[:at] + ":" + shareBase64[at+1:],
			shareBase64[:at] + "=" + shareBase64[at+1:], shareBase64[:at] + "." + shareBase64[at+1:],
			shareBase64[at:] + shareBase64,
		} {
			_, err := ParseShare([]byte(damaged))
			if err == nil {
				continue
			}
			for from := 0; from+5 <= len(shareBase64); from++ {
				if strings.Contains(err.Error(), shareBase64[from:from+5]) {
					t.Fatalf("the error quotes the share: %v", err)
				}
			}
		}
	}
}

func TestParseShareLeavesTheTextToTheCaller(t *testing.T) {
	t.Parallel()
	text := []byte("Key 1: " + shareHex)
	if _, err := ParseShare(text); err != nil || string(text) != "Key 1: "+shareHex {
		t.Errorf("the text is %q, the error %v", text, err)
	}
}

func TestNewShareTakesTheBytesOver(t *testing.T) {
	t.Parallel()
	for _, n := range []int{33, 32, 31} {
		b := counting(n)
		_, _ = NewShare(b)
		if !bytes.Equal(b, make([]byte, n)) {
			t.Errorf("%d bytes were not zeroed", n)
		}
	}
}

func TestShareFitsTheSetItIsOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		length, n int
		want      string
	}{
		{33, 5, ""},
		{32, 1, ""},
		{17, 3, ""},
		{16, 1, ""},
		{32, 5, "each of 5 shares has 33"},
		{33, 1, "one share of one has 32"},
		{24, 2, "each of 2 shares has 25"},
	} {
		share, err := NewShare(counting(c.length))
		if err != nil {
			t.Fatal(err)
		}
		err = share.Fits(c.n)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%d bytes as one of %d: %v", c.length, c.n, err)
		}
	}
}

func FuzzParseShare(f *testing.F) {
	for _, seed := range []string{
		shareHex, shareBase64, "Unseal Key 1: " + shareBase64, `"` + shareHex + `",`, "", "=", ":", "hvs.x", "s.", ".", "\xff",
		"-----BEGIN PGP MESSAGE-----", strings.Repeat("wcBM", 40), "“", "Key 1:Key 2:",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		share, err := ParseShare(text)
		if err != nil {
			return
		}
		share.Secret().Use(func(b []byte) {
			if len(b)%2 == 1 && (share.X() == 0 || share.X() != b[len(b)-1]) {
				t.Errorf("x-coordinate %d", share.X())
			}
			for _, again := range []string{hex.EncodeToString(b), base64.StdEncoding.EncodeToString(b)} {
				if other, err := ParseShare([]byte(again)); err == nil && !other.Secret().Equal(share.Secret()) {
					t.Error("the share reads differently when written again")
				} else if err != nil {
					t.Error(err)
				}
			}
		})
	})
}
