package keys

import (
	"bytes"
	"slices"
)

// How much of a share tells it from a name.
const (
	tellingHex    = 16 // digits in a row
	tellingBase64 = 24 // characters in a row, of which some are digits, small letters and capitals
	tellingGroups = 4  // of four characters, as a share is written down
)

// ResemblesShare says that text is a share or a good part of one, so that it should not be drawn where a name is asked for. It
// is true of no name that people have, and false of the first characters of a share.
func ResemblesShare(text []byte) bool {
	s, err := ParseShare(text)
	defer s.Wipe()
	words := bytes.Fields(text)
	return err == nil || slices.ContainsFunc(words, telling) || grouped(words)
}

func telling(word []byte) bool {
	word = bytes.TrimRight(trimWrapping(word), "=")
	if at := bytes.LastIndexByte(word, ':'); at >= 0 {
		word = word[at+1:]
	}
	switch {
	case !consists(word, isBase64):
		return false
	case len(word) >= tellingHex && consists(word, isHex) && slices.ContainsFunc(word, isDigit):
		return true
	}
	return len(word) >= tellingBase64 && slices.ContainsFunc(word, isDigit) && slices.ContainsFunc(word, isSmall) && slices.ContainsFunc(word, isCapital)
}

// grouped says that there are enough groups of four, which no name is made of.
func grouped(words [][]byte) bool {
	digits := false
	for i, w := range words {
		if !consists(w, isBase64) || len(w) != 4 && i < len(words)-1 {
			return false
		}
		digits = digits || slices.ContainsFunc(w, isDigit)
	}
	return digits && len(words) >= tellingGroups
}

func consists(word []byte, of func(byte) bool) bool {
	return !slices.ContainsFunc(word, func(c byte) bool { return !of(c) })
}

func isDigit(c byte) bool   { return '0' <= c && c <= '9' }
func isSmall(c byte) bool   { return 'a' <= c && c <= 'z' }
func isCapital(c byte) bool { return 'A' <= c && c <= 'Z' }
