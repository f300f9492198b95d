package keys

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// shareLabels are what the vendors' commands print before a share, without blanks and number.
var shareLabels = []string{
	"", "key", "share", "keyshare", "unsealkey", "unsealshare", "recoverykey", "recoveryshare", "newkey", "newshare",
}

// undress takes off what a share is wrapped in on its way through terminals, mails and JSON: blanks, line breaks, marks
// of no width, quotes, list commas, a label, base64's padding. The result is a scratch copy for the caller to clear,
// even with an error.
func undress(text []byte) ([]byte, error) {
	plain := withoutBlanks(text)
	if bytes.HasPrefix(plain, []byte("-----BEGINPGPMESSAGE")) {
		return plain, errors.New("a share still encrypted with PGP: its owner has to decrypt it first")
	}
	bare := trimWrapping(plain)
	if colon := bytes.LastIndexByte(bare, ':'); colon >= 0 {
		if err := checkLabel(bare[:colon]); err != nil {
			return plain, err
		}
		bare = trimWrapping(bare[colon+1:])
	}
	padding := len(bare) - len(bytes.TrimRight(bare, "="))
	if padding > 0 && (padding > 2 || len(bare)%4 != 0) {
		return plain, errors.New("the = at the end do not fit the characters before them: some are missing or too many")
	}
	return bare[:len(bare)-padding], nil
}

// withoutBlanks copies text without anything that takes no ink. What is no UTF-8 is kept, to be refused later.
func withoutBlanks(text []byte) []byte {
	plain := make([]byte, 0, len(text))
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		invisible := unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
		if !invisible {
			plain = append(plain, text[:size]...)
		}
		text = text[size:]
	}
	return plain
}

func trimWrapping(b []byte) []byte { return bytes.Trim(b, "\"'`“”‘’«»,;[](){}<>") }

// checkLabel refuses a label that is not a share's. Only labels on our list are ever compared, and none is quoted.
func checkLabel(label []byte) error {
	letters := strings.ToLower(string(bytes.TrimRight(trimWrapping(label), "#0123456789")))
	switch {
	case strings.HasSuffix(letters, "token"):
		return errToken
	case strings.Contains(letters, ":"):
		return errors.New("more than one label: enter one share at a time")
	case !slices.Contains(shareLabels, letters):
		return errors.New("the label before the colon is not a share's")
	}
	return nil
}
