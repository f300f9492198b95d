package ceremony

import (
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"warder/vault/newfile"
)

// maxKeyFile is more than any public key takes.
const maxKeyFile = 1 << 20

func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxKeyFile+1))
	switch {
	case err != nil:
		return nil, err
	case len(b) > maxKeyFile:
		return nil, fmt.Errorf("%s is larger than any public key", path)
	}
	return b, nil
}

// store writes a new file: whole under its name, or not at all.
func store(path string, text []byte) error {
	return newfile.Write(path, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

// elsewhere are files of that name where most people may write.
func elsewhere(path string) []string {
	dirs := []string{os.TempDir()}
	if home, err := os.UserHomeDir(); err == nil {
		dirs = []string{home, os.TempDir()}
	}
	var out []string
	for _, dir := range dirs {
		if other := filepath.Join(dir, filepath.Base(path)); other != filepath.Clean(path) {
			out = append(out, other)
		}
	}
	return out
}

// text is the file's content, made in one buffer that does not grow. It is whole or not made: a machine that is wiped
// meanwhile leaves nothing to be written.
func (e StoreSecret) text() (text []byte, whole bool) {
	size := 0
	for i, s := range e.Content {
		size += len(e.note(i)) + base64.StdEncoding.EncodedLen(s.Len()) + 1
	}
	out := make([]byte, 0, size)
	for i, s := range e.Content {
		out = append(out, e.note(i)...)
		before := len(out)
		s.Use(func(b []byte) {
			if e.Text {
				out = append(out, b...)
			} else {
				out = base64.StdEncoding.AppendEncode(out, b)
			}
		})
		if len(out) == before {
			clear(out)
			return nil, false
		}
		out = append(out, '\n')
	}
	return out, true
}

// note is the line before one of the secrets.
func (e StoreSecret) note(i int) string {
	if len(e.Notes) != len(e.Content) {
		return ""
	}
	return "# " + strings.Join(strings.Fields(e.Notes[i]), " ") + "\n"
}
