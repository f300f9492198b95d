package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
)

// JSON is the report as indented JSON, its keys in the order of the form, with a line break at its end.
func (r Report) JSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // a command line is for people to read
	e.SetIndent("", "  ")
	if err := e.Encode(r); err != nil {
		return nil, err
	}
	return visible(b.Bytes()), nil
}

// visible writes the characters as escapes that JSON allows plainly and terminals obey: they stand in texts only.
func visible(raw []byte) []byte {
	if !bytes.ContainsFunc(raw, hidden) {
		return raw
	}
	var b strings.Builder
	for _, r := range string(raw) {
		switch {
		case !hidden(r):
			b.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return []byte(b.String())
}

// hidden says that a character moves a cursor, hides text or turns its direction. Line feeds are JSON's own.
func hidden(r rune) bool {
	return r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp))
}
