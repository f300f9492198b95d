package ceremony

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
)

// prompt is what is asked of the custodian whose turn it is.
func (c challenge) prompt(d desk) Prompt {
	switch c.step {
	case challengeShown:
		return c.show()
	case challengeTyping:
		return EnterSecret{
			Title: fmt.Sprintf("%s: what is the code?", c.holder()),
			Text:  []string{"The message that gpg shows names a code of three groups. Capitals, blanks and dashes do not matter."},
			Options: []Option{
				{Key: "again", Label: "Show the message again", Hint: "and the line that decrypts it"},
				{Key: "cannot", Label: c.holder() + " cannot decrypt it", Hint: "an exception, after a confirmation"},
			},
		}
	case challengeExcepting:
		return TypeOut{Title: c.holder() + " has not decrypted the message", Want: c.holder() + " may not be able to read the share", Text: []string{
			"Whoever cannot decrypt this message cannot decrypt a share either: it would be in nobody's hands, and count as lost from the first day.",
			"Better: leave (esc), have a key made that works, and begin again. Nothing was sent to a server yet.",
			"Go on only if the private key is known to be elsewhere, and safe. Verification is not left out then.",
		}}
	}
	return Fill{Title: "Can every custodian decrypt?", Problem: d.problem, Text: []string{
		"Before anything starts, each custodian decrypts a message with a code and types the code here. A lost private key or a forgotten passphrase is found out now, not when the share is needed.",
		"Each message is shown, and written to a file of its own for this purpose. It holds no share.",
	}, Fields: []Field{{Key: "dir", Label: "Directory for the messages", Default: "."}}}
}

func (c challenge) show() Tell {
	line := "gpg --decrypt " + quoted(c.written)
	text := []string{
		fmt.Sprintf("For the private key of %s. It is in the file that the line below names.", strings.ToUpper(c.keys[c.at].Fingerprint)),
		"On another machine: gpg --decrypt, paste the message, end with ctrl+d.",
	}
	if c.written == "" {
		line = "gpg --decrypt"
		text = []string{fmt.Sprintf("For the private key of %s: run gpg --decrypt, paste the message, end with ctrl+d.", strings.ToUpper(c.keys[c.at].Fingerprint))}
	}
	return Tell{
		Title: fmt.Sprintf("%s decrypts this (%d of %d)", c.holder(), c.at+1, len(c.keys)), Text: text, Go: "Type the code",
		Lines: append([]string{line, ""}, strings.Split(strings.TrimSpace(c.message), "\n")...), Copy: c.message,
	}
}

// file is where the message goes. A mark of the message keeps the files of two ceremonies apart.
func (c challenge) file() string {
	mark := sha256.Sum256([]byte(c.message))
	return filepath.Join(c.dir, fmt.Sprintf("challenge-%d-%s-%x.asc", c.at+1, plainName(c.holder()), mark[:3]))
}

// plainName is a name as part of a file's.
func plainName(name string) string {
	out := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return unicode.ToLower(r)
		}
		return '-'
	}, name)
	return strings.Trim(out[:min(len(out), 30)], "-")
}
