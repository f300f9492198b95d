package keys

import (
	"strings"
	"testing"
)

func TestShareProgressCountsWhatIsAShare(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"", "0 of 66 hex characters"},
		{shareHex[:41], "41 of 66 hex characters"},
		{shareHex, "66 of 66 hex characters"},
		{strings.ToUpper(shareHex) + "0", "67 of 66 hex characters"},
		{shareBase64[:2], "2 of 44 base64 characters"},
		{shareBase64[:12], "12 of 44 base64 characters"},
		{shareBase64 + "\n", "44 of 44 base64 characters"},
		{"Unseal Key 1: " + shareHex[:4] + " " + shareHex[4:8], "8 of 66 hex characters"},
		{"\"" + shareBase64, "44 of 44 base64 characters"},
		{"hvs.", "a token, not a share"},
		{"s.", "a token, not a share"},
		{"Password: " + shareHex, "the label before the colon is not a share's"},
		{shareHex[:11] + "*", "character 12 belongs neither to hex nor to base64"},
		{shareHex[:11] + "\xff", "character 12 belongs neither to hex nor to base64"},
	} {
		if got := ShareProgress([]byte(c.text)); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func FuzzShareProgress(f *testing.F) {
	for _, seed := range []string{"", shareHex, shareBase64, "Key 1: " + shareHex, ".", "=", "\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		progress := ShareProgress(text)
		if progress == "" || strings.ContainsAny(progress, "\n\x1b") {
			t.Errorf("%q says %q", text, progress)
		}
		if _, err := ParseShare(text); err == nil && !strings.Contains(progress, " of ") {
			t.Errorf("%q is a share, but the progress is %q", text, progress)
		}
	})
}
