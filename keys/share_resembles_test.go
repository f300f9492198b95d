package keys

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"
)

func TestAShareIsToldFromAName(t *testing.T) {
	t.Parallel()
	b := make([]byte, shareLength)
	for i := range b {
		b[i] = byte(7*i + 1)
	}
	inHex, in64 := hex.EncodeToString(b), base64.StdEncoding.EncodeToString(b)
	groups := func(s string) string {
		var out []string
		for ; len(s) > 4; s = s[4:] {
			out = append(out, s[:4])
		}
		return strings.Join(append(out, s), " ")
	}
	for text, want := range map[string]bool{
		inHex: true, strings.ToUpper(inHex): true, inHex[:20]: true, in64: true, in64[:30]: true, "\"" + in64 + "\",": true,
		"Unseal Key 1: " + in64: true, groups(in64): true, groups(in64)[:26]: true, groups(inHex)[:30]: true, inHex[:40] + "\n" + inHex[40:]: true,
		"": false, "Anna": false, "custodian 12": false, "Anna Maria Schmidt-Meier, Team 2": false, "Adebayo Abde": false,
		"Wolfeschlegelsteinhausenbergerdorff": false, "anna.schmidt+vault@example.org": false, "Anna Bert Carl Dora": false,
		"Christopher Montgomery Scott 2": false, inHex[:8]: false, "Ann3 Ben4 Carl": false,
	} {
		if got := ResemblesShare([]byte(text)); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
