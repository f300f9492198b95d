package ceremony

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
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

// partial is what a file is called until it is whole. One that was left behind tells that its writing was cut short.
const partial = ".partial"

// store writes a new file: whole under its name, or not at all. O_EXCL refuses a link, too, wherever it leads.
func store(path string, text []byte) error {
	beside := path + partial
	f, err := create(beside)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there: it was cut short while it was written; remove it, or take another name", beside)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	// Without this the file may be empty after a power cut, when the answer that held the secrets is gone.
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = rename(beside, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(beside))
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
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

func create(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// rename gives a file a name that nothing has yet. The name is taken first: a rename would put it over another file.
func rename(from, to string) error {
	taken, err := create(to)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s is there already: a new file is needed", to)
	case err != nil:
		return err
	}
	if err := errors.Join(taken.Close(), os.Rename(from, to)); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// syncDir makes the name of a new file outlive a power cut, where directories can be synced at all.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return nil //nolint:nilerr // a directory that may be written and not read; the file in it is whole
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) {
		return err
	}
	return nil
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
