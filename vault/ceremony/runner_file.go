package ceremony

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
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

// store writes secrets to a file that was not there. O_EXCL refuses a link, too, wherever it leads.
func store(e StoreSecret) error {
	f, err := os.OpenFile(e.Path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: a new file is needed", e.Path)
	}
	if err != nil {
		return err
	}
	text := e.text()
	_, err = f.Write(text)
	clear(text)
	// Without this the file may be empty after a power cut, when the answer that held the secrets is gone.
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return errors.Join(err, os.Remove(e.Path))
	}
	return nil
}

// text is the file's content, made in one buffer that does not grow.
func (e StoreSecret) text() []byte {
	size := 0
	for _, s := range e.Content {
		size += base64.StdEncoding.EncodedLen(s.Len()) + 1
	}
	out := make([]byte, 0, size)
	for _, s := range e.Content {
		s.Use(func(b []byte) {
			if e.Text {
				out = append(out, b...)
			} else {
				out = base64.StdEncoding.AppendEncode(out, b)
			}
		})
		out = append(out, '\n')
	}
	return out
}
