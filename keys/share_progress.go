package keys

import (
	"fmt"
	"slices"
)

// ShareProgress says how far a share is typed: "41 of 66 hex characters". Text of hex digits alone counts as hex until
// another character shows that it is base64. What cannot become a share is named at once. Nothing of the text is quoted.
func ShareProgress(text []byte) string {
	plain, err := undress(text)
	defer clear(plain)
	if err == nil && isToken(plain) {
		err = errToken
	}
	if err != nil {
		return err.Error()
	}
	if at := slices.IndexFunc(plain, func(c byte) bool { return !isBase64(c) }); at >= 0 {
		return neither(at).Error()
	}
	if slices.ContainsFunc(plain, func(c byte) bool { return !isHex(c) }) {
		return fmt.Sprintf("%d of %d base64 characters", len(plain), base64Length)
	}
	return fmt.Sprintf("%d of %d hex characters", len(plain), hexLength)
}
