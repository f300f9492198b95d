package components

import (
	"strconv"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"warder/keys"
	"warder/theme"
)

// secretRoom is how many bytes a secret may have: more than any share, token or ciphertext of a share in any dress.
const secretRoom = 4096

// SecretField takes what nobody may see: a share or a token. What is typed lies in one piece of locked memory that
// neither moves nor grows, only its length is ever drawn, and it leaves by Take. huh's fields keep their text as strings
// in several places; hence this one is not huh's.
//
// A field is for one secret at a time and needs no preparation: the zero SecretField is empty. It cleans nothing, since
// the parser of the secret does, and it has no key for the clipboard, since the terminal's own paste suffices.
type SecretField struct {
	// Progress is what View says of the text so far, and must repeat nothing of it; nil counts characters.
	Progress func(typed []byte) string

	room    keys.Secret // secretRoom bytes while something is typed
	typed   int         // how many of them
	refused bool        // something did not fit, so that what there is must not pass for all of it
}

// Key takes a key and says whether the text was submitted, for the caller to Take before the next key.
func (f *SecretField) Key(k tea.KeyPressMsg) (submitted bool) {
	switch k.Keystroke() {
	case "enter":
		return !f.Empty() && !f.refused
	case "backspace", "ctrl+h":
		f.rubOut()
	case "ctrl+u":
		f.Wipe()
	default:
		f.insert(k.Text)
	}
	return false
}

// Paste takes a paste as it is, line breaks included; none of them submits.
func (f *SecretField) Paste(text string) { f.insert(text) }

// Take hands the text over and leaves the field empty.
func (f *SecretField) Take() keys.Secret {
	var taken keys.Secret
	f.room.Use(func(b []byte) { taken = keys.NewSecret(b[:f.typed]) })
	f.Wipe()
	return taken
}

// Wipe zeroes the text. The field can be used again.
func (f *SecretField) Wipe() {
	f.room.Wipe()
	f.room, f.typed, f.refused = keys.Secret{}, 0, false
}

// Empty says that there is nothing to submit.
func (f *SecretField) Empty() bool { return f.typed == 0 }

// View is one line of at most w cells.
func (f *SecretField) View(t theme.Theme, w int) string {
	switch {
	case f.refused:
		return Cut(t, t.Text(theme.Bad, t.Glyphs().Bad+" too long for a secret, and refused: ctrl+u clears"), w)
	case f.Empty():
		return Cut(t, prompt(t)+t.Text(theme.Muted, "nothing typed yet"), w)
	}
	var progress string
	f.room.Use(func(b []byte) { progress = f.progress(b[:f.typed]) })
	return Cut(t, prompt(t)+bare(progress), w)
}

func prompt(t theme.Theme) string { return t.Text(theme.Accent, "> ") }

func (f *SecretField) progress(typed []byte) string {
	if f.Progress != nil {
		return f.Progress(typed)
	}
	if n := utf8.RuneCount(typed); n != 1 {
		return strconv.Itoa(n) + " characters"
	}
	return "1 character"
}

// insert takes all of the text or nothing: half a share is worse than none.
func (f *SecretField) insert(text string) {
	if text == "" {
		return
	}
	if f.Empty() {
		f.Wipe()
		f.room = keys.NewSecret(make([]byte, secretRoom))
	}
	if f.typed+len(text) > secretRoom {
		f.refused = true
		return
	}
	f.room.Use(func(b []byte) { f.typed += copy(b[f.typed:], text) })
}

// rubOut takes the last character back.
func (f *SecretField) rubOut() {
	f.room.Use(func(b []byte) {
		_, size := utf8.DecodeLastRune(b[:f.typed])
		clear(b[f.typed-size : f.typed])
		f.typed -= size
	})
	if f.Empty() {
		f.Wipe()
	}
}
